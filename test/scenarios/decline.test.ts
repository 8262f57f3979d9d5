import { expect, it } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';

const ALERT = { title: 'Checkout answers with errors' };

it('pages the next one at once when the one who is paged cannot take it', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);

  await bot.as('ana').presses('I can’t', await bot.dm('ana'));

  expect(await bot.ledger(1)).toEqual(['ana dm sent > declined', 'ben dm sent > waiting']);
  const page = await (await bot.dm('ana')).last();
  expect(page.words).toContain('You said that you cannot take it at 2026-03-02 03:00 (UTC).');
  expect(page.buttons).toEqual([]);
  expect((await (await bot.room(1)).says()).slice(-2)).toEqual([
    'Ana Souza cannot take it.',
    'Step 2 pages Ben Okafor. Without an answer it goes on at 2026-03-02 03:05 (UTC).',
  ]);
});

it('waits for the others of the step when only one of them declines', async () => {
  const steps = [{ targets: [{ person: 'ana' }, { person: 'ben' }], ack_within: '5m' }];
  const bot = await startBot({ policies: { main: { steps } } });
  await bot.alert(ALERT);

  await bot.as('ana').types('/inc decline', await bot.room(1));

  expect(await bot.ledger(1)).toEqual(['ana dm sent > declined', 'ben dm sent > waiting']);
  await bot.wait(minutes(5));
  expect((await bot.ledger(1)).at(-1)).toBe('cleo dm sent > waiting');
});

it('does not page the one who declined again in later rounds', async () => {
  const steps = [
    { targets: [{ person: 'ana' }], ack_within: '5m' },
    { targets: [{ person: 'ben' }], ack_within: '5m' },
  ];
  const bot = await startBot({ policies: { main: { steps, rounds: 2 } } });
  await bot.alert(ALERT);
  await bot.as('ana').types('/inc decline', await bot.room(1));

  await bot.wait(minutes(10));

  expect(await bot.ledger(1)).toEqual([
    'ana dm sent > declined',
    'ben dm sent > escalated',
    'ben dm sent > escalated',
    'cleo dm sent > waiting',
  ]);
});

it('gives an acknowledgement back, and paging goes on', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  const room = await bot.room(1);
  await bot.as('ana').types('/inc ack', room);
  await bot.wait(minutes(20));

  await bot.as('ana').types('/inc unack', room);

  expect(await bot.ledger(1)).toEqual(['ana dm sent answered > acknowledged', 'ana dm sent > waiting']);
  expect(await room.says()).toContain('Ana Souza gave it back; paging goes on.');
  expect((await bot.incident(1)).acknowledgedBy).toBeNull();
  await bot.wait(minutes(5));
  expect((await bot.ledger(1)).at(-1)).toBe('ben dm sent > waiting');
});
