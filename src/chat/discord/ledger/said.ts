import { hearMessages } from '../../../store/platform-messages.ts';
import type { Heard } from '../../../store/platform-messages.ts';
import type { Message } from '../../message.ts';
import type { MessageRef } from '../../platform.ts';
import type { DiscordParts } from '../parts.ts';
import { DISCORD } from '../parts.ts';
import { timeOf } from '../snowflake.ts';

/** Writes down what we said ourselves, as the plain sentence that it is: the gateway tells nobody what an embed means. */
export async function noteSaid(
  { deps }: Pick<DiscordParts, 'deps'>,
  { roomId, messageId }: MessageRef,
  { plain, event }: Message,
): Promise<void> {
  const at = timeOf(messageId);
  const now = deps.clock.now();
  const heard: Heard = {
    platform: DISCORD,
    roomId,
    messageId,
    at,
    author: 'firebell',
    authorName: 'Firebell',
    isBot: true,
    text: plain,
    thread: null,
    editedAt: now > at ? now : at,
    files: [],
    event: event ?? null,
  };
  await hearMessages(deps.db, [heard]).catch((err: unknown) =>
    deps.logger.warn({ err }, 'What was said on Discord could not be written into the transcript'),
  );
}
