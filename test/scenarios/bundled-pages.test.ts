import { expect, it } from 'vitest';
import { minutes, seconds, startBot } from '../support/bot.ts';

const SETTINGS = {
  default_severity: 'sev3',
  alert_severity: { critical: 'sev1', error: 'sev2', warning: 'sev3', info: 'sev3' },
};
const TOGETHER = { settings: { ...SETTINGS, bundle_within: '3s' } };
const CHECKOUT = { title: 'Checkout answers with errors' };
const SEARCH = { title: 'Search is slow', service: 'search', severity: 'warning' };

it('sends the first page at once, and tells of those that follow within seconds in one message', async () => {
  const bot = await startBot(TOGETHER);
  await bot.alert(CHECKOUT);
  const dm = await bot.dm('ana');
  expect(await dm.says()).toEqual([
    'SEV1: Checkout answers with errors (Checkout), since 2026-03-02 03:00 (UTC). Please acknowledge.',
  ]);
  await bot.wait(seconds(1));
  await bot.as('dev').types('/inc escalate @ana The database is down');
  await bot.alert(SEARCH);
  expect(await dm.messages()).toHaveLength(1);

  await bot.wait(seconds(2));

  expect(await dm.messages()).toHaveLength(2);
  const together = await dm.last();
  expect(together.plain).toBe('2 incidents page you: SEV3 #2 The database is down; SEV3 #3 Search is slow');
  expect(together.words).toContain('since 2026-03-02 03:00 (UTC); escalates 2026-03-02 03:05 (UTC)');
  expect(together.buttons.map(({ label }) => label)).toEqual([
    'Acknowledge all 2',
    'Acknowledge #2',
    'Acknowledge #3',
  ]);
  expect(await bot.ledger(2)).toEqual(['ana dm sent > waiting']);
  expect(await bot.ledger(3)).toEqual(['ana dm sent > waiting']);
});

it('acknowledges what the button says: one of them, or all', async () => {
  const bot = await startBot(TOGETHER);
  await bot.posts([CHECKOUT], 'firing');
  await bot.posts([SEARCH], 'firing');
  await bot.settle();
  const dm = await bot.dm('ana');
  expect((await dm.last()).plain).toBe(
    '2 incidents page you: SEV1 #1 Checkout answers with errors; SEV3 #2 Search is slow',
  );

  await bot.as('ana').presses('Acknowledge #2', dm);
  expect(await bot.ledger(1)).toEqual(['ana dm sent > waiting']);
  expect(await bot.ledger(2)).toEqual(['ana dm sent answered > acknowledged']);
  const half = await dm.last();
  expect(half.plain).toContain('1 incident pages you');
  expect(half.words).toContain('Search is slow (Search): You acknowledged at 2026-03-02 03:00 (UTC).');
  expect(half.buttons.map(({ label }) => label)).toEqual(['Acknowledge #1']);

  await bot.as('ben').types('/inc ack', await bot.room(1));
  const over = await dm.last();
  expect(over.plain).toBe('2 pages, all over');
  expect(over.words).toContain('Ben Okafor acknowledged at 2026-03-02 03:00 (UTC).');
  expect(over.buttons).toEqual([]);
  expect(over.notifies).toEqual([]);
  expect(await dm.messages()).toHaveLength(1);
});

it('acknowledges all of them with one press, and says what became of each', async () => {
  const bot = await startBot(TOGETHER);
  await bot.posts([CHECKOUT], 'firing');
  await bot.posts([SEARCH], 'firing');
  await bot.settle();

  const answer = await bot.as('ana').presses('Acknowledge all 2', await bot.dm('ana'));

  expect(answer.words).toMatch(/#1: you have it\.[^]*#2: you have it\./);
  await bot.wait(minutes(60));
  expect(await bot.ledger(1)).toEqual(['ana dm sent answered > acknowledged']);
  expect(await bot.ledger(2)).toEqual(['ana dm sent answered > acknowledged']);
});

it('tells each in a message of its own where the house wants it so', async () => {
  const bot = await startBot({ settings: { ...SETTINGS, bundle_within: 'off' } });
  await bot.alert(CHECKOUT);
  await bot.alert(SEARCH);

  expect(await (await bot.dm('ana')).messages()).toHaveLength(2);
});

it('pages somebody again at once whom it has paged for the same incident before', async () => {
  const bot = await startBot(TOGETHER);
  await bot.alert(CHECKOUT);
  const room = await bot.room(1);
  await bot.as('ana').types('/inc ack', room);
  await bot.as('ana').types('/inc unack', room);

  expect(await bot.ledger(1)).toEqual(['ana dm sent answered > acknowledged', 'ana dm sent > waiting']);
});
