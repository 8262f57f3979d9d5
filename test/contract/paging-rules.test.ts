import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'docs/paging-rules.md'), 'utf8');

/** The cells of every rule: what it says, what keeps it, where it is seen. */
const RULES = PAGE.split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| rule') && !line.startsWith('| ---'))
  .map((line) => line.slice(2, -2).split(' | '));

/** A path as the page writes it, below the folder that it leaves out. */
function place(path: string): string {
  if (/^(src|test)\//.test(path)) return join(ROOT, path);
  const isStory = path.endsWith('.test.ts') && !path.includes('/');
  return join(ROOT, isStory ? 'test/scenarios' : 'src/domain', path);
}

it('has a page of all of them', () => {
  expect(RULES.length).toBeGreaterThan(50);
  for (const cells of RULES) expect(cells).toHaveLength(3);
});

it.each(RULES)('%s', (_, keptBy = '', seenIn = '') => {
  for (const [, path = ''] of keptBy.matchAll(/`([^`]+)`/g)) expect(existsSync(place(path)), path).toBe(true);
  const stories = [...seenIn.matchAll(/`([^`]+)`: ([^`]+?)(?=; `|$)/g)];
  expect(stories).not.toEqual([]);
  for (const [, path = '', titles = ''] of stories) {
    const text = readFileSync(place(path), 'utf8');
    for (const title of titles.split('; ')) expect(text, `${path}: ${title}`).toContain(title);
  }
});
