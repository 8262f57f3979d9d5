import { expect, it, vi } from 'vitest';
import { startSlackBot } from '../support/slack-bot.ts';

const PATIENCE = { timeout: 90_000 };
const BOTH_UP = /socket 1 up for \d+ s; socket 2 up for \d+ s/;

it(
  'holds two connections, and is not deaf while one is renewed, whatever else Slack says',
  PATIENCE,
  async () => {
    const { ready, slack } = await startSlackBot();
    await vi.waitFor(async () => expect(await ready()).toMatch(BOTH_UP), 20_000);

    const before = slack.calls.of('apps.connections.open').length;
    slack.sockets.sayRateLimited(slack.bot.teamId);
    slack.sockets.disconnect('refresh_requested', { most: 1 });
    const seen = await slack.workspace.person('ana').types('/inc list', { channel: '#general' });

    expect(seen.error).toBeNull();
    await vi.waitUntil(() => slack.sockets.open === 2, 20_000);
    expect(slack.calls.of('apps.connections.open').length).toBeGreaterThan(before);
  },
);

it('starts although Slack does not answer at first, and comes by itself once it does', PATIENCE, async () => {
  const { slack } = await startSlackBot({
    before: ({ faults }) => {
      faults.add({ method: 'auth.test', kind: 'error', error: 'internal_error' });
      faults.add({ method: 'apps.connections.open', kind: 'http_503', times: 3 });
    },
  });

  await vi.waitUntil(() => slack.sockets.open === 2, 20_000);
  const seen = await slack.workspace.person('ana').types('/inc list', { channel: '#general' });
  expect(seen.error).toBeNull();
});

it(
  'opens the new connections before the old ones are closed when Slack renews all of them',
  PATIENCE,
  async () => {
    const { ready, slack } = await startSlackBot();
    await vi.waitFor(async () => expect(await ready()).toMatch(BOTH_UP), 30_000);
    const before = slack.sockets.lives.length;
    let connected = slack.sockets.open;

    slack.sockets.disconnect('refresh_requested');
    const since = () => slack.sockets.lives.slice(before);
    await vi.waitUntil(() => since().filter((what) => what === 'went').length >= 2, 30_000);

    const counts = since().map((what) => (connected += what === 'came' ? 1 : -1));
    expect(Math.min(...counts)).toBe(2);
  },
);

it('says that Socket Mode is off, and comes by itself once it is on', PATIENCE, async () => {
  const { ready, slack } = await startSlackBot();
  await vi.waitFor(async () => expect(await ready()).toMatch(BOTH_UP), 30_000);

  slack.sockets.turn('off');
  const words = /socket 1 down for \d+ s: Socket Mode is turned off.*turn it on under Settings, Socket Mode/;
  await vi.waitFor(async () => expect(await ready()).toMatch(words), 30_000);
  slack.sockets.turn('on');

  await vi.waitFor(async () => expect(await ready()).toMatch(BOTH_UP), 60_000);
});

it('gives a connection up that Slack never greets, and opens another', PATIENCE, async () => {
  const { ready, slack } = await startSlackBot({ before: ({ sockets }) => sockets.withholdHello() });
  await vi.waitUntil(() => slack.sockets.open > 0, 30_000);
  const seen = await slack.workspace.person('ana').types('/inc list', { channel: '#general' });
  expect(seen.error).toBeNull();

  await vi.waitFor(async () => expect(await ready()).toMatch(BOTH_UP), 60_000);
  await vi.waitUntil(() => slack.sockets.lives.includes('went'), 20_000);
  expect(slack.sockets.opened).toBeGreaterThanOrEqual(3);
});

it(
  'uses new tokens of firebell.yaml from the reload on, when the old ones are good no more',
  PATIENCE,
  async () => {
    const { alert, ready, rewrites, slack } = await startSlackBot();
    await vi.waitFor(async () => expect(await ready()).toMatch(BOTH_UP), 20_000);
    const { bot, app } = slack.workspace.issuesTokens();

    await rewrites({ bot_token: bot, app_token: app });
    slack.workspace.retiresOldTokens();
    await vi.waitUntil(() => slack.sockets.lives.filter((what) => what === 'went').length === 2, 20_000);

    const ana = slack.workspace.person('ana');
    expect((await ana.types('/inc list', { channel: '#general' })).error).toBeNull();
    await alert('Checkout down');
    await slack.until('the page', () => ana.directMessages.at(-1));
    await slack.until('the room', () =>
      slack.workspace.channels.find(({ name }) => name === 'inc-1-checkout-down'),
    );
  },
);
