import type { Message } from '../../../src/chat/message.ts';
import type { Store } from '../../../src/store/db.ts';
import { chatMessages, chatRooms } from '../../../src/store/schema/chat.ts';

/** A room that Firebell made. */
export interface SeenRoom {
  readonly id: string;
  /** As Firebell knows it: `incident:42`, `channel:ops`. */
  readonly key: string;
}

/** A message of Firebell's as it stands on the platform after the last edit. */
export interface SeenMessage {
  readonly roomId: string;
  readonly id: string;
  /** Under which it was posted: `effect:7`, `card:42`, the id of an attempt to page; null for what was only answered. */
  readonly key: string | null;
  readonly at: Date;
  /** Type of the event that it announces. */
  readonly event: string | null;
  readonly text: string;
  readonly isPinned: boolean;
  /** Whether it still asks somebody for an answer. */
  readonly asks: boolean;
  /** Whether it is what this message looks like here. */
  readonly shows: (message: Message) => boolean;
}

/** What people of a platform have before their eyes after the bots were stopped. */
export interface Sight {
  readonly rooms: readonly SeenRoom[];
  readonly messages: readonly SeenMessage[];
  /** A page that was on its way may still arrive so long after it was over, in ms of the machine. */
  readonly onItsWayMs: number;
  /** What the platform itself can say is wrong, in words. */
  readonly problems: readonly string[];
}

/** Looks at a platform, with what the bots wrote down about it beside. */
export type Look = (store: Store) => Promise<Sight>;

/** Looks at the console, which is kept in the database itself. */
export const lookAtConsole: Look = async ({ db }) => {
  const rooms = await db.select().from(chatRooms);
  const messages = await db.select().from(chatMessages).orderBy(chatMessages.roomId, chatMessages.seq);
  return {
    rooms: rooms.map(({ id, key }) => ({ id: String(id), key })),
    messages: messages.map(({ id, roomId, clientKey, at, event, text, pinnedAt, message }) => ({
      id: String(id),
      roomId: String(roomId),
      key: clientKey?.replace(/^\d+:/, '') ?? null,
      at,
      event,
      text,
      isPinned: pinnedAt !== null,
      asks: !notifiesNobody(message),
      shows: ({ plain }) => text === plain,
    })),
    onItsWayMs: 5_000,
    problems: [],
  };
};

function notifiesNobody(message: unknown): boolean {
  return (
    typeof message === 'object' &&
    message !== null &&
    'notify' in message &&
    Array.isArray(message.notify) &&
    message.notify.length === 0
  );
}
