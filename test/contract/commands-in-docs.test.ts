import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** `npm run` keeps every `--option` to itself that does not stand behind a `--` of its own. */
const EATEN = /npm run(?: --silent)? \w+ (?!-- )[^`\n|]*--\w+/g;

it('every command of the docs that goes through npm hands its options on', () => {
  const pages = ['README.md', ...globSync('{docs,examples}/**/*.{md,yml,yaml}', { cwd: ROOT })];
  const eaten = pages.flatMap((page) => readFileSync(`${ROOT}${page}`, 'utf8').match(EATEN) ?? []);

  expect(pages.length).toBeGreaterThan(10);
  expect(eaten).toEqual([]);
  expect('npm run --silent firebell token create --source x'.match(EATEN)).toHaveLength(1);
});
