import { expect, it, onTestFinished } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';
import { startMailServer } from '../support/mail-server.ts';

it('pages the one who asks through all their rules at once, and only them', async () => {
  const mail = await startMailServer();
  onTestFinished(() => mail.close());
  const bot = await startBot({
    notify: { email: { host: '127.0.0.1', port: mail.port, from: 'bell@example.com' } },
  });

  await bot.as('cleo').types('/inc test');

  expect(await bot.ledger(1)).toEqual(['cleo dm sent, email sent > waiting']);
  expect(mail.taken.map(({ to }) => to)).toEqual([['cleo@example.com']]);
  const page = await (await bot.dm('cleo')).last();
  expect(page.plain).toMatch(/^TEST: /);
  expect(page.buttons.map(({ label }) => label)).toEqual(['Acknowledge']);
  expect((await bot.incident(1)).room).toBeNull();

  await bot.as('cleo').presses('Acknowledge', await bot.dm('cleo'));
  expect((await bot.incident(1)).status).toBe('resolved');
  expect((await bot.ledger(1))[0]).toMatch(/answered.* > acknowledged$/);
});

it('ends by itself without an answer, and wakes nobody', async () => {
  const bot = await startBot();
  await bot.as('cleo').types('/inc test');

  await bot.wait(minutes(60));

  expect(await bot.ledger(1)).toEqual(['cleo dm sent > cancelled']);
  expect((await bot.incident(1)).status).toBe('cancelled');
  expect(await (await bot.dm('cleo')).buttons()).toEqual([]);
  await expect(bot.channel('firebell-admin')).rejects.toThrow('there is no channel');
});
