import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { calendarVerb } from '../../src/cli/calendar.ts';
import { EXIT, UsageError } from '../../src/cli/verb.ts';
import { findFeed } from '../../src/store/calendar-feeds.ts';
import { openStore } from '../../src/store/open-store.ts';
import { freshFolder } from '../support/database.ts';
import { aCalendar, fortnightly } from '../support/ics.ts';

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
  ['check'],
  ['check', 'a.ics', 'b.ics'],
  ['check', '--schedule', 'payments'],
  ['check', 'a.ics', '--zone', 'Mars/Olympus'],
])('the wrong call %j is explained', async (...argv) => {
  await expect(run('unused', ...argv)).rejects.toThrow(UsageError);
});

it('a calendar that is to be imported is told in words, and what would be lost makes it a no', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'firebell-calendar-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'oncall.ics');
  writeFileSync(file, aCalendar(fortnightly('On call: Ana Silva'), fortnightly('Zoe', '20260309')));
  const checked = await run('unused', 'check', file, '--schedule', 'payments');
  expect(checked.code).toBe(EXIT.no);
  expect(checked.err).toMatch(/"Zoe": \d+ times, next /);
  expect(checked.err).toMatch(/Who would be on call in the next eight weeks \(Europe\/Paris\):\n {2}/);
  writeFileSync(file, aCalendar(fortnightly('ana')));
  const json = await run('unused', 'check', file, '--json');
  expect(json.code).toBe(EXIT.ok);
  expect(JSON.parse(json.out)).toMatchObject({ zone: 'Europe/London', unknown: [], problems: [] });
  writeFileSync(file, '<html>');
  await expect(run('unused', 'check', file)).rejects.toThrow('is not a calendar');
  await expect(run('unused', 'check', join(folder, 'none.ics'))).rejects.toThrow('cannot read the file');
});
