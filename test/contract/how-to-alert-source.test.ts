import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { AlertSource } from '../../src/ingest/source.ts';
import { describeAlertSource } from './alert-source.ts';
import { samplesFrom } from './alert-samples.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(ROOT, 'docs/how-to/add-an-alert-source.md'), 'utf8');

/** The first block of a language that begins like this. */
function block(language: string, start: string): string {
  const blocks = [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)];
  const found = blocks.find(([, name, text]) => name === language && text?.startsWith(start));
  if (found?.[2] === undefined)
    throw new Error(`expected a ${language} block that begins with ${start} on the page`);
  return found[2];
}

// The page's source is compiled where its reader would put it, with its imports made absolute.
const folder = mkdtempSync(join(tmpdir(), 'firebell-how-to-'));
afterAll(() => rmSync(folder, { recursive: true }));
const code = block('ts', 'import type { Signal }')
  .replaceAll("'../../", `'${join(ROOT, 'src')}/`)
  .replaceAll("'../", `'${join(ROOT, 'src/ingest')}/`);
writeFileSync(join(folder, 'nightjar.ts'), code);
const { nightjar } = (await import(join(folder, 'nightjar.ts'))) as { readonly nightjar: AlertSource };

describeAlertSource(nightjar, samplesFrom(block('json', '{"id":"failed"')));

it('the page names the registry as it is', () => {
  const registry = readFileSync(join(ROOT, 'src/ingest/sources/registry.ts'), 'utf8');
  const [, listed = ''] = /SOURCES: readonly AlertSource\[\] = \[(.*?)\];/s.exec(registry) ?? [];
  const [, shown = ''] = /SOURCES: readonly AlertSource\[\] = \[(.*?)\];/s.exec(page) ?? [];
  const names = (list: string) =>
    list
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean);
  expect(names(shown)).toEqual(['alertmanager', 'generic', 'nightjar']);
  expect(names(listed)).toEqual(expect.arrayContaining(['alertmanager', 'generic']));
});
