import { expect, it } from 'vitest';
import { startBot } from '../support/bot.ts';

const ALERT = { title: 'Checkout answers with errors' };

it('says once what one word of somebody does to several runs', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  const room = await bot.room(1);
  await bot.as('dev').types('/inc escalate @ana please look at the database', room);
  expect(await bot.ledger(1)).toHaveLength(2);

  await bot.as('ana').types('/inc ack update in 10m', room);

  const promise = 'Ana Souza promised a first update by 2026-03-02 03:10 (UTC).';
  expect((await room.says()).filter((line) => line === promise)).toHaveLength(1);
  expect((await bot.timeline(1)).filter((line) => line === promise)).toHaveLength(1);
  await bot.as('ana').types('/inc snooze 30m', room);
  const silenced = 'Ana Souza silenced the pages until 2026-03-02 03:30 (UTC).';
  expect((await room.says()).filter((line) => line === silenced)).toHaveLength(1);
});
