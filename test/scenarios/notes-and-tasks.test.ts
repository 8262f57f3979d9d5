import { expect, it } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';

const ALERT = { title: 'Checkout answers with errors' };

it('puts a note at the time that it speaks of', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  const room = await bot.room(1);
  await bot.wait(minutes(4));
  await bot.as('ana').types('/inc ack', room);
  await bot.wait(minutes(10));

  await bot.as('ana').types('/inc note deploy 4711 went out at 02:50', room);
  await bot.as('ana').types('/inc note restarted the workers', room);

  const timeline = await bot.timeline(1);
  expect(timeline[0]).toBe('Ana Souza noted: deploy 4711 went out');
  expect(timeline.at(-1)).toBe('Ana Souza noted: restarted the workers');
  const shown = await bot.as('sue').opens('/incidents/1/timeline');
  expect(shown.words.indexOf('deploy 4711 went out')).toBeLessThan(shown.words.indexOf('acknowledged'));
});

it('does not write down what is still to come', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);

  const answer = await bot.as('ana').types('/inc note we failed over at 2026-03-03 10:00', await bot.room(1));

  expect(answer.words).toContain('still to come');
  expect(await bot.events(1)).not.toContain('incident.noted');
});

it('keeps a list of tasks that people tick off', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  const room = await bot.room(1);
  const ana = bot.as('ana');

  await ana.types('/inc task roll back the deploy @ben', room);
  await ana.types('/inc task call the vendor due 06:00', room);
  expect((await room.messages()).find(({ notifies }) => notifies.includes('ben'))?.plain).toBe(
    'Ana Souza added task 1 for Ben Okafor: roll back the deploy',
  );
  await bot.as('ben').types('/inc task done 1', room);
  expect((await room.last()).plain).toBe('Ben Okafor finished task 1: roll back the deploy');
  expect((await room.card()).words).toContain('Tasks: 1 of 2 done');
  const list = (await ana.types('/inc tasks', room)).words;
  expect(list).toContain('☑ roll back the deploy');
  expect(list).toContain('☐ call the vendor');

  await ana.types('/inc task reopen 1', room);
  expect((await room.card()).words).toContain('Tasks: 0 of 2 done');
  expect((await ana.types('/inc task done 9', room)).words).toContain('There is no task 9.');
});

it('takes titles, summaries and severities as people change their minds', async () => {
  const bot = await startBot();
  await bot.alert({ ...ALERT, severity: 'warning' });
  const room = await bot.room(1);

  await bot.as('ana').types('/inc rename Card payments fail', room);
  await bot.as('ana').types('/inc summary Since the deploy of 02:50, one in three', room);
  await bot.as('ana').types('/inc severity sev1 all customers', room);

  expect((await room.says()).slice(-3)).toEqual([
    'Ana Souza renamed it from “Checkout answers with errors” to “Card payments fail”.',
    'Ana Souza wrote the summary: Since the deploy of 02:50, one in three',
    'Ana Souza raised the severity from SEV3 to SEV1: all customers',
  ]);
  const card = await room.card();
  expect(card.words).toContain('#1 · SEV1 · Card payments fail');
  expect(card.words).toContain('Since the deploy of 02:50, one in three');
  expect((await (await bot.channel('incidents')).last()).words).toContain('raised the severity');
});
