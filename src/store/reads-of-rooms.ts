import { and, eq, gt, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { chatMessages, chatReads } from './schema/chat.ts';

/** A reader: `readerId` keeps their marks, `personId` is null for a guest. */
export interface RoomReader {
  readonly readerId: string;
  readonly personId: string | null;
}

/** Notes that a reader has read a room up to a place. A mark never moves back. */
export async function markRead(
  db: Db,
  { readerId, roomId, seq }: { readerId: string; roomId: number; seq: number },
): Promise<void> {
  await db
    .insert(chatReads)
    .values({ readerId, roomId, lastSeq: seq })
    .onConflictDoUpdate({
      target: [chatReads.roomId, chatReads.readerId],
      set: { lastSeq: sql`greatest(${chatReads.lastSeq}, excluded.last_seq)` },
    });
}

/** How many messages of others, tombstones aside, a reader has not read in each of these rooms. Rooms with none are absent. */
export async function unreadIn(
  db: Db,
  reader: RoomReader,
  roomIds: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  if (roomIds.length === 0) return new Map();
  const mine = and(eq(chatReads.roomId, chatMessages.roomId), eq(chatReads.readerId, reader.readerId));
  const ofOthers =
    reader.personId === null
      ? undefined
      : or(isNull(chatMessages.authorPerson), ne(chatMessages.authorPerson, reader.personId));
  const rows = await db
    .select({ roomId: chatMessages.roomId, count: sql<number>`count(*)::int` })
    .from(chatMessages)
    .leftJoin(chatReads, mine)
    .where(
      and(
        inArray(chatMessages.roomId, [...roomIds]),
        gt(chatMessages.seq, sql`coalesce(${chatReads.lastSeq}, 0)`),
        isNull(chatMessages.deletedAt),
        ofOthers,
      ),
    )
    .groupBy(chatMessages.roomId);
  return new Map(rows.map((row) => [row.roomId, row.count]));
}
