import { expect, it } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';

it('a retrospective incident pages nobody, however long it is open and whoever asks', async () => {
  const bot = await startBot();

  const said = await bot
    .as('ana')
    .types('/inc new The export failed on Sunday service checkout retrospective');

  expect(said.words).toContain('retrospective: nobody is paged');
  const room = await bot.room(1);
  expect((await bot.as('ana').types('/inc escalate @ben', room)).words).toContain(
    'A retrospective incident pages nobody.',
  );
  await bot.as('ana').types('/inc reopen there was more', room);
  await bot.wait(minutes(60));
  expect(await bot.ledger(1)).toEqual([]);
});

it('is a drill or a retrospective, not both', async () => {
  const bot = await startBot();

  expect((await bot.as('ana').types('/inc new Both of them drill retrospective')).words).toContain(
    'Say one of the two.',
  );
});

it('jumps forward over any number of steps, and back only with a reason', async () => {
  const bot = await startBot();
  await bot.alert({ title: 'Checkout answers with errors' });
  const room = await bot.room(1);
  const ana = bot.as('ana');

  await ana.types('/inc status monitoring', room);
  expect((await bot.incident(1)).status).toBe('monitoring');
  expect((await ana.types('/inc status identified', room)).words).toContain('reopen <reason>');
  expect((await bot.incident(1)).status).toBe('monitoring');
  await ana.types('/inc status resolved', room);
  await ana.types('/inc status closed', room);
  expect((await bot.incident(1)).status).toBe('closed');
  await ana.types('/inc reopen it is back', room);
  expect((await bot.incident(1)).status).toBe('investigating');
});

it.each([
  ['/inc status declined not ours', 'declined'],
  ['/inc cancel planned test', 'cancelled'],
])('ends every page: %s', async (line, status) => {
  const bot = await startBot();
  await bot.alert({ title: 'Checkout answers with errors' });

  await bot.as('ana').types(line, await bot.room(1));

  expect((await bot.incident(1)).status).toBe(status);
  await bot.wait(minutes(60));
  const [page, ...more] = await bot.ledger(1);
  expect(page).toMatch(/^ana dm sent > (cancelled|resolved)$/);
  expect(more).toEqual([]);
});
