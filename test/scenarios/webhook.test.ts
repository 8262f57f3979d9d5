import { expect, it, onTestFinished } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';
import { startWebReceiver } from '../support/web-receiver.ts';

const SECRET = 'a secret that both sides know';

async function startBotWithHook() {
  const receiver = await startWebReceiver();
  onTestFinished(() => receiver.close());
  const bot = await startBot({
    notify: { webhooks: { desk: { url: receiver.url, secret: SECRET } } },
    policies: {
      main: { steps: [{ targets: [{ schedule: 'primary' }, { webhook: 'desk' }], ack_within: '5m' }] },
    },
  });
  return { bot, receiver };
}

it('calls the webhook that a step names, signed, beside the person who is paged', async () => {
  const { bot, receiver } = await startBotWithHook();

  await bot.alert({ title: 'Checkout answers with errors' });

  expect(receiver.received).toHaveLength(1);
  const [call] = receiver.received;
  expect(JSON.stringify(JSON.parse(call?.body ?? ''))).toContain('Checkout answers with errors');
  expect(call?.headers['x-firebell-signature']).toMatch(/^t=\d+,v1=[0-9a-f]{64}$/);
  expect(await bot.ledger(1)).toEqual(['ana dm sent > waiting']);
  expect(await bot.timeline(1)).toContain(
    'Step 1 pages Ana Souza and tells the webhook desk. Without an answer it goes on at 2026-03-02 03:05 (UTC).',
  );
});

it('tries again while the other side has trouble, and pages people in time all the same', async () => {
  const { bot, receiver } = await startBotWithHook();
  receiver.be({ kind: 'answers', status: 503 });
  await bot.alert({ title: 'Checkout answers with errors' });
  expect(await bot.ledger(1)).toEqual(['ana dm sent > waiting']);

  receiver.be({ kind: 'answers', status: 200 });
  await bot.wait(minutes(5));

  const ids = new Set(receiver.received.map(({ headers }) => headers['x-firebell-delivery']));
  expect(receiver.received).toHaveLength(2);
  expect(ids.size).toBe(1);
  expect(await bot.ledger(1)).toEqual(['ana dm sent > escalated', 'cleo dm sent > waiting']);
});

it('says in the room and to the admins when it gives up', async () => {
  const { bot, receiver } = await startBotWithHook();
  receiver.be({ kind: 'answers', status: 404 });

  await bot.alert({ title: 'Checkout answers with errors' });

  expect((await (await bot.room(1)).says()).join('\n')).toMatch(/Firebell could not .*404/);
  expect((await (await bot.channel('firebell-admin')).last()).plain).toMatch(/^#1: .*404/);
});
