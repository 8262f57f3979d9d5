import { z } from 'zod';
import { cleanLines } from '../../../lib/clean-text.ts';
import type { InboundLoop } from '../../inbound/loop.ts';
import { actorOf } from '../actor.ts';
import type { DiscordParts } from '../parts.ts';
import { DISCORD } from '../parts.ts';
import { timeOf } from '../snowflake.ts';
import { User } from '../shapes.ts';

/** A message that somebody wants on the timeline. */
export const Marked = z.object({
  roomId: z.string(),
  messageId: z.string(),
  by: User,
  text: z.string(),
  author: z.string(),
});
export type Marked = z.infer<typeof Marked>;

const LONGEST_NOTE = 1_400;

/** Puts a message that was pinned, or marked with a pushpin, on the timeline with its own time; once, whoever else marks it. */
export function noteMarked(message: Marked, { deps }: DiscordParts, loop: InboundLoop): void {
  const incoming = { key: `mark:${message.messageId}`, kind: 'mark', payload: message };
  void loop
    .receive(incoming, () => undefined)
    .catch((err: unknown) => deps.logger.warn({ err }, 'A marked message did not reach the timeline'));
}

/** Writes the line, in the name of whoever marked the message. */
export async function writeMarked(
  { roomId, messageId, by, text, author }: Marked,
  { deps }: DiscordParts,
): Promise<void> {
  const said = cleanLines(text, LONGEST_NOTE);
  await deps.front().invoke({
    actor: actorOf(by, null, deps.directory()),
    platform: DISCORD,
    roomId,
    verb: 'note',
    incident: null,
    values: {
      text: said === '' ? `${author} posted something without words` : `${author}: ${said}`,
      time: timeOf(messageId).toISOString(),
    },
  });
}
