import { expect, it, vi } from 'vitest';
import { startSlackBot } from '../support/slack-bot.ts';

const PATIENCE = { timeout: 90_000 };

it(
  'holds two connections, and is not deaf while one is renewed, whatever else Slack says',
  PATIENCE,
  async () => {
    const { ready, slack } = await startSlackBot();
    const bothUp = /socket 1 up for \d+ s; socket 2 up for \d+ s/;
    await vi.waitFor(async () => expect(await ready()).toMatch(bothUp), 20_000);

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
