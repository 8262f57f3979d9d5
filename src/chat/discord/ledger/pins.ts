import { findLedgerMessage, setPinned } from '../../../store/platform-messages.ts';
import type { DiscordParts } from '../parts.ts';
import { DISCORD } from '../parts.ts';
import type { DiscordMessage } from './message.ts';
import type { Marked } from './mark.ts';

/** What the transcript is written with. */
export interface LedgerParts extends DiscordParts {
  /** Somebody marked a message as worth the timeline, by a pin or a pushpin. */
  readonly marked: (message: Marked) => void;
}

const PINNED_SOMETHING = 6;

/** Notes a pin, which Discord tells by a message that refers to the pinned one, and puts what people pinned on the timeline. */
export async function notePin(
  { type, message_reference, author }: DiscordMessage,
  roomId: string,
  { deps, marked }: LedgerParts,
): Promise<void> {
  const messageId = message_reference?.message_id;
  if (type !== PINNED_SOMETHING || typeof messageId !== 'string') return;
  const ref = { platform: DISCORD, roomId, messageId };
  await setPinned(deps.db, ref, author.id);
  if (author.bot === true) return;
  const message = await findLedgerMessage(deps.db, ref);
  if (message !== null && message.deletedAt === null && !message.isBot)
    marked({ roomId, messageId, by: author, text: message.text, author: message.authorName });
}
