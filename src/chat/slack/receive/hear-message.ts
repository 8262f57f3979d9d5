import { deleteMessage, hearMessages } from '../../../store/platform-messages.ts';
import { heardOf, instantOf, isWorthKeeping } from '../ledger/heard.ts';
import { SLACK } from '../parts.ts';
import { nameOf } from '../profiles.ts';
import type { ReceiveParts } from './deps.ts';
import { runWords } from './commands.ts';
import { typedWords, withoutMention } from './markup.ts';
import { MessageEvent, SlackMessage } from './payloads.ts';
import { speakerOf } from './speaker.ts';

/** Something was said, changed or taken back in a channel of ours, or said to us alone. */
export async function hearMessage(event: unknown, parts: ReceiveParts): Promise<void> {
  const told = MessageEvent.parse(event);
  if (told.channel_type === 'im' || told.channel.startsWith('D'))
    return hearDirectly(event, told.channel, parts);
  switch (told.subtype) {
    case 'message_changed':
      return told.message && heard(told.channel, told.message, parts);
    case 'message_deleted':
      return tookBack(told, parts);
    // Slack's own news about a thread: the reply itself comes as a message too.
    case 'message_replied':
      return;
    case undefined:
    default:
      return said(told.channel, SlackMessage.parse(event), parts);
  }
}

/** A person's own word is a sign of life; whatever was said is part of the transcript. */
async function said(channel: string, message: SlackMessage, parts: ReceiveParts): Promise<void> {
  await heard(channel, message, parts);
  const { user, bot_id: botId, subtype, ts, text } = message;
  const isNews = subtype !== undefined && !SPOKEN.has(subtype);
  if (user === undefined || botId != null || isNews || isUs(user, parts)) return;
  const speaker = await speakerOf({ userId: user, teamId: teamOf(message), name: null }, parts);
  if (speaker.kind === 'external') return;
  await parts.deps.front().heard({
    actor: speaker.actor,
    platform: SLACK,
    roomId: channel,
    text: typedWords(text ?? ''),
    messageId: ts,
  });
}

const SPOKEN = new Set(['file_share', 'thread_broadcast', 'me_message']);

/** What we said ourselves was written down when it was sent, in our own words. */
async function heard(channel: string, message: SlackMessage, parts: ReceiveParts): Promise<void> {
  if (!isWorthKeeping(message) || isOurPost(message, parts)) return;
  const us = parts.identity.known()?.userId ?? null;
  const heardAs = await heardOf(channel, message, { nameOf: (id) => nameOf(id, parts.profiles), us });
  await hearMessages(parts.deps.db, [heardAs]);
}

async function tookBack(told: ReturnType<typeof MessageEvent.parse>, parts: ReceiveParts): Promise<void> {
  const ts = told.deleted_ts ?? told.previous_message?.ts;
  if (ts === undefined) return;
  const before = told.previous_message ?? { ts, user: '' };
  const gone = await heardOf(
    told.channel,
    { ...before, ts },
    {
      nameOf: async (userId) => (userId === '' ? null : nameOf(userId, parts.profiles)),
      us: parts.identity.known()?.userId ?? null,
    },
  );
  await deleteMessage(parts.deps.db, gone, instantOf(told.event_ts ?? told.ts));
}

/** What is written to us alone is a command: there is nobody else to talk to. */
async function hearDirectly(event: unknown, channel: string, parts: ReceiveParts): Promise<void> {
  const message = SlackMessage.parse(event);
  const { user, bot_id: botId, subtype, text } = message;
  if (user === undefined || botId != null || subtype !== undefined || isUs(user, parts)) return;
  const us = parts.identity.known()?.userId ?? '';
  const words = withoutSlash(typedWords(withoutMention(text ?? '', us)), parts);
  await runWords(
    words,
    {
      account: { userId: user, teamId: teamOf(message), name: null },
      place: {
        userId: user,
        channelId: channel,
        thread: message.thread_ts ?? null,
        responseUrl: null,
        triggerId: null,
      },
    },
    parts,
  );
}

/** `inc ack` means `ack`, with or without the slash: Slack keeps `/inc` for itself only at the beginning of a line. */
function withoutSlash(words: string, parts: ReceiveParts): string {
  const [first = '', ...rest] = words.split(/\s+/);
  const names = parts.commands().map((name) => name.replace(/^\//, ''));
  return names.includes(first.replace(/^\//, '').toLowerCase()) ? rest.join(' ') : words;
}

function isUs(userId: string, { identity }: ReceiveParts): boolean {
  return identity.known()?.userId === userId;
}

function isOurPost({ user, bot_id: botId, subtype }: SlackMessage, { identity }: ReceiveParts): boolean {
  const self = identity.known();
  if (self === null || (subtype !== undefined && /_(join|leave)$/.test(subtype))) return false;
  return user === self.userId || (botId != null && botId === self.botId);
}

function teamOf({ user_team: userTeam, team }: SlackMessage): string | null {
  return userTeam ?? team ?? null;
}
