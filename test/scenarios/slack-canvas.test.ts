import { expect, it } from 'vitest';
import { listeningBot, openedRoom } from '../support/slack-room.ts';

const PATIENCE = { timeout: 60_000 };

it('keeps what is known in the canvas of the room', PATIENCE, async () => {
  const bot = await listeningBot();
  const { slack } = bot;
  const room = await openedRoom(bot);
  const ana = slack.workspace.person('ana');
  const canvas = (words: RegExp): Promise<string> =>
    slack.until(String(words), () => {
      const { canvas: markdown } = slack.workspace.channel(room.id);
      return markdown !== null && words.test(markdown) ? markdown : undefined;
    });
  await canvas(/· since/);

  await ana.types('/inc summary Card payments fail since the *14:00* deploy', { channel: room.id });
  await ana.types('/inc update Rolling back @ben', { channel: room.id });
  await ana.types('/inc task Call the vendor', { channel: room.id });
  const markdown = await canvas(/Call the vendor[^]*How it went[^]*Call the vendor/);

  expect(markdown).toContain(String.raw`Card payments fail since the \*14:00\* deploy`);
  expect(markdown).toMatch(/## Updates\n\n- .* – Rolling back/);
  expect(markdown).toContain('[Runbook](https://example.com/runbooks/checkout)');
  expect(slack.calls.of('conversations.canvases.create')).toHaveLength(1);

  await ana.types('/inc note The cache is cold', { channel: room.id });
  await canvas(/How it went[^]*The cache is cold/);
  await ana.types('/inc role commander @ben', { channel: room.id });
  await canvas(/^.*commander: \*\*Ben Okafor\*\*/);
  await ana.types('/inc severity sev3', { channel: room.id });
  await canvas(/How it went[^]*(sev3|SEV3)/);
  await ana.types('/inc resolve Rolled back', { channel: room.id });
  await canvas(/^\*\*resolved\*\*/);
  await ana.types('/inc reopen It is back', { channel: room.id });
  await canvas(/^\*\*(?!resolved)[^]*It is back/);
});

it('pins the summary where the plan has no canvas, and asks no further', PATIENCE, async () => {
  const bot = await listeningBot({
    before: ({ faults }) =>
      faults.add({
        method: 'conversations.canvases.create',
        kind: 'error',
        error: 'team_tier_cannot_create_channel_canvases',
        times: 10,
      }),
  });
  const { slack } = bot;
  const room = await openedRoom(bot);
  const ana = slack.workspace.person('ana');
  const pinned = (words: RegExp) =>
    slack.until(String(words), () =>
      slack.workspace.messages(room.id).find((one) => one.isPinned && words.test(one.words)),
    );
  const first = await pinned(/Running summary · #1/);

  await ana.types('/inc summary Card payments fail', { channel: room.id });
  const later = await pinned(/Running summary · #1[^]*Card payments fail/);

  expect(later.ts).toBe(first.ts);
  expect(slack.calls.of('conversations.canvases.create')).toHaveLength(1);
});
