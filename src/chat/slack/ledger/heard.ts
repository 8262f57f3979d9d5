import type { Heard, LedgerMessage } from '../../../store/platform-messages.ts';
import { SLACK } from '../parts.ts';
import type { SlackMessage } from '../receive/payloads.ts';

/** Names for accounts; null where Slack does not say. */
export type NameOf = (userId: string) => Promise<string | null>;

/** Marks our own posts in their metadata. */
const EVENT_KEY = 'event';

/** Messages that say nothing: the channel's own news about itself. */
const NOISE = new Set(['channel_topic', 'channel_purpose', 'channel_name', 'bookmark_added', 'pinned_item']);

/** True for what belongs in a transcript. */
export function isWorthKeeping({ subtype }: SlackMessage): boolean {
  return subtype === undefined || !(NOISE.has(subtype) || subtype === 'tombstone');
}

/** Slack's message as the transcript keeps it: with Slack's markup, and its files where they are. */
export async function heardOf(
  roomId: string,
  message: SlackMessage,
  { nameOf, us }: { readonly nameOf: NameOf; readonly us: string | null },
): Promise<Heard> {
  const author = message.user ?? message.bot_id ?? '';
  const isBot = isFromBot(message, us);
  const given = message.username ?? message.bot_profile?.name ?? null;
  const name = given ?? (message.user === undefined ? null : await nameOf(message.user));
  return {
    platform: SLACK,
    roomId,
    messageId: message.ts,
    at: instantOf(message.ts),
    author,
    authorName: name ?? (author === '' ? 'Slack' : author),
    isBot,
    text: textOf(message),
    thread: message.thread_ts !== undefined && message.thread_ts !== message.ts ? message.thread_ts : null,
    editedAt: message.edited == null ? null : instantOf(message.edited.ts),
    files: (message.files ?? []).map(fileOf),
    event: eventOf(message),
  };
}

/** Joins are news of Slack's own, whoever they are about. */
function isFromBot({ subtype, bot_id, user }: SlackMessage, us: string | null): boolean {
  const isNews = subtype !== undefined && /_(join|leave)$/.test(subtype);
  return isNews || bot_id != null || (user !== undefined && user === us);
}

function eventOf({ subtype, metadata }: SlackMessage): string | null {
  if (subtype !== undefined && subtype.endsWith('_join')) return 'room.joined';
  if (subtype !== undefined && subtype.endsWith('_leave')) return 'room.left';
  const event = metadata?.event_payload[EVENT_KEY];
  return typeof event === 'string' ? event : null;
}

/** Other bots often say everything in their attachments. */
function textOf({ text, attachments }: SlackMessage): string {
  if (text != null && text !== '') return text;
  return (attachments ?? [])
    .map((one) => one.fallback ?? one.text ?? '')
    .join('\n')
    .trim();
}

function fileOf(file: NonNullable<SlackMessage['files']>[number]): LedgerMessage['files'][number] {
  return {
    id: file.id,
    name: file.name ?? file.title ?? file.id,
    type: file.mimetype ?? null,
    bytes: file.size ?? null,
    url: file.url_private ?? null,
    ...(file.mode === 'tombstone' && { isGone: true }),
  };
}

/** Slack's time stamps are seconds with six decimals; ours end at the millisecond. */
export function instantOf(ts: string): Date {
  const [seconds = '0', fraction = ''] = ts.split('.');
  return new Date(Number(seconds) * 1_000 + Number(fraction.padEnd(3, '0').slice(0, 3)));
}
