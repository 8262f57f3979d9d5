import { expect, it, onTestFinished } from 'vitest';
import { calendarVerb } from '../../src/cli/calendar.ts';
import { EXIT, UsageError } from '../../src/cli/verb.ts';
import { findFeed } from '../../src/store/calendar-feeds.ts';
import { openStore } from '../../src/store/open-store.ts';
import { freshFolder } from '../support/database.ts';

async function run(dataDir: string, ...argv: readonly string[]) {
  let [out, err] = ['', ''];
  const code = await calendarVerb.run(argv, {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    env: { DATA_DIR: dataDir },
  });
  return { code, out, err };
}

it('an address is printed alone, listed without its secret, and ended once', async () => {
  const folder = await freshFolder();
  const made = await run(folder, 'link', '--schedule', 'primary');
  expect(made.out).toMatch(/^http:\/\/localhost:3000\/calendar\/[\w-]{43}\.ics\n$/);
  expect(made.err).toContain('no "url"');
  const secret = /calendar\/([\w-]+)\.ics/.exec(made.out)?.[1] ?? '';
  const listed = await run(folder, 'list', '--json');
  expect(JSON.parse(listed.out)).toMatchObject([
    { id: 1, subject: { kind: 'schedule', id: 'primary' }, madeBy: null, revokedAt: null },
  ]);
  expect(listed.out).not.toContain(secret);
  expect((await run(folder, 'revoke', '1')).code).toBe(EXIT.ok);
  expect((await run(folder, 'revoke', '1')).code).toBe(EXIT.no);
  const store = await openStore({ dataDir: folder });
  onTestFinished(() => store.close());
  expect((await findFeed(store.db, secret))?.revokedAt).not.toBeNull();
}, 120_000);

it.each([
  [],
  ['link'],
  ['link', '--schedule', 'nobody'],
  ['link', '--schedule', 'primary', '--person', 'ana'],
  ['revoke', 'x'],
  ['make'],
])('the wrong call %j is explained', async (...argv) => {
  await expect(run('unused', ...argv)).rejects.toThrow(UsageError);
});
