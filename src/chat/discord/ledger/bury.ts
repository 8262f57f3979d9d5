import { Routes } from 'discord.js';
import { deleteMessage } from '../../../store/platform-messages.ts';
import type { Heard, LedgerMessage } from '../../../store/platform-messages.ts';
import { UNKNOWN_CHANNEL } from '../api.ts';
import type { DiscordParts } from '../parts.ts';
import { Nothing } from '../shapes.ts';
import { compareIds } from '../snowflake.ts';

/** What the history of a place showed: these messages, and no others between two ids. */
export interface Shown {
  readonly place: string;
  readonly thread: string | null;
  readonly from: string;
  readonly upTo: string;
  readonly seen: ReadonlySet<string>;
}

const UNKNOWN_MESSAGE = 10_008;

/** Makes what we hold and the history does not show any more a tombstone: it was deleted while nobody listened. */
export async function buryMissing(
  held: readonly LedgerMessage[],
  shown: readonly Shown[],
  parts: DiscordParts,
): Promise<void> {
  const { db, clock } = parts.deps;
  const seen = new Set(shown.flatMap((one) => [...one.seen]));
  for (const one of held) {
    if (one.deletedAt !== null || seen.has(one.messageId)) continue;
    if (shown.some((place) => shouldShow(place, one)) && (await isGone(one, shown, parts)))
      await deleteMessage(db, asHeard(one), clock.now());
  }
}

function shouldShow({ thread, from, upTo }: Shown, { messageId, ...held }: LedgerMessage): boolean {
  // An answer to a message names that message where others name their thread.
  const mayBeHere = thread === null || held.thread === thread;
  return mayBeHere && compareIds(messageId, from) >= 0 && compareIds(messageId, upTo) <= 0;
}

/** Asks for the message itself, in every place where it may be: what is not shown may be in a thread that nobody sees. */
async function isGone(
  { messageId, thread }: LedgerMessage,
  shown: readonly Shown[],
  { apis }: DiscordParts,
): Promise<boolean> {
  const places = new Set(shown.filter((one) => one.thread === null).map(({ place }) => place));
  if (thread !== null) places.add(thread);
  for (const place of places) {
    const route = Routes.channelMessage(place, messageId);
    const read = await apis.house.call({ method: 'GET', route }, Nothing);
    if (read.ok) return false;
    if (read.failure.code !== UNKNOWN_MESSAGE && read.failure.code !== UNKNOWN_CHANNEL) return false;
  }
  return true;
}

/** A message without what only the transcript knows of it. */
export function asHeard({
  deletedAt: _deleted,
  pinnedBy: _pinned,
  reactions: _reactions,
  earlier: _earlier,
  ...heard
}: LedgerMessage): Heard {
  return heard;
}
