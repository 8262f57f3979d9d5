import { expect, it } from 'vitest';
import { hours, minutes, startBot } from '../support/bot.ts';

const DAILY = {
  primary: {
    name: 'Primary',
    time_zone: 'UTC',
    layers: [
      {
        participants: ['ana', 'ben'],
        rotation: { every: '1 day', start_date: '2026-03-02', hand_off: '00:00' },
      },
    ],
  },
};

it('reminds whoever comes on call a day and an hour before, each once, whatever fails in between', async () => {
  const bot = await startBot({ schedules: DAILY, policies: POLICY });

  await bot.wait(hours(19));
  expect(await (await bot.dm('ben')).says()).toEqual([
    'In 20 h 45 min you are on call for Primary: 2026-03-03 00:00 (UTC) to 2026-03-04 00:00 (UTC).',
  ]);

  await bot.isDownFor(minutes(80));
  await bot.wait(minutes(15));

  expect(await (await bot.dm('ben')).says()).toEqual([
    'In 20 h 45 min you are on call for Primary: 2026-03-03 00:00 (UTC) to 2026-03-04 00:00 (UTC).',
    'In 25 min you are on call for Primary: 2026-03-03 00:00 (UTC) to 2026-03-04 00:00 (UTC). Tap to show that you can be reached.',
  ]);
});

const POLICY = { main: { steps: [{ targets: [{ schedule: 'primary' }], ack_within: '5m' }] } };

it('says when a holiday falls into the shift, by the calendar of whoever has it', async () => {
  const bot = await startBot({
    schedules: DAILY,
    policies: POLICY,
    holidays: { berlin: { dates: { '2026-03-03': 'Feast of the pagers', '2026-03-09': 'Later' } } },
    settings: { holidays: 'berlin' },
  });

  await bot.wait(hours(19));

  expect(await (await bot.dm('ben')).says()).toEqual([
    'In 20 h 45 min you are on call for Primary: 2026-03-03 00:00 (UTC) to 2026-03-04 00:00 (UTC). A holiday falls into it: Feast of the pagers (Tue 3 Mar).',
  ]);
  expect((await bot.as('ben').types('shifts')).words).toContain('holiday: Feast of the pagers');
});
