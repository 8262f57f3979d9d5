import { and, asc, desc, eq, gt, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { Db } from './db.ts';
import type { Author } from './schema/chat.ts';
import { chatMessages, chatRooms } from './schema/chat.ts';

/** Something said in a room, as it is now. A deleted message has neither `message` nor text. */
export interface KeptMessage {
  readonly id: number;
  readonly roomId: number;
  /** Place in the room. */
  readonly seq: number;
  /** The room's change in which it became what it is. */
  readonly rev: number;
  readonly author: Author;
  readonly at: Date;
  /** In the words of the chat room, which parses it. */
  readonly message: unknown;
  readonly text: string;
  readonly event: string | null;
  readonly pinnedAt: Date | null;
  readonly pinnedBy: string | null;
  readonly editedAt: Date | null;
  readonly deletedAt: Date | null;
}

/** Something to say. `clientKey` names it once and for all; null is never found again. */
export interface Saying {
  readonly roomId: number;
  readonly author: Author;
  readonly at: Date;
  readonly message: unknown;
  readonly text: string;
  readonly event: string | null;
  readonly clientKey: string | null;
  readonly tell: Tell;
}

/** What LISTEN/NOTIFY says in the same transaction. */
export interface Tell {
  readonly channel: string;
  readonly payload: string;
}

/** Where a message stands, and whether this call put it there. */
export interface Placed {
  readonly id: number;
  readonly roomId: number;
  readonly seq: number;
  readonly isNew: boolean;
}

const NOT_NULL_VIOLATION = '23502';

/** Says it once per key, in one round trip when it is new. Null when there is no such room. */
export async function sayInRoom(db: Db, { tell, ...saying }: Saying): Promise<Placed | null> {
  const place = db.$with('place').as(nextChange(db, saying.roomId));
  const change = sql<number>`(select last_change from place)`;
  const rows = await db
    .with(place)
    .insert(chatMessages)
    .values({
      ...saying,
      roomId: sql`(select id from place)`,
      seq: change,
      rev: change,
      authorPerson: saying.author.kind === 'person' ? saying.author.id : null,
    })
    .onConflictDoNothing({ target: chatMessages.clientKey })
    .returning({ id: chatMessages.id, seq: chatMessages.seq, told: told(tell) })
    .catch(absentRoom);
  if (rows === null) return null;
  const made = rows[0];
  if (made) return { id: made.id, roomId: saying.roomId, seq: made.seq, isNew: true };
  return saying.clientKey === null ? null : findByKey(db, saying.clientKey);
}

/** Gives a message new words; false when it is not there or was deleted. */
export async function amendMessage(
  db: Db,
  amendment: {
    readonly id: number;
    readonly roomId: number;
    readonly message: unknown;
    readonly text: string;
    readonly at: Date;
    readonly tell: Tell;
  },
): Promise<boolean> {
  const { message, text, at } = amendment;
  return changeMessage(db, amendment, { message, text, editedAt: at });
}

/** Deletes a message and purges what it said; the tombstone stays. False when it is not there. */
export async function deleteMessage(
  db: Db,
  deletion: { readonly id: number; readonly roomId: number; readonly at: Date; readonly tell: Tell },
): Promise<boolean> {
  return changeMessage(db, deletion, {
    message: null,
    text: '',
    deletedAt: deletion.at,
    pinnedAt: null,
    pinnedBy: null,
  });
}

/** Pins a message; false when it is not there or was deleted. Pinning again keeps the first time. */
export async function pinMessage(
  db: Db,
  pinning: {
    readonly id: number;
    readonly roomId: number;
    readonly by: string;
    readonly at: Date;
    readonly tell: Tell;
  },
): Promise<boolean> {
  const pinnedAt = sql`coalesce(${chatMessages.pinnedAt}, ${pinning.at.toISOString()})`;
  const pinnedBy = sql`coalesce(${chatMessages.pinnedBy}, ${pinning.by})`;
  return changeMessage(db, pinning, { pinnedAt, pinnedBy });
}

/** The newest messages of a room before a place, oldest first. */
export async function messagesBefore(
  db: Db,
  { roomId, before, limit }: { roomId: number; before: number | null; limit: number },
): Promise<readonly KeptMessage[]> {
  const rows = await db
    .select()
    .from(chatMessages)
    .where(and(eq(chatMessages.roomId, roomId), before === null ? undefined : lt(chatMessages.seq, before)))
    .orderBy(desc(chatMessages.seq))
    .limit(limit);
  return rows.reverse().map(toMessage);
}

/** The messages of a room that are not what they were at a change, in the order of their changes. Nothing is missed or named twice. */
export async function changesAfter(
  db: Db,
  { roomId, after, limit }: { roomId: number; after: number; limit: number },
): Promise<readonly KeptMessage[]> {
  const rows = await db
    .select()
    .from(chatMessages)
    .where(and(eq(chatMessages.roomId, roomId), gt(chatMessages.rev, after)))
    .orderBy(asc(chatMessages.rev))
    .limit(limit);
  return rows.map(toMessage);
}

/** Everything said in a room, oldest first, tombstones included. */
export async function wholeRoom(db: Db, roomId: number): Promise<readonly KeptMessage[]> {
  const rows = await db
    .select()
    .from(chatMessages)
    .where(eq(chatMessages.roomId, roomId))
    .orderBy(asc(chatMessages.seq));
  return rows.map(toMessage);
}

/** The pinned messages of a room, in the order in which they were said. */
export async function pinnedIn(db: Db, roomId: number): Promise<readonly KeptMessage[]> {
  const rows = await db
    .select()
    .from(chatMessages)
    .where(and(eq(chatMessages.roomId, roomId), isNotNull(chatMessages.pinnedAt)))
    .orderBy(asc(chatMessages.seq));
  return rows.map(toMessage);
}

/** Takes the room's lock and its next change, so that changes of one room become visible in their order. */
function nextChange(db: Db, roomId: number) {
  return db
    .update(chatRooms)
    .set({ lastChange: sql`${chatRooms.lastChange} + 1` })
    .where(eq(chatRooms.id, roomId))
    .returning({ id: chatRooms.id, lastChange: chatRooms.lastChange });
}

async function changeMessage(
  db: Db,
  { id, roomId, tell }: { readonly id: number; readonly roomId: number; readonly tell: Tell },
  values: PgUpdateSetSource<typeof chatMessages>,
): Promise<boolean> {
  const place = db.$with('place').as(nextChange(db, roomId));
  const rows = await db
    .with(place)
    .update(chatMessages)
    .set({ ...values, rev: sql`(select last_change from place)` })
    .where(and(eq(chatMessages.id, id), eq(chatMessages.roomId, roomId), isNull(chatMessages.deletedAt)))
    .returning({ told: told(tell) });
  return rows.length > 0;
}

/** A missing room leaves no place, and the row refuses to be without one. */
function absentRoom(error: unknown): null {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : null;
  if (code === NOT_NULL_VIOLATION) return null;
  throw error;
}

function told({ channel, payload }: Tell) {
  return sql<string>`pg_notify(${channel}, ${payload})::text`;
}

/** Where the message of this key stands; null when nothing was said under it. */
export async function findByKey(db: Db, clientKey: string): Promise<Placed | null> {
  const rows = await db
    .select({ id: chatMessages.id, roomId: chatMessages.roomId, seq: chatMessages.seq })
    .from(chatMessages)
    .where(eq(chatMessages.clientKey, clientKey));
  return rows[0] ? { ...rows[0], isNew: false } : null;
}

function toMessage(row: typeof chatMessages.$inferSelect): KeptMessage {
  const { authorPerson: _person, clientKey: _key, ...rest } = row;
  return rest;
}
