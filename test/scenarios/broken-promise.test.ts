import { expect, it } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';

const ALERT = { title: 'Checkout answers with errors' };

it('pages the one who promised an update and was silent, then goes on paging others', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  const room = await bot.room(1);

  await bot.as('ana').types('/inc ack update in 10m', room);
  expect(await room.says()).toContain('Ana Souza promised a first update by 2026-03-02 03:10 (UTC).');
  await bot.wait(minutes(9));
  expect(await bot.ledger(1)).toEqual(['ana dm sent answered > acknowledged']);

  await bot.wait(minutes(1));
  expect(await bot.ledger(1)).toEqual(['ana dm sent answered > acknowledged', 'ana dm sent > waiting']);
  expect((await room.last()).plain).toBe(
    'Ana Souza promised an update that has not come: paged again. Paging others goes on at 2026-03-02 03:15 (UTC).',
  );

  await bot.wait(minutes(5));
  expect((await bot.ledger(1)).slice(1)).toEqual(['ana dm sent > escalated', 'ana dm sent > waiting']);
  await bot.wait(minutes(5));
  expect((await bot.ledger(1)).at(-1)).toBe('ben dm sent > waiting');
});

it('leaves alone who keeps the promise', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  const room = await bot.room(1);
  await bot.as('ana').types('/inc ack update in 10m', room);
  await bot.wait(minutes(8));

  await bot.as('ana').types('/inc update The last deploy is being rolled back', room);
  await bot.wait(minutes(120));

  expect(await bot.ledger(1)).toEqual(['ana dm sent answered > acknowledged']);
});

it('takes a word in the room for the sign of life that it is', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  const room = await bot.room(1);
  await bot.as('ana').types('/inc ack update in 10m', room);
  await bot.wait(minutes(8));

  await bot.as('ana').types('I am looking at the deploy of 02:50', room);
  await bot.wait(minutes(120));

  expect(await bot.ledger(1)).toEqual(['ana dm sent answered > acknowledged']);
  expect((await room.last()).by).toBe('Ana Souza');
});

it('pages whoever acknowledged and went silent, where the house wants that', async () => {
  const settings = { ack_timeout: '30m', alert_severity: { critical: 'sev1' }, default_severity: 'sev3' };
  const bot = await startBot({ settings });
  await bot.alert(ALERT);
  await bot.as('ana').types('/inc ack', await bot.room(1));

  await bot.wait(minutes(30));

  expect((await bot.ledger(1)).at(-1)).toBe('ana dm sent > waiting');
  await bot.as('ana').presses('Acknowledge', await bot.dm('ana'));
  await bot.wait(minutes(29));
  expect(await bot.ledger(1)).toEqual([
    'ana dm sent answered > acknowledged',
    'ana dm sent answered > acknowledged',
  ]);
});
