import { expect, it } from 'vitest';
import { hours, startBot } from '../support/bot.ts';
import { peopleWith } from '../support/company.ts';

/** Ana and Cleo take turns, Ben in New York sees to it. The bot begins on Monday 2 March at three in the morning, UTC. */
function primaryWith(...overrides: readonly object[]): object {
  return {
    primary: {
      name: 'Primary',
      owner: 'ben',
      time_zone: 'UTC',
      layers: [
        {
          participants: ['ana', 'cleo'],
          rotation: { every: '1 day', start_date: '2026-03-02', hand_off: '00:00' },
        },
      ],
      overrides,
    },
  };
}

const HOLE = {
  type: 'replace_all',
  users: [],
  start: '2026-03-16T10:00:00Z',
  end: '2026-03-16T13:00:00Z',
};

const POLICY = { main: { steps: [{ targets: [{ schedule: 'primary' }], ack_within: '5m' }] } };
const IN_NEW_YORK = peopleWith({ ben: { zone: 'America/New_York' } });
const TOLD =
  'Looking ahead: Primary has nobody on call: Mon 16 Mar 06:00 to 09:00 (3 h): an override takes everybody off.';

it('tells the owner of a gap in ten days once, on Monday at nine', async () => {
  const bot = await startBot({ ...IN_NEW_YORK, schedules: primaryWith(), policies: POLICY });
  // On Friday at ten in the evening in New York the gap appears.
  bot.now = new Date('2026-03-07T03:00:00Z');
  await bot.rewrites({ ...IN_NEW_YORK, schedules: primaryWith(HOLE), policies: POLICY });
  await bot.wait(hours(0.25));
  expect(await (await bot.dm('ben')).says()).toEqual([]);

  bot.now = new Date('2026-03-09T12:30:00Z');
  await bot.wait(hours(0.25));
  expect(await (await bot.dm('ben')).says()).toEqual([]);

  await bot.wait(hours(0.25));
  expect(bot.now.toISOString()).toBe('2026-03-09T13:00:00.000Z');
  expect(await (await bot.dm('ben')).says()).toEqual([TOLD]);

  // Half of it is covered: what is left of it is no news.
  const half = { ...HOLE, start: '2026-03-16T11:30:00Z' };
  await bot.rewrites({ ...IN_NEW_YORK, schedules: primaryWith(half), policies: POLICY });
  bot.now = new Date('2026-03-10T14:00:00Z');
  await bot.wait(hours(0.25));
  expect(await (await bot.dm('ben')).says()).toEqual([TOLD]);
});
