import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { showProblem } from '../../src/config/problem.ts';
import { SOURCE_TYPES } from '../../src/ingest/sources/registry.ts';

const SIZE = 20;

/** The people of the measured company: `p1`, … Each is paged for the service of the same number, and then the next one is. */
export const PEOPLE: readonly string[] = numbered('p');
/** Its services: `s1`, … */
export const SERVICES: readonly string[] = numbered('s');

/** Sections of the configuration that replace those of the company. */
export type Sections = Readonly<Record<string, unknown>>;

/** Writes the company's configuration into a folder; answers with the path of the file. */
export function writeCompany(folder: string, sections: Sections = {}): string {
  const path = join(folder, 'firebell.yaml');
  writeFileSync(path, textOf(sections));
  return path;
}

/** The people of the company, each with more. */
export function peopleWith(more: (id: string) => object): Sections {
  return { people: each(PEOPLE, (i) => ({ ...personAt(i), ...more(PEOPLE[i] ?? '') })) };
}

/** The same, loaded. */
export function loadCompany(): Config {
  const loaded = loadConfig(textOf({}), { env: {}, file: 'firebell.yaml', sourceTypes: SOURCE_TYPES });
  if ('problems' in loaded) throw new Error(loaded.problems.map(showProblem).join('\n'));
  return loaded.config;
}

function numbered(letter: string): readonly string[] {
  return Array.from({ length: SIZE }, (_, i) => `${letter}${i + 1}`);
}

function each(names: readonly string[], what: (i: number) => object): object {
  return Object.fromEntries(names.map((name, i) => [name, what(i)]));
}

function stepFor(i: number): object {
  return { targets: [{ person: PEOPLE[i % SIZE] }], ack_within: '2h' };
}

function personAt(i: number): object {
  return {
    zone: 'Europe/London',
    access: i === 0 ? 'admin' : 'responder',
    rules: { high: ['dm'], low: ['dm'] },
  };
}

/** JSON is YAML. */
function textOf(sections: Sections): string {
  return JSON.stringify({ ...COMPANY, ...sections });
}

// Steps are long, so that nothing is due that a bench does not mean.
const COMPANY: Sections = {
  people: each(PEOPLE, personAt),
  teams: { all: { members: PEOPLE } },
  policies: each(SERVICES, (i) => ({ steps: [stepFor(i), stepFor(i + 1)] })),
  last_resort: { targets: [{ person: 'p1' }], every: '2h' },
  services: each(SERVICES, (i) => ({ owner: 'all', policy: SERVICES[i] })),
  routes: [{ name: 'by place', group_by: ['service', 'place'], group_window: '2h' }],
  sources: { generic: { type: 'generic' } },
  settings: { default_policy: 's1', default_severity: 'sev3', stale_after: '24h' },
  chat: { home: 'console', console: { sign_in: 'sandbox' } },
};
