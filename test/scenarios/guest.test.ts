import { expect, it } from 'vitest';
import { startBot } from '../support/bot.ts';

const ALERT = { title: 'Checkout answers with errors' };

it('may look, report and note; may not act, and reads how to become somebody who may', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  const room = await bot.room(1);
  const before = await bot.events(1);

  for (const line of ['ack', 'resolve', 'escalate', 'snooze 30m', 'severity sev2', 'role commander']) {
    const answer = await bot.guest().types(`/inc ${line}`, room);
    expect(answer.words).toContain('guest');
    expect(answer.words).toMatch(/firebell\.yaml/);
  }
  const pressed = await bot.guest().presses('Acknowledge', room);
  expect(pressed.words).toContain('guest');
  expect(await bot.events(1)).toEqual(before);
  expect(await bot.ledger(1)).toEqual(['ana dm sent > waiting']);

  await bot.guest().types('/inc note the shop shows a blank page', room);
  expect((await room.last()).plain).toContain('(guest) noted: the shop shows a blank page');
  await bot.guest().types('/inc new The shop is down service checkout');
  expect(await bot.incidents()).toEqual([1, 2]);
  await bot.wait(3_000);
  expect(await bot.ledger(2)).toEqual(['ana dm sent > waiting']);
});

it('may not choose whom to page, nor by which policy', async () => {
  const bot = await startBot();

  for (const line of ['escalate @ben come and look', 'escalate policy main the disk is full']) {
    const answer = await bot.guest().types(`/inc ${line}`);
    expect(answer.words, line).toContain('cannot choose whom to page');
    expect(answer.words).toContain('new');
  }
  expect(await bot.incidents()).toEqual([]);
});

it('an observer follows along and changes nothing either', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  const room = await bot.room(1);

  const answer = await bot.as('sue').types('/inc resolve looks fine to me', room);

  expect(answer.words).toContain('observer');
  expect((await bot.incident(1)).status).toBe('triage');
  expect((await bot.as('sue').types('/inc timeline', room)).words).toContain('Step 1 pages Ana Souza');
});

it('an observer who is paged all the same may answer', async () => {
  const bot = await startBot({ policies: { main: { steps: [{ targets: [{ person: 'sue' }] }] } } });
  await bot.alert(ALERT);

  await bot.as('sue').presses('Acknowledge', await bot.dm('sue'));

  expect(await bot.ledger(1)).toEqual(['sue dm sent answered > acknowledged']);
});
