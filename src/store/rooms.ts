import { and, asc, desc, eq, inArray, isNotNull, isNull, ne, or, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Db } from './db.ts';
import { chatRooms } from './schema/chat.ts';

/** A room that we keep ourselves. */
export interface KeptRoom {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly kind: 'incident' | 'channel' | 'direct';
  readonly topic: string;
  readonly isPrivate: boolean;
  /** Ids of people. */
  readonly members: readonly string[];
  /** How many changes its messages have seen; also the place of the newest message at most. */
  readonly lastChange: number;
  readonly archivedAt: Date | null;
  readonly createdAt: Date;
}

/** A room to find or make. */
export interface NewRoom {
  readonly platform: string;
  readonly key: string;
  readonly name: string;
  readonly kind: KeptRoom['kind'];
  readonly topic: string;
  readonly isPrivate: boolean;
  readonly members: readonly string[];
  readonly now: Date;
}

const NAME_TRIES = 50;

/** Finds the room of this key or makes it. A name that another room bears gets `-2`, `-3`, … behind it. */
export async function findOrMakeRoom(db: Db, wanted: NewRoom): Promise<KeptRoom> {
  const there = await findRoomByKey(db, wanted.platform, wanted.key);
  if (there) return there;
  for (let n = 1; n <= NAME_TRIES; n += 1) {
    const name = n === 1 ? wanted.name : `${wanted.name}-${n}`;
    const room =
      (await makeRoom(db, { ...wanted, name })) ?? (await findRoomByKey(db, wanted.platform, wanted.key));
    if (room) return room;
  }
  throw new Error(`no free name for the room ${wanted.name} after ${NAME_TRIES} tries`);
}

/** A room by its id, whoever asks. */
export async function findRoom(db: Db, platform: string, roomId: number): Promise<KeptRoom | null> {
  const rows = await db
    .select()
    .from(chatRooms)
    .where(and(eq(chatRooms.platform, platform), eq(chatRooms.id, roomId)));
  return rows[0] ?? null;
}

/** So many rooms of incidents are listed, the newest: those in use, and those that were archived. */
export const LISTED_ROOMS = { inUse: 100, archived: 15 } as const;

/**
 * The rooms that this person may see, oldest first: all but the private ones they are not in. Null sees public ones only. Of the rooms of
 * incidents only the newest are listed.
 */
export async function roomsSeenBy(
  db: Db,
  platform: string,
  personId: string | null,
): Promise<readonly KeptRoom[]> {
  const seen = and(eq(chatRooms.platform, platform), seenBy(personId));
  const ofIncident = and(seen, eq(chatRooms.kind, 'incident'));
  const newest = (which: SQL, limit: number) =>
    db
      .select({ id: chatRooms.id })
      .from(chatRooms)
      .where(and(ofIncident, which))
      .orderBy(desc(chatRooms.id))
      .limit(limit);
  const rows = await db
    .select()
    .from(chatRooms)
    .where(
      or(
        and(seen, ne(chatRooms.kind, 'incident')),
        inArray(chatRooms.id, newest(isNull(chatRooms.archivedAt), LISTED_ROOMS.inUse)),
        inArray(chatRooms.id, newest(isNotNull(chatRooms.archivedAt), LISTED_ROOMS.archived)),
      ),
    )
    .orderBy(asc(chatRooms.id));
  return rows;
}

/** A room by its id, as long as this person may see it; a private room is absent for who is not in it. */
export async function roomSeenBy(
  db: Db,
  { platform, roomId, personId }: { platform: string; roomId: number; personId: string | null },
): Promise<KeptRoom | null> {
  const rows = await db
    .select()
    .from(chatRooms)
    .where(and(eq(chatRooms.platform, platform), eq(chatRooms.id, roomId), seenBy(personId)));
  return rows[0] ?? null;
}

/** Makes a room's topic, members and rest what they should be; false when there is no such room. A direct room keeps its one member. */
export async function changeRoom(
  db: Db,
  change: {
    readonly roomId: number;
    readonly topic: string;
    readonly members: readonly string[];
    readonly archived: boolean;
    readonly now: Date;
  },
): Promise<boolean> {
  const archivedAt = change.archived
    ? sql`coalesce(${chatRooms.archivedAt}, ${change.now.toISOString()})`
    : null;
  const members = sql`case when ${chatRooms.kind} = 'direct' then ${chatRooms.members} else ${JSON.stringify(change.members)}::jsonb end`;
  const rows = await db
    .update(chatRooms)
    .set({ topic: change.topic, members, archivedAt })
    .where(eq(chatRooms.id, change.roomId))
    .returning({ id: chatRooms.id });
  return rows.length > 0;
}

function seenBy(personId: string | null) {
  const open = eq(chatRooms.isPrivate, false);
  if (personId === null) return open;
  return or(open, sql`${chatRooms.members} @> ${JSON.stringify([personId])}::jsonb`);
}

async function findRoomByKey(db: Db, platform: string, key: string): Promise<KeptRoom | null> {
  const rows = await db
    .select()
    .from(chatRooms)
    .where(and(eq(chatRooms.platform, platform), eq(chatRooms.key, key)));
  return rows[0] ?? null;
}

async function makeRoom(db: Db, { now, ...wanted }: NewRoom): Promise<KeptRoom | null> {
  const rows = await db
    .insert(chatRooms)
    .values({ ...wanted, members: [...wanted.members], createdAt: now })
    .onConflictDoNothing()
    .returning();
  return rows[0] ?? null;
}
