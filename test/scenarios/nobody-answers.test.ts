import { expect, it } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';

const ALERT = { title: 'Checkout answers with errors' };

it('goes on to the second, then to the last resort, again and again until somebody answers', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  const room = await bot.room(1);

  await bot.wait(minutes(5));
  expect((await (await bot.dm('ana')).last()).words).toContain(
    'It went on to Ben Okafor at 2026-03-02 03:05 (UTC).',
  );
  expect((await (await bot.dm('ben')).last()).words).toContain('Also paged: Ana Souza');
  expect((await room.last()).plain).toBe(
    'Step 2 pages Ben Okafor. Without an answer it goes on at 2026-03-02 03:10 (UTC).',
  );

  await bot.wait(minutes(5));
  expect((await room.says()).slice(-2)).toEqual([
    'Every step was tried and nobody answered. The last resort is paged until somebody acknowledges.',
    'The last resort pages Cleo Martin. Without an answer it goes on at 2026-03-02 03:20 (UTC).',
  ]);
  const admins = await bot.channel('firebell-admin');
  expect((await admins.last()).plain).toBe('#1: Nobody acknowledged #1; the last resort is being paged.');

  await bot.wait(minutes(30));
  expect(await bot.ledger(1)).toEqual([
    'ana dm sent > escalated',
    'ben dm sent > escalated',
    'cleo dm sent > escalated',
    'cleo dm sent > escalated',
    'cleo dm sent > escalated',
    'cleo dm sent > waiting',
  ]);
  const cleo = await bot.dm('cleo');
  const open = (await cleo.messages()).filter(({ buttons }) => buttons.length > 0);
  expect(open).toHaveLength(1);

  await bot.as('cleo').presses('Acknowledge', cleo);
  await bot.wait(minutes(60));
  expect((await bot.ledger(1)).at(-1)).toBe('cleo dm sent answered > acknowledged');
  expect(await bot.ledger(1)).toHaveLength(6);
  expect(await cleo.buttons()).toEqual([]);
});

it('lets whoever wakes a little late still take it from the next in line', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  await bot.wait(minutes(6));
  const ana = await bot.dm('ana');
  expect(await ana.buttons()).toEqual(['Acknowledge']);

  await bot.as('ana').presses('Acknowledge', ana);

  expect(await bot.ledger(1)).toEqual(['ana dm sent > escalated', 'ben dm sent > acknowledged_by_other']);
  expect((await (await bot.dm('ben')).last()).words).toContain(
    'Ana Souza acknowledged at 2026-03-02 03:06 (UTC).',
  );
  await bot.wait(minutes(60));
  expect(await bot.ledger(1)).toHaveLength(2);
});

it('goes through the steps as often as the policy says', async () => {
  const steps = [{ targets: [{ schedule: 'primary' }], ack_within: '5m' }];
  const bot = await startBot({ policies: { main: { steps, rounds: 2 } } });
  await bot.alert(ALERT);

  await bot.wait(minutes(10));

  expect(await bot.ledger(1)).toEqual([
    'ana dm sent > escalated',
    'ana dm sent > escalated',
    'cleo dm sent > waiting',
  ]);
  expect(await bot.timeline(1)).toContain(
    'Step 1, round 2 pages Ana Souza. Without an answer it goes on at 2026-03-02 03:10 (UTC).',
  );
});

it('goes on at once when somebody presses Escalate now', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);

  await bot.as('ana').presses('Escalate now', await bot.dm('ana'));

  expect(await bot.ledger(1)).toEqual(['ana dm sent > escalated', 'ben dm sent > waiting']);
  await bot.wait(minutes(4));
  expect(await bot.ledger(1)).toHaveLength(2);
});
