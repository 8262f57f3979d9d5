import { z } from 'zod';
import type { Heard } from '../../../store/platform-messages.ts';
import { shownName } from '../actor.ts';
import { DISCORD } from '../parts.ts';
import { User } from '../shapes.ts';

/** A file under a message; its address is signed and expires. */
export const Attachment = z.object({
  id: z.string(),
  filename: z.string(),
  content_type: z.string().nullish(),
  size: z.int().nullish(),
  url: z.string().nullish(),
});

/** A message as the gateway or the history tells it; an edit may leave out what did not change. */
export const DiscordMessage = z.object({
  id: z.string(),
  channel_id: z.string(),
  guild_id: z.string().nullish(),
  type: z.int().optional(),
  author: User,
  member: z.object({ nick: z.string().nullish() }).nullish(),
  content: z.string(),
  timestamp: z.coerce.date(),
  edited_timestamp: z.coerce.date().nullish(),
  pinned: z.boolean().optional(),
  attachments: z.array(Attachment).default([]),
  reactions: z
    .array(
      z.object({ count: z.int(), emoji: z.object({ id: z.string().nullish(), name: z.string().nullish() }) }),
    )
    .default([]),
  message_reference: z.object({ message_id: z.string().nullish() }).nullish(),
});
export type DiscordMessage = z.infer<typeof DiscordMessage>;

/** Ordinary words and answers to them; joins, pins and the like are told by the platform and are nobody's words. */
const SPOKEN: readonly number[] = [0, 19, 20, 23];

/** Whether somebody said it. */
export function isSpoken({ type = 0 }: DiscordMessage): boolean {
  return SPOKEN.includes(type);
}

/** A message as the transcript keeps it: under the room it belongs to, in the thread it was said in. */
export function heardFrom(
  message: DiscordMessage,
  { roomId, thread }: { readonly roomId: string; readonly thread: string | null },
): Heard {
  const { id, author, member, content, timestamp, edited_timestamp, attachments } = message;
  return {
    platform: DISCORD,
    roomId,
    messageId: id,
    at: timestamp,
    author: author.id,
    authorName: shownName(author, member?.nick ?? null),
    isBot: author.bot ?? false,
    text: content,
    thread: thread ?? message.message_reference?.message_id ?? null,
    editedAt: edited_timestamp ?? null,
    files: attachments.map((file) => ({
      id: file.id,
      name: file.filename,
      type: file.content_type ?? null,
      bytes: file.size ?? null,
      url: file.url ?? null,
    })),
    event: null,
  };
}
