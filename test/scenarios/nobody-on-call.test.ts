import { expect, it } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';
import { scheduleOf } from '../support/company.ts';

const DAYTIME = {
  time_zone: 'UTC',
  layers: [
    {
      participants: ['ana'],
      rotation: { every: '1 week', start_date: '2026-03-02', hand_off: '00:00' },
      restrictions: [{ type: 'daily', start: '09:00', end: '17:00' }],
    },
  ],
};

it('opens the incident all the same, and pages the last resort at once', async () => {
  const bot = await startBot({
    schedules: { primary: DAYTIME, secondary: DAYTIME },
  });

  await bot.alert({ title: 'Checkout answers with errors' });

  expect(await bot.ledger(1)).toEqual(['cleo dm sent > waiting']);
  expect(await (await bot.room(1)).says()).toEqual([
    'Alert from alertmanager: Checkout answers with errors (SEV1, service Checkout).',
    'Step 1 was skipped: nobody is on call there.',
    'Step 2 was skipped: nobody is on call there.',
    'Every step was tried and nobody answered. The last resort is paged until somebody acknowledges.',
    'The last resort pages Cleo Martin. Without an answer it goes on at 2026-03-02 03:10 (UTC).',
  ]);
});

it('passes over the step where nobody is on call and loses no time', async () => {
  const bot = await startBot({ schedules: { primary: DAYTIME, secondary: scheduleOf('ben') } });

  await bot.alert({ title: 'Checkout answers with errors' });

  expect(await bot.ledger(1)).toEqual(['ben dm sent > waiting']);
});

it('looks up who is on call when a step begins, not before', async () => {
  const bot = await startBot({
    schedules: { primary: DAYTIME, secondary: scheduleOf('ben') },
    policies: {
      main: {
        steps: [
          { targets: [{ schedule: 'secondary' }], ack_within: '10m' },
          { targets: [{ schedule: 'primary' }], ack_within: '10m' },
        ],
      },
    },
  });
  await bot.wait(minutes(5 * 60 + 55));
  await bot.alert({ title: 'Checkout answers with errors' });

  await bot.wait(minutes(10));

  expect(await bot.ledger(1)).toEqual(['ben dm sent > escalated', 'ana dm sent > waiting']);
});
