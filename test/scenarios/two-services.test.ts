import { expect, it } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';

const CHECKOUT = { title: 'Checkout answers with errors', service: 'checkout' };
const SEARCH = { title: 'Search is slow', service: 'search' };

it('keeps the troubles of two services apart', async () => {
  const bot = await startBot();

  await bot.alert(CHECKOUT, SEARCH);

  expect(await bot.incidents()).toEqual([1, 2]);
  const titles = [(await bot.incident(1)).title, (await bot.incident(2)).title];
  expect(titles).toEqual(['Checkout answers with errors', 'Search is slow']);
  expect((await bot.room(1)).id).not.toBe((await bot.room(2)).id);
  expect((await (await bot.dm('ana')).last()).words).toMatch(
    /Checkout answers with errors[^]*Search is slow/,
  );

  await bot.as('ana').types('/inc ack #1');
  await bot.wait(minutes(5));
  expect(await bot.ledger(1)).toEqual(['ana dm sent answered > acknowledged']);
  expect(await bot.ledger(2)).toEqual(['ana dm sent > escalated', 'ben dm sent > waiting']);
});

it('asks which one is meant when two page the same person', async () => {
  const bot = await startBot();
  await bot.alert(CHECKOUT, SEARCH);

  const answer = await bot.as('ana').types('/inc ack');

  expect(answer.words).toMatch(/#1/);
  expect(answer.words).toMatch(/#2/);
  expect((await bot.ledger(1)).concat(await bot.ledger(2))).toEqual([
    'ana dm sent > waiting',
    'ana dm sent > waiting',
  ]);
});

it('puts what comes long after the last alert into an incident of its own', async () => {
  const bot = await startBot();
  await bot.alert(CHECKOUT);
  await bot.wait(minutes(30));

  await bot.alert({ title: 'Checkout certificate expires', service: 'checkout' });

  expect(await bot.incidents()).toEqual([1, 2]);
});
