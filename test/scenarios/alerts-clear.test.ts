import { expect, it } from 'vitest';
import { minutes, seconds, startBot } from '../support/bot.ts';

const FIRST = { title: 'Checkout answers with errors' };
const SECOND = { title: 'Checkout is slow' };
const BY_ITSELF = { routes: [{ auto_resolve: true }] };

it('resolves by itself when all alerts clear before anybody acknowledged, and the page ends', async () => {
  const bot = await startBot(BY_ITSELF);
  await bot.alert(FIRST);
  await bot.alert(SECOND);

  await bot.clears(FIRST);
  expect((await bot.incident(1)).status).toBe('triage');
  expect(await bot.ledger(1)).toEqual(['ana dm sent > waiting']);

  await bot.clears(SECOND);
  const room = await bot.room(1);
  expect((await bot.incident(1)).status).toBe('resolved');
  expect((await room.says()).slice(-2)).toEqual([
    'All 2 alerts have cleared.',
    'Every alert cleared before anybody had to act: it resolved by itself.',
  ]);
  expect(await bot.ledger(1)).toEqual(['ana dm sent > resolved']);
  expect(await (await bot.dm('ana')).buttons()).toEqual([]);
  await bot.wait(minutes(60));
  expect(await bot.ledger(1)).toHaveLength(1);
});

it('never closes an incident that somebody has; it says so and offers to resolve', async () => {
  const bot = await startBot(BY_ITSELF);
  await bot.alert(FIRST);
  const room = await bot.room(1);
  await bot.as('ana').types('/inc ack', room);

  await bot.clears(FIRST);

  const said = await room.last();
  expect(said.plain).toBe('The alert has cleared.');
  expect(said.buttons.map(({ label }) => label)).toEqual(['Resolve incident']);
  expect((await bot.incident(1)).status).toBe('investigating');
  expect((await room.card()).words).toContain('Alerts: 0 of 1 firing');

  await bot.as('ana').presses('Resolve incident', room);
  expect((await bot.incident(1)).status).toBe('resolved');
  expect((await room.last()).plain).toBe('Ana Souza resolved it.');
  expect((await room.last()).buttons.map(({ label }) => label)).toEqual(['Draft postmortem']);
});

it('is noted quietly when people have resolved it before', async () => {
  const bot = await startBot();
  await bot.alert(FIRST);
  const room = await bot.room(1);
  await bot.as('ana').types('/inc resolve rolled back', room);
  const before = await room.says();

  await bot.clears(FIRST);

  expect(await room.says()).toEqual(before);
  expect((await room.card()).words).toContain('Alerts: 0 of 1 firing');
  expect(await bot.timeline(1)).toContain('1 alert cleared. 0 of 1 firing.');
});

it('goes on paging when the alert clears and the route does not say that this is the end', async () => {
  const bot = await startBot();
  await bot.alert(FIRST);

  await bot.clears(FIRST);
  await bot.wait(minutes(5));

  expect((await bot.incident(1)).status).toBe('triage');
  expect(await bot.ledger(1)).toEqual(['ana dm sent > escalated', 'ben dm sent > waiting']);
});

it('counts an alert that flaps as the one that it is', async () => {
  const bot = await startBot();
  await bot.alert(FIRST);
  const room = await bot.room(1);
  for (let n = 0; n < 5; n += 1) {
    await bot.wait(seconds(30));
    await bot.clears(FIRST);
    await bot.wait(seconds(24));
    await bot.alert(FIRST);
  }

  expect(await bot.incidents()).toEqual([1]);
  expect((await room.card()).words).toContain('Alerts: 1 of 1 firing');
  expect(await bot.ledger(1)).toEqual(['ana dm sent > waiting']);
});
