import { hearMessages } from '../../../store/platform-messages.ts';
import type { Message } from '../../message.ts';
import type { MessageRef } from '../../platform.ts';
import { SLACK } from '../parts.ts';
import type { SlackParts } from '../parts.ts';
import { instantOf } from './heard.ts';

/** Writes down what we said ourselves, or made of it since: in our own words, with what it announced. */
export async function hearOwn(
  { roomId, messageId }: MessageRef,
  { message, isEdit }: { readonly message: Message; readonly isEdit: boolean },
  { deps, identity }: Pick<SlackParts, 'deps' | 'identity'>,
): Promise<void> {
  await hearMessages(deps.db, [
    {
      platform: SLACK,
      roomId,
      messageId,
      at: instantOf(messageId),
      author: identity.known()?.userId ?? 'firebell',
      authorName: 'Firebell',
      isBot: true,
      text: message.plain,
      thread: null,
      editedAt: isEdit ? deps.clock.now() : null,
      files: [],
      event: message.event ?? null,
    },
  ]);
}
