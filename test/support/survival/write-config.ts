import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { parse, stringify } from 'yaml';
import { CONFIG } from './company.ts';

/** Where people are, and under which accounts. */
export interface Elsewhere {
  readonly chat: Readonly<Record<string, unknown>>;
  /** By person: the name of the platform and the account there. */
  readonly accounts: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Writes the configuration of the same company on another platform. Answers with the path; gone with the test. */
export function writeConfig({ chat, accounts }: Elsewhere): string {
  const folder = mkdtempSync(join(tmpdir(), 'firebell-company-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const company = parse(unhurried(readFileSync(CONFIG, 'utf8'))) as {
    readonly people: Record<string, object>;
  };
  const people = Object.entries(company.people).map(([id, person]) => [
    id,
    { ...person, handles: accounts[id] ?? {} },
  ]);
  const path = join(folder, 'firebell.yaml');
  writeFileSync(path, stringify({ ...company, people: Object.fromEntries(people), chat }));
  return path;
}

/** A platform takes a message a second or so: people have longer to answer, so that it is not paging alone that it is busy with. */
function unhurried(yaml: string): string {
  return yaml
    .replaceAll('ack_within: 1m', 'ack_within: 3m')
    .replaceAll('every: 2m', 'every: 10m')
    .replaceAll('ack_timeout: 5m', 'ack_timeout: 30m');
}
