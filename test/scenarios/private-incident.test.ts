import { expect, it } from 'vitest';
import { startBot } from '../support/bot.ts';
import type { Bot } from '../support/bot.ts';

const TITLE = 'Somebody reads mail that is not theirs';

async function declaredPrivately(): Promise<Bot> {
  const bot = await startBot();
  await bot.as('dev').types(`/inc new ${TITLE} sev2 service checkout private`);
  return bot;
}

it('is there for those who are in it', async () => {
  const bot = await declaredPrivately();
  const room = await bot.room(1);

  expect(await bot.ledger(1)).toEqual(['ana dm sent > waiting']);
  for (const member of ['dev', 'ana']) {
    expect((await bot.as(member).types('/inc list')).words).toContain(TITLE);
    expect((await bot.as(member).opens(`/rooms/${room.id}`)).status).toBe(200);
  }
  expect((await room.card()).words).toContain('Private: only the people in this room see it.');
});

it('does not exist for anybody else, wherever they look', async () => {
  const bot = await declaredPrivately();
  const room = await bot.room(1);

  for (const visitor of [bot.as('sue'), bot.as('cleo'), bot.guest()]) {
    expect((await visitor.opens('/')).words).not.toContain(TITLE);
    expect((await visitor.opens('/incidents')).words).not.toContain(TITLE);
    expect((await visitor.types('/inc list')).words).not.toContain(TITLE);
    expect((await visitor.types('/inc list recent')).words).not.toContain(TITLE);
    expect((await visitor.opens(`/rooms/${room.id}`)).status).toBe(404);
    for (const page of ['', '/timeline', '/pages', '/postmortem', '/postmortem.md'])
      expect((await visitor.opens(`/incidents/1${page}`)).status).toBe(404);
  }
  await expect(bot.channel('incidents')).rejects.toThrow('there is no channel');
});

it('refuses outsiders in the very words for a number that does not exist', async () => {
  const bot = await declaredPrivately();
  const cleo = bot.as('cleo');

  for (const verb of ['ack', 'status', 'timeline', 'pages', 'resolve', 'note found something']) {
    const words = verb.split(' ');
    const said = (number: number) => [words[0], `#${number}`, ...words.slice(1)].join(' ');
    const [there, absent] = [await cleo.types(`/inc ${said(1)}`), await cleo.types(`/inc ${said(99)}`)];
    expect(there.words).toBe(absent.words.replaceAll('99', '1'));
  }
  expect(await bot.ledger(1)).toEqual(['ana dm sent > waiting']);
});

it('shows itself to whoever is brought in', async () => {
  const bot = await declaredPrivately();
  const room = await bot.room(1);

  await bot.as('dev').types('/inc invite @cleo', room);

  expect((await bot.as('cleo').opens(`/rooms/${room.id}`)).words).toContain(TITLE);
});
