import { z } from 'zod';
import { countReaction, findLedgerMessage, setReactions } from '../../../store/platform-messages.ts';
import { DISCORD } from '../parts.ts';
import { User } from '../shapes.ts';
import type { LedgerParts } from './pins.ts';
import type { Place } from './places.ts';

const Emoji = z.object({ id: z.string().nullish(), name: z.string().nullish() });

/** Somebody put a reaction on a message, or took their own off it. */
export const Reacted = z.object({
  message_id: z.string(),
  channel_id: z.string(),
  user_id: z.string(),
  member: z.object({ user: User }).optional(),
  emoji: Emoji,
});
export type Reacted = z.infer<typeof Reacted>;

/** A moderator took reactions off a message: those with this emoji, or without one all of them. */
export const Cleared = z.object({ message_id: z.string(), channel_id: z.string(), emoji: Emoji.optional() });
export type Cleared = z.infer<typeof Cleared>;

const PUSHPIN = '📌';

/** Counts a reaction, unless the history has told it with its message; a pushpin puts the message on the timeline. */
export async function noteReacted(
  { message_id, emoji, member }: Reacted,
  { by, roomId, isCounted }: { readonly by: 1 | -1; readonly roomId: string; readonly isCounted: boolean },
  { deps, marked }: LedgerParts,
): Promise<void> {
  const ref = { platform: DISCORD, roomId, messageId: message_id };
  if (!isCounted) await countReaction(deps.db, ref, { name: emoji.name ?? emoji.id ?? '?', by });
  if (by < 0 || emoji.name !== PUSHPIN || member === undefined || member.user.bot === true) return;
  const message = await findLedgerMessage(deps.db, ref);
  if (message === null || message.deletedAt !== null) return;
  const { text, authorName: author } = message;
  marked({ roomId, messageId: message_id, by: member.user, text, author });
}

/** Takes off a message what a moderator took off it. */
export async function noteCleared(
  { message_id, emoji }: Cleared,
  { roomId }: Place,
  { deps }: LedgerParts,
): Promise<void> {
  const ref = { platform: DISCORD, roomId, messageId: message_id };
  const reactions = (await findLedgerMessage(deps.db, ref))?.reactions ?? [];
  const gone = emoji && (emoji.name ?? emoji.id);
  await setReactions(deps.db, ref, emoji ? reactions.filter(({ name }) => name !== gone) : []);
}
