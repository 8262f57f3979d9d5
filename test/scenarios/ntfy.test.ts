import { expect, it, onTestFinished } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';
import { peopleWith } from '../support/company.ts';
import { Phone } from '../support/ntfy/phone.ts';
import { startNtfy } from '../support/ntfy/server.ts';

const TOKEN = 'tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2';
const TOPICS = { ana: 'firebell-ana-Qh3kX9', ben: 'firebell-ben-7bZt2w' };

async function startBotWithPhones(rules: readonly string[] = ['ntfy']) {
  const server = await startNtfy({ token: TOKEN });
  onTestFinished(() => server.close());
  const bot = await startBot({
    ...peopleWith({
      ana: { handles: { ntfy: TOPICS.ana }, rules: { high: rules } },
      ben: { handles: { ntfy: TOPICS.ben }, rules: { high: rules } },
    }),
    notify: { ntfy: { url: server.url, token: TOKEN }, verification: 'trusted' },
  });
  const phoneOf = (who: keyof typeof TOPICS): Phone =>
    new Phone({ url: `${server.url}/${TOPICS[who]}`, token: TOKEN }, (url, init) => bot.request(url, init));
  return { bot, server, ana: phoneOf('ana'), ben: phoneOf('ben') };
}

it('the button on the phone acknowledges; looking at its address does not; the notification goes away', async () => {
  const { bot, server, ana } = await startBotWithPhones();
  await bot.alert({ title: 'Checkout answers with errors' });
  const [shown] = await ana.screen();
  expect(shown).toMatchObject({ title: '#1 sev1: Checkout answers with errors', priority: 5 });
  expect(await bot.ledger(1)).toEqual(['ana ntfy sent > waiting']);
  for (const method of ['GET', 'HEAD', 'OPTIONS'])
    await bot.request(shown?.buttons[0]?.url ?? '', { method });
  expect(await bot.ledger(1)).toEqual(['ana ntfy sent > waiting']);

  expect(await ana.press('Acknowledge')).toBe(200);

  expect(await bot.ledger(1)).toEqual(['ana ntfy sent answered > acknowledged']);
  expect((await (await bot.room(1)).last()).plain).toBe('Ana Souza acknowledged.');
  expect(await ana.screen()).toEqual([]);
  expect(server.eventsOf(TOPICS.ana).map(({ event }) => event)).toEqual(['message', 'message_clear']);
  await bot.wait(minutes(60));
  expect(server.eventsOf(TOPICS.ben)).toEqual([]);
});

it('“I can’t” on the phone goes on to the next person at once', async () => {
  const { bot, ana, ben } = await startBotWithPhones();
  await bot.alert({ title: 'Checkout answers with errors' });

  expect(await ana.press('I can’t')).toBe(200);

  expect(await bot.ledger(1)).toEqual(['ana ntfy sent answered > declined', 'ben ntfy sent > waiting']);
  expect(await ana.screen()).toEqual([]);
  expect(await ben.screen()).toHaveLength(1);
});

it('the phone of whoever did not answer falls silent and says who has it', async () => {
  const { bot, ana, ben } = await startBotWithPhones();
  await bot.alert({ title: 'Checkout answers with errors' });
  await bot.wait(minutes(5));
  await ben.press('Acknowledge');

  const [shown] = await ana.screen();

  expect(shown).toMatchObject({ priority: 1, buttons: [] });
  expect(shown?.text).toContain('This page went on to the next step');
});

it('a topic that the token may not write to is “could not be reached” at once, in the words of the server', async () => {
  const { bot, server } = await startBotWithPhones(['ntfy', 'dm after 3m']);
  server.be({ kind: 'refuses', code: 40301, words: 'forbidden' });

  await bot.alert({ title: 'Checkout answers with errors' });

  expect(await bot.ledger(1)).toEqual([
    'ana ntfy failed (ntfy does not let us write to this topic: forbidden), dm sent > waiting',
  ]);
});

it('is tried again while the server is overloaded', async () => {
  const { bot, server, ana } = await startBotWithPhones();
  server.be({ kind: 'refuses', code: 42901, words: 'too many requests' });
  await bot.alert({ title: 'Checkout answers with errors' });
  expect(await bot.ledger(1)).toEqual(['ana ntfy intended > waiting']);
  server.be({ kind: 'works' });

  await bot.wait(minutes(1));

  expect(await ana.screen()).toHaveLength(1);
  expect(await bot.ledger(1)).toEqual(['ana ntfy sent > waiting']);
});
