import { expect, it } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';

const ALERT = { title: 'Checkout answers with errors' };

it('is silent until then, over a restart, and goes on with the same step', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  await bot.wait(minutes(6));
  await bot.as('ben').types('/inc snooze 30m', await bot.room(1));
  expect(await bot.ledger(1)).toEqual(['ana dm sent > escalated', 'ben dm sent > snoozed']);
  expect((await (await bot.room(1)).last()).plain).toBe(
    'Ben Okafor silenced the pages until 2026-03-02 03:36 (UTC).',
  );

  await bot.wait(minutes(10));
  await bot.isDownFor(minutes(5));
  await bot.wait(minutes(14));
  expect(await bot.ledger(1)).toHaveLength(2);

  await bot.wait(minutes(1));
  expect((await bot.ledger(1)).at(-1)).toBe('ben dm sent > waiting');
  expect((await (await bot.room(1)).last()).plain).toBe(
    'Step 2 pages Ben Okafor. Without an answer it goes on at 2026-03-02 03:41 (UTC).',
  );
  expect(await bot.timeline(1)).toContain('Paging goes on where it stood.');
});

it('wakes up late rather than never when the process was down at that moment', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  await bot.as('ana').types('/inc snooze 10m', await bot.room(1));

  await bot.isDownFor(minutes(25));

  expect((await bot.ledger(1)).at(-1)).toBe('ana dm sent > waiting');
});

it('refuses what is too short or too long, and says what would work', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  const room = await bot.room(1);

  for (const wish of ['1m', '3 days', 'until yesterday', 'a while']) {
    const answer = await bot.as('ana').types(`/inc snooze ${wish}`, room);
    expect(answer.words).toMatch(/snooze 30m|5 minutes to 24 hours|for example/i);
  }
  expect(await bot.ledger(1)).toEqual(['ana dm sent > waiting']);
});

it('is over when somebody acknowledges meanwhile', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  const room = await bot.room(1);
  await bot.as('ana').types('/inc snooze 1h', room);

  await bot.as('ben').types('/inc ack', room);
  await bot.wait(minutes(180));

  expect(await bot.ledger(1)).toEqual(['ana dm sent > snoozed']);
  expect((await room.card()).words).toContain('Ben Okafor has it');
});
