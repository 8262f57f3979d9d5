import type { Message } from '../message.ts';
import type { Answer, ChatPlatform, MessageRef } from '../platform.ts';

/** A message that stands in a room and follows what happens. */
export interface Standing {
  readonly roomId: string;
  readonly key: string;
  readonly message: Message;
}

/** Posts it once by its key and then edits it; one that somebody has deleted is posted anew. What is found under the key may be pinned. */
export async function stand(
  chat: Pick<ChatPlatform, 'post' | 'edit'>,
  { roomId, key, message }: Standing,
): Promise<Answer<MessageRef>> {
  const posted = await chat.post(roomId, message, key);
  if (!posted.ok) return posted;
  // It may be an older one that was found under its key.
  const edited = await chat.edit(posted.value, message);
  if (edited.ok) return posted;
  return edited.failure.message === 'gone' ? chat.post(roomId, message, key) : edited;
}
