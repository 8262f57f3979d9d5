import { hearMessages, setPinned, setReactions } from '../../../store/platform-messages.ts';
import type { LedgerMessage, LedgerRef } from '../../../store/platform-messages.ts';
import { DISCORD } from '../parts.ts';
import { compareIds } from '../snowflake.ts';
import type { DiscordMessage } from './message.ts';
import { heardFrom, isSpoken } from './message.ts';
import { notePin } from './pins.ts';
import type { LedgerParts } from './pins.ts';

/** Where messages were read, and what the transcript held of the room before. */
export interface Where {
  readonly roomId: string;
  readonly thread: string | null;
  readonly held: ReadonlyMap<string, LedgerMessage>;
  /** What is not newer was heard before. */
  readonly known: string;
}

/** Writes messages of the history into the transcript; what is as it was held costs nothing. */
export async function writeDown(
  messages: readonly DiscordMessage[],
  where: Where,
  parts: LedgerParts,
): Promise<void> {
  const spoken = messages.filter((one) => isSpoken(one) && !isOurOwn(one, parts.settings.application));
  for (const message of spoken) await writeWords(message, where, parts);
  // A pin that was heard before may have been taken off since.
  const news = messages.filter(({ id }) => compareIds(id, where.known) > 0);
  for (const message of news) await notePin(message, where.roomId, parts);
  const pinnedNow = new Set(news.map(({ message_reference }) => message_reference?.message_id));
  for (const { id, pinned } of spoken) {
    const wasPinned = pinnedNow.has(id) || typeof where.held.get(id)?.pinnedBy === 'string';
    if (pinned === false && wasPinned) await setPinned(parts.deps.db, refOf(id, where), null);
  }
}

async function writeWords(message: DiscordMessage, where: Where, { deps }: LedgerParts): Promise<void> {
  const before = where.held.get(message.id);
  if (before === undefined || isEdited(message, before))
    await hearMessages(deps.db, [heardFrom(message, where)]);
  const counted = countedIn(message);
  if (!isSame(counted, before?.reactions ?? []))
    await setReactions(deps.db, refOf(message.id, where), counted);
}

function refOf(messageId: string, { roomId }: Where): LedgerRef {
  return { platform: DISCORD, roomId, messageId };
}

function isEdited({ edited_timestamp }: DiscordMessage, { editedAt }: LedgerMessage): boolean {
  return edited_timestamp != null && edited_timestamp.getTime() !== editedAt?.getTime();
}

function countedIn({ reactions }: DiscordMessage): LedgerMessage['reactions'] {
  return reactions.map(({ emoji, count }) => ({ name: emoji.name ?? emoji.id ?? '?', count }));
}

function isSame(one: LedgerMessage['reactions'], other: LedgerMessage['reactions']): boolean {
  const shown = (all: LedgerMessage['reactions']): string =>
    all
      .map(({ name, count }) => `${name} ${count}`)
      .toSorted()
      .join();
  return shown(one) === shown(other);
}

/** What we said is written down when we say it, in words; the application and its bot have one id. */
export function isOurOwn({ author }: DiscordMessage, application: string): boolean {
  return author.id === application;
}
