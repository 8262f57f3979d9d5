import type { Directory } from '../domain/directory.ts';
import type { PageNotice } from '../domain/page/notice.ts';
import type { Delivery, NotificationChannel } from '../engine/notification-channel.ts';
import type { Attention, ChatFailure, ChatPlatform, MessageRef } from './platform.ts';
import { pageMessage } from './views/page-bundle.ts';

/** What the channel works with. */
export interface DmParts {
  readonly chat: ChatPlatform;
  readonly directory: () => Directory;
}

/** Pages by direct message on the chat platform. The message id is `room/message`, so that it can be changed after the page ends. */
export function dmChannel({ chat, directory }: DmParts): NotificationChannel {
  return {
    name: 'dm',
    bundles: true,
    reaches: chat.reaches,
    send: async (notice) => {
      const room = await chat.directRoom(notice.person);
      if (!room.ok) return deliveryOf(room.failure);
      const [posted, attention] = await Promise.all([
        chat.post(room.value.roomId, pageMessage(notice, directory()), notice.attemptId),
        chat.attention?.(notice.person) ?? RINGS,
      ]);
      return posted.ok ? told(posted.value, attention) : deliveryOf(posted.failure);
    },
    sentBefore: async (notice) => {
      const room = await chat.directRoom(notice.person);
      const found = room.ok ? await chat.posted(room.value.roomId, notice.attemptId) : room;
      if (!found.ok) return deliveryOf(found.failure);
      return found.value && { kind: 'sent', messageId: nameOf(found.value) };
    },
    update: async (notice: PageNotice, messageId: string) => {
      const ref = refOf(messageId);
      if (ref === null)
        return { kind: 'failed', reason: `the message id ${messageId} does not name a room and a message` };
      const edited = await chat.edit(ref, pageMessage(notice, directory()));
      return edited.ok ? { kind: 'sent', messageId } : deliveryOf(edited.failure);
    },
  };
}

const RINGS: Attention = { kind: 'rings' };

/** It is there; whether anybody hears it is another question. */
function told(ref: MessageRef, attention: Attention): Delivery {
  if (attention.kind === 'gone') return { kind: 'failed', reason: attention.why };
  const sent = { kind: 'sent', messageId: nameOf(ref) } as const;
  return attention.kind === 'quiet' ? { ...sent, muted: attention.why } : sent;
}

function deliveryOf({ kind, reason, afterMs, notYet }: ChatFailure): Delivery {
  return kind === 'temporary'
    ? { kind: 'retry', afterMs, reason, ...(notYet === true && { notYet }) }
    : { kind: 'failed', reason };
}

function nameOf({ roomId, messageId }: MessageRef): string {
  return `${encodeURIComponent(roomId)}/${encodeURIComponent(messageId)}`;
}

function refOf(name: string): MessageRef | null {
  const [roomId, messageId, ...more] = name.split('/');
  if (roomId === undefined || messageId === undefined || more.length > 0) return null;
  return { roomId: decodeURIComponent(roomId), messageId: decodeURIComponent(messageId) };
}
