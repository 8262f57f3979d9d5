import { vi } from 'vitest';
import { startSlackBot } from './slack-bot.ts';
import type { SlackBot } from './slack-bot.ts';
import type { ShownChannel } from './slack/workspace.ts';

/** Starts a bot in Slack, and waits until it hears what people do. */
export async function listeningBot(options: Parameters<typeof startSlackBot>[0] = {}): Promise<SlackBot> {
  const bot = await startSlackBot(options);
  await isListening(bot);
  return bot;
}

/** Answers when Slack has somebody to bring things to: what people do before is answered by Slack itself with an error. */
export async function isListening({ slack }: SlackBot): Promise<void> {
  await vi.waitUntil(() => slack.sockets.open > 0, { timeout: 10_000, interval: 20 });
}

/** The channel of the first incident, once Ana, who is on call, is in it and its card is pinned. */
export async function openedRoom(bot: SlackBot, title = 'Checkout fails'): Promise<ShownChannel> {
  const { alert, slack } = bot;
  await alert(title);
  const ana = slack.workspace.person('ana').id;
  const room = await slack.until('the room', () =>
    slack.workspace.channels.find(({ name, members }) => name.startsWith('inc-1-') && members.includes(ana)),
  );
  await slack.until('the card', () => slack.workspace.messages(room.id).find(({ isPinned }) => isPinned));
  return room;
}
