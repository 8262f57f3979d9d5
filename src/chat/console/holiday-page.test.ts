import { afterAll, beforeAll, expect, it } from 'vitest';
import { consoleWorld } from '../../../test/support/console-world.ts';
import type { ConsoleWorld } from '../../../test/support/console-world.ts';
import { aDirectory, aPerson, byId, dailyRotation } from '../../../test/support/directory.ts';
import { BOT } from '../../domain/actor.ts';
import type { Store } from '../../store/db.ts';
import { openStore } from '../../store/open-store.ts';
import { saveSaidDay } from '../../store/said-holidays.ts';

const BERLIN = {
  id: 'berlin',
  name: 'Berlin',
  days: new Map([
    ['2026-10-03', 'Day of German Unity'],
    ['2026-05-01', 'Labour Day'],
  ]),
};
const FEAST = { id: 'feast', name: '<b>Feast</b>', days: new Map([['2026-12-25', 'Christmas & more']]) };

function directoryOf() {
  const people = byId([aPerson('ana', { holidays: ['berlin'] }), aPerson('ben'), aPerson('cleo')]);
  const holidays = { calendars: byId([BERLIN, FEAST]), byHand: new Map() };
  const { settings } = aDirectory();
  const primary = { id: 'primary', name: 'Primary', schedule: dailyRotation('ana', 'ben') };
  return aDirectory({
    people,
    holidays,
    schedules: byId([primary]),
    settings: { ...settings, holidays: ['feast'] },
  });
}

const TROUBLE = 'The calendar of the holidays feast cannot be read: it answered 500.';

let store: Store;
let quiet: ConsoleWorld;
let troubled: ConsoleWorld;
beforeAll(async () => {
  store = await openStore({ dataDir: ':memory:' });
  quiet = await consoleWorld({ store, directory: directoryOf() });
  troubled = await consoleWorld({
    store,
    directory: directoryOf(),
    holidaySources: [{ calendar: 'feast', readAt: new Date('2026-08-01T09:00:00Z'), problems: [TROUBLE] }],
    calendarProblems: { primary: ['It cannot be read.'] },
  });
  const said = { scope: 'everybody', date: '2026-08-14', name: 'Day after the party' } as const;
  await saveSaidDay(store.db, { ...said, by: BOT, at: quiet.clock.now() });
});
afterAll(async () => {
  await quiet.close();
  await troubled.close();
  await store.close();
});

async function page(world: ConsoleWorld, path: string): Promise<string> {
  return (await (await world.as('ana')).page(path)).replaceAll(/\s+/g, ' ');
}

it('shows which come, whose they are and where they come from, and is linked from the overview', async () => {
  const shown = await page(quiet, '/holidays');

  expect(shown).toMatch(/Sat 3 Oct 2026<\/th> <td>Day of German Unity<\/td> <td>Ana[^<]*<\/td>/);
  expect(shown).not.toContain('Labour Day');
  expect(shown).toContain(
    'Written in firebell.yaml. One day to come, next Day of German Unity on Sat 3 Oct 2026.',
  );
  expect(shown).toContain('Of everybody who has none of their own.');
  expect(shown).toContain('&lt;b&gt;Feast&lt;/b&gt;');
  expect(shown).toContain('Christmas &amp; more');
  expect(shown).toContain('Day after the party, for everybody');
  expect(shown).not.toContain('Not as it should be');
  expect(await page(quiet, '/')).toContain('href="/holidays"');
});

it('says what is wrong with a calendar that is read from elsewhere, here and on the page of a schedule', async () => {
  const shown = await page(troubled, '/holidays');

  expect(shown).toContain('Not as it should be');
  expect(shown).toContain(TROUBLE);
  expect(shown).toMatch(/From a calendar elsewhere. Last read <time/);
  expect(await page(troubled, '/schedules/primary')).toContain('It cannot be read.');
  expect(await page(quiet, '/schedules/primary')).not.toContain('Its calendar');
});
