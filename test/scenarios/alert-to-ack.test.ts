import { expect, it } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';

const ALERT = { title: 'Checkout answers with errors' };

it('opens a room and pages the person on call, who acknowledges', async () => {
  const bot = await startBot();

  await bot.alert(ALERT);

  const [room, ana] = [await bot.room(1), await bot.dm('ana')];
  const page = await ana.last();
  expect(page.words).toBe(
    [
      'SEV1 · #1 · Checkout answers with errors',
      'Service: Checkout',
      'Since: 2026-03-02 03:00 (UTC)',
      'Firing: 1 alert',
      'Escalates: 2026-03-02 03:05 (UTC)',
      '- Checkout answers with errors',
      'Runbook · Go to the incident',
      '[Acknowledge] [Escalate now] [I can’t] [Open room]',
    ].join('\n'),
  );
  expect(page).toMatchObject({ notifies: ['ana'], tone: 'danger' });
  expect(await room.says()).toEqual([
    'Alert from alertmanager: Checkout answers with errors (SEV1, service Checkout).',
    'Step 1 pages Ana Souza. Without an answer it goes on at 2026-03-02 03:05 (UTC).',
  ]);
  expect(await room.buttons()).toEqual(['Acknowledge', 'Escalate now', 'Take command', 'Post update']);
  expect(await bot.ledger(1)).toEqual(['ana dm sent > waiting']);

  await bot.wait(minutes(2));
  const answer = await bot.as('ana').presses('Acknowledge', ana);

  expect(answer.words).toContain('#1: Ana Souza acknowledged.');
  expect((await ana.last()).words).toBe(
    [
      'SEV1 · #1 · Checkout answers with errors',
      'You acknowledged at 2026-03-02 03:02 (UTC). Thank you.',
      'Runbook · Go to the incident',
    ].join('\n'),
  );
  expect((await room.last()).plain).toBe('Ana Souza acknowledged.');
  expect((await room.card()).words).toContain('On it: Ana Souza has it since 2026-03-02 03:02 (UTC).');
  expect(await room.buttons()).toEqual(['Take command', 'Post update', 'Resolve incident']);
  expect(await bot.ledger(1)).toEqual(['ana dm sent answered > acknowledged']);
});

it('pages nobody once somebody has acknowledged, however long it lasts', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  await bot.as('ana').types('/inc ack', await bot.room(1));

  await bot.wait(minutes(24 * 60));

  expect(await bot.ledger(1)).toEqual(['ana dm sent answered > acknowledged']);
  expect(await (await bot.dm('ben')).messages()).toEqual([]);
});

it('tells whoever acknowledges second who has it, and changes nothing', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  const room = await bot.room(1);
  await bot.as('ana').types('/inc ack', room);
  const before = await room.says();

  const answer = await bot.as('ben').types('/inc ack', room);

  expect(answer.words).toContain('Ana Souza already has it since 03:00.');
  expect(await room.says()).toEqual(before);
  expect((await bot.incident(1)).acknowledgedBy).toEqual({ kind: 'person', id: 'ana' });
});

it('lets anybody acknowledge for the one who is paged, and tells them so', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);

  await bot.as('dev').presses('Acknowledge', await bot.room(1));

  const page = await (await bot.dm('ana')).last();
  expect(page.words).toContain(
    'Dev Patel acknowledged at 2026-03-02 03:00 (UTC). Nothing is left for you to do.',
  );
  expect(page.buttons).toEqual([]);
  expect(await bot.ledger(1)).toEqual(['ana dm sent > acknowledged_by_other']);
});
