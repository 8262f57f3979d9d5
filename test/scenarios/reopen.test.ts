import { expect, it } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';

const ALERT = { title: 'Checkout answers with errors' };

it('ends every page when it is resolved; a late acknowledgement never takes that back', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  const room = await bot.room(1);

  await bot.as('dev').types('/inc resolve a config typo, fixed', room);

  expect(await bot.ledger(1)).toEqual(['ana dm sent > resolved']);
  expect((await (await bot.dm('ana')).last()).words).toContain('The incident was resolved at');
  expect((await room.last()).plain).toBe('Dev Patel resolved it: a config typo, fixed');
  const answer = await bot.as('ana').types('/inc ack', room);
  expect(answer.words).toContain('#1 is resolved; nothing was changed.');
  expect(answer.words).toContain('reopen');
  expect((await bot.incident(1)).status).toBe('resolved');
  await bot.wait(minutes(60));
  expect(await bot.ledger(1)).toHaveLength(1);
});

it('pages from the first step again when it is reopened', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  const room = await bot.room(1);
  await bot.as('ana').types('/inc ack', room);
  await bot.as('ana').types('/inc resolve', room);
  await bot.wait(minutes(30));

  await bot.as('dev').types('/inc reopen errors are back since 03:25', room);

  expect(await room.says()).toContain('Dev Patel opened it again: errors are back since 03:25');
  expect(await bot.incident(1)).toMatchObject({ status: 'investigating', acknowledgedBy: null });
  expect(await bot.ledger(1)).toEqual(['ana dm sent answered > acknowledged', 'ana dm sent > waiting']);
  expect(await room.buttons()).toContain('Acknowledge');
  await bot.wait(minutes(5));
  expect((await bot.ledger(1)).at(-1)).toBe('ben dm sent > waiting');
});

it('wants a reason', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  const room = await bot.room(1);
  await bot.as('ana').types('/inc resolve', room);

  const answer = await bot.as('ana').types('/inc reopen', room);

  expect(answer.words).toMatch(/reason|why/i);
  expect((await bot.incident(1)).status).toBe('resolved');
});

it('an alert that comes back after the incident was resolved opens a new one', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  await bot.as('ana').types('/inc resolve', await bot.room(1));
  await bot.clears(ALERT);
  await bot.wait(minutes(60));

  await bot.alert(ALERT);

  expect(await bot.incidents()).toEqual([1, 2]);
  expect(await bot.ledger(2)).toEqual(['ana dm sent > waiting']);
});
