import { expect, it } from 'vitest';
import { startBot } from '../support/bot.ts';

it('pages for real and is labelled as a drill wherever it is read', async () => {
  const bot = await startBot();

  await bot.as('dev').types('/inc new Checkout exercise service checkout drill');

  const [room, ana] = [await bot.room(1), await bot.dm('ana')];
  expect(await bot.ledger(1)).toEqual(['ana dm sent > waiting']);
  const page = await ana.last();
  expect(page.plain).toMatch(/^DRILL: /);
  expect(page.words).toMatch(/^DRILL: /);
  expect(page.words).toContain('This is a drill: answer as if it were real.');
  for (const sentence of await room.says()) expect(sentence).toMatch(/DRILL/);
  expect((await room.card()).words).toContain('This is a drill.');
  for (const sentence of await (await bot.channel('incidents')).says()) expect(sentence).toMatch(/DRILL/);

  await bot.as('ana').presses('Acknowledge', ana);
  expect((await room.last()).plain).toMatch(/DRILL/);
  expect((await ana.last()).words).toMatch(/^DRILL: /);
  expect((await bot.as('sue').types('/inc list')).words).toMatch(/DRILL/);
  expect((await bot.as('sue').opens('/')).words).toContain('Drill');
});
