import { expect, it, onTestFinished } from 'vitest';
import { minutes, seconds, startBot } from '../support/bot.ts';
import { peopleWith } from '../support/company.ts';
import { startPushover } from '../support/pushover/server.ts';
import type { TakenMessage } from '../support/pushover/server.ts';

const TOKEN = 'azGDORePK8gMaC0QOYAMyEEuzJnyUi';
const ANA = 'uQiRzpo4DXghDmr9QzzfQu27cmVRsG';
const BEN = 'gznej3rKEVAvPUxu9vvNnqpmZpokzF';

async function startBotWithPushover() {
  const server = await startPushover({ token: TOKEN, users: [ANA, BEN] });
  onTestFinished(() => server.close());
  const bot = await startBot({
    ...peopleWith({
      ana: { handles: { pushover: ANA }, rules: { high: ['pushover'] } },
      ben: { handles: { pushover: BEN }, rules: { high: ['pushover'] } },
    }),
    notify: { pushover: { token: TOKEN, url: server.url }, verification: 'trusted' },
  });
  await bot.alert({ title: 'Checkout answers with errors' });
  const first = (): TakenMessage => {
    const [message] = server.taken;
    if (!message) throw new Error('nothing was sent');
    return message;
  };
  const callsBack = (call: { url: string; body: string } | null, body = call?.body ?? '') =>
    bot.request(call?.url ?? '', {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': String(body.length),
      },
      body,
    });
  return { bot, server, first, callsBack };
}

it('acknowledging in the app acknowledges, and the phone falls silent', async () => {
  const { bot, server, first, callsBack } = await startBotWithPushover();
  expect(first().rings).toBe(true);

  const answer = await callsBack(server.acknowledge(first(), ANA));

  expect(answer.status).toBe(204);
  expect(await bot.ledger(1)).toEqual(['ana pushover delivered answered > acknowledged']);
  expect((await (await bot.room(1)).last()).plain).toBe('Ana Souza acknowledged.');
  await bot.wait(minutes(60));
  expect(server.taken).toHaveLength(1);
});

it('hears of it within seconds also where Pushover cannot call us', async () => {
  const { bot, server, first } = await startBotWithPushover();
  await bot.wait(seconds(10));
  expect(await bot.ledger(1)).toEqual(['ana pushover delivered > waiting']);
  server.acknowledge(first(), ANA);

  await bot.wait(seconds(10));

  expect(await bot.ledger(1)).toEqual(['ana pushover delivered answered > acknowledged']);
  const asked = server.asked();
  await bot.wait(minutes(10));
  expect(server.asked()).toBe(asked);
});

it('a callback that nobody’s press stands behind acknowledges nothing', async () => {
  const { bot, server, first, callsBack } = await startBotWithPushover();
  const url = first().fields['callback'] ?? '';
  const body = `receipt=${first().receipt}&acknowledged=1&acknowledged_by=${ANA}`;
  expect((await callsBack({ url, body })).status).toBe(204);
  expect((await callsBack({ url: url.replace(/.$/, '_'), body })).status).toBe(404);
  expect((await callsBack({ url, body: 'x'.repeat(5_000) })).status).toBe(413);
  expect((await bot.request(url)).status).toBe(404);
  expect(await bot.ledger(1)).toEqual(['ana pushover delivered > waiting']);

  await callsBack(server.acknowledge(first(), 'aKeyOfSomebodyWhomNobodyKnows0'));
  expect(await bot.ledger(1)).toEqual(['ana pushover delivered > waiting']);
});

it('the phone falls silent when somebody else took it, and when the escalation went on', async () => {
  const { bot, server, first } = await startBotWithPushover();
  await bot.as('ben').types('/inc ack', await bot.room(1));
  expect(first().rings).toBe(false);

  await bot.alert({ title: 'Search is slow', service: 'search' });
  await bot.wait(minutes(5));
  expect(server.taken.map(({ fields, rings }) => [fields['user'], rings])).toEqual([
    [ANA, false],
    [ANA, false],
    [BEN, true],
  ]);
});
