import { expect, it } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';
import type { Bot } from '../support/bot.ts';

const TALK: readonly (readonly [who: string, words: string])[] = [
  ['ana', 'error rate is at 31% since 02:55, all regions'],
  ['ana', 'this began with the deploy of 02:50, the connection pool went from 50 to 5'],
  ['ben', 'confirmed: the root cause is the pool size in deploy 4711'],
  ['ana', 'rolling back deploy 4711 now'],
  ['ben', 'rollback is done, errors are falling'],
  ['ben', 'action item: @ben adds an alert on pool exhaustion'],
];

async function resolvedIncident(): Promise<Bot> {
  const bot = await startBot();
  await bot.alert({ title: 'Checkout answers with errors' });
  await bot.wait(minutes(3));
  const room = await bot.room(1);
  await bot.as('ana').presses('Acknowledge', await bot.dm('ana'));
  for (const [who, words] of TALK) {
    await bot.wait(minutes(2));
    await bot.as(who).types(words, room);
  }
  await bot.as('ana').types('/inc resolve rolled back deploy 4711', room);
  return bot;
}

it('is drafted from what was said in the room, and posted there', async () => {
  const bot = await resolvedIncident();
  const room = await bot.room(1);

  await bot.as('ana').presses('Draft postmortem', room);

  const post = await room.last();
  expect(post.words).toContain('Postmortem draft · #1 · SEV1 · Checkout answers with errors');
  expect(post.words).toContain('pool');
  expect(post.words).toContain('adds an alert on pool exhaustion');
  expect(post.words).toContain('A draft to correct together.');
  expect((await room.card()).words).toContain('[Draft postmortem again]');
});

it('knows whom somebody asked who never said a word', async () => {
  const bot = await startBot();
  await bot.alert({ title: 'Checkout answers with errors' });
  const room = await bot.room(1);
  await bot.as('ana').presses('Acknowledge', await bot.dm('ana'));
  await bot.wait(minutes(2));
  await bot.as('ana').types('action item: @cleo writes down the limits of the connection pool', room);
  await bot.as('ana').types('/inc resolve rolled back', room);

  await bot.as('ana').types('/inc postmortem', room);

  const { html: markdown } = await bot.as('ana').opens('/incidents/1/postmortem.md');
  expect(markdown).toMatch(/limits of the connection pool \(owner: Cleo/);
});

it('can be read on its page and downloaded as Markdown', async () => {
  const bot = await resolvedIncident();
  const ana = bot.as('ana');
  expect((await ana.opens('/incidents/1/postmortem.md')).status).toBe(404);

  await ana.types('/inc postmortem', await bot.room(1));

  expect((await ana.opens('/incidents/1/postmortem')).words).toContain('deploy 4711');
  const { status, html: markdown } = await ana.opens('/incidents/1/postmortem.md');
  expect(status).toBe(200);
  expect(markdown).toMatch(/^# .*Checkout answers with errors/m);
  expect(markdown).toMatch(/^## .*[Tt]imeline/m);
  expect(markdown).toContain('rolling back deploy 4711 now (Ana Souza)');
  expect(markdown).toMatch(/pool exhaustion/);
});

it('is refused while the incident goes on, with the way to get there', async () => {
  const bot = await startBot();
  await bot.alert({ title: 'Checkout answers with errors' });

  const answer = await bot.as('ana').types('/inc postmortem', await bot.room(1));

  expect(answer.words).toContain('a postmortem is drafted once it is resolved');
  expect(await bot.events(1)).not.toContain('incident.postmortem_requested');
});
