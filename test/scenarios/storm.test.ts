import { expect, it } from 'vitest';
import { startBot } from '../support/bot.ts';

const STORM = Array.from({ length: 500 }, (_, i) => ({
  title: `Instance ${i} of checkout is down`,
  labels: { instance: `checkout-${i}` },
}));

it('makes one incident of five hundred alerts of a service, with one page and few words', async () => {
  const bot = await startBot();

  for (let first = 0; first < STORM.length; first += 50) await bot.alert(...STORM.slice(first, first + 50));

  expect(await bot.incidents()).toEqual([1]);
  expect(await bot.ledger(1)).toEqual(['ana dm sent > waiting']);
  const room = await bot.room(1);
  expect((await room.messages()).length).toBeLessThanOrEqual(10);
  expect(await (await bot.dm('ana')).messages()).toHaveLength(1);
  expect((await room.card()).words).toContain('Alerts: 500 of 500 firing');
  expect((await room.card()).words).toContain('and 495 more firing');
  expect(await (await bot.channel('incidents')).messages()).toHaveLength(1);
});

it('is over with one word when all of them clear', async () => {
  const bot = await startBot({ routes: [{ auto_resolve: true }] });
  await bot.alert(...STORM);

  await bot.clears(...STORM);

  expect((await bot.incident(1)).status).toBe('resolved');
  expect((await (await bot.room(1)).says()).slice(-2)).toEqual([
    'All 500 alerts have cleared.',
    'Every alert cleared before anybody had to act: it resolved by itself.',
  ]);
});
