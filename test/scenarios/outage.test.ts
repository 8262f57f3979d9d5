import { expect, it } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';

const CHECKOUT = { title: 'Checkout answers with errors' };
const SEARCH = { title: 'Search is slow', service: 'search', severity: 'warning' };

it('loses nothing that was taken in before the process died', async () => {
  const bot = await startBot();
  await bot.posts([CHECKOUT], 'firing');

  await bot.isDownFor(minutes(1));

  expect(await bot.ledger(1)).toEqual(['ana dm sent > waiting']);
  expect(await (await bot.room(1)).messages()).toHaveLength(3);
});

it('folds pages that have become old into one summary, what still burns first', async () => {
  const bot = await startBot();
  await bot.posts([SEARCH], 'firing');
  await bot.posts([CHECKOUT], 'firing');

  await bot.isDownFor(minutes(45));

  expect((await bot.ledger(1))[0]).toBe('ana dm withheld (stale) > stale');
  const told = await (await bot.dm('ana')).messages();
  const [summary] = told;
  expect(summary?.words).toContain('Still burning');
  const words = summary?.words ?? '';
  expect(words.indexOf('#2')).toBeGreaterThan(-1);
  expect(words.indexOf('#2')).toBeLessThan(words.indexOf('#1'));
  expect(told).toHaveLength(1);
});

it('goes on paging for what still burns, so that the summary is not the end of it', async () => {
  const bot = await startBot();
  await bot.posts([CHECKOUT], 'firing');

  await bot.isDownFor(minutes(45));
  await bot.wait(minutes(1));

  const ledger = await bot.ledger(1);
  expect(ledger[0]).toBe('ana dm withheld (stale) > stale');
  expect(ledger.at(-1)).toMatch(/sent > waiting$/);
});

it('takes each step that fell due meanwhile once, and late', async () => {
  const bot = await startBot();
  await bot.alert(CHECKOUT);

  await bot.isDownFor(minutes(7));

  expect(await bot.ledger(1)).toEqual(['ana dm sent > escalated', 'ben dm sent > waiting']);
  await bot.wait(minutes(4));
  expect(await bot.ledger(1)).toHaveLength(2);
  await bot.wait(minutes(1));
  expect((await bot.ledger(1)).at(-1)).toBe('cleo dm sent > waiting');
});
