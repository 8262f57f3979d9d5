import { and, asc, eq, isNull, lte } from 'drizzle-orm';
import type { Db } from './db.ts';
import { roomsOver } from './schema/platforms.ts';

interface PlatformRoomRef {
  readonly platform: string;
  readonly roomId: string;
}

/** Notes since when a room's incident is over; what was noted before stays. */
export async function noteRoomOver(
  db: Db,
  { platform, roomId }: PlatformRoomRef,
  since: Date,
): Promise<void> {
  await db.insert(roomsOver).values({ platform, roomId, since }).onConflictDoNothing();
}

/** The room is in use again. */
export async function forgetRoomOver(db: Db, room: PlatformRoomRef): Promise<void> {
  await db.delete(roomsOver).where(isRoom(room));
}

/** Rooms whose incident was over at `since` or before and that have not been archived yet, the oldest first. */
export async function roomsToArchive(
  db: Db,
  { platform, since, limit }: { readonly platform: string; readonly since: Date; readonly limit: number },
): Promise<readonly string[]> {
  const rows = await db
    .select({ roomId: roomsOver.roomId })
    .from(roomsOver)
    .where(and(eq(roomsOver.platform, platform), isNull(roomsOver.archivedAt), lte(roomsOver.since, since)))
    .orderBy(asc(roomsOver.since))
    .limit(limit);
  return rows.map(({ roomId }) => roomId);
}

/** The room was archived: whoever opens it by hand keeps it open. */
export async function markRoomArchived(db: Db, room: PlatformRoomRef, at: Date): Promise<void> {
  await db.update(roomsOver).set({ archivedAt: at }).where(isRoom(room));
}

function isRoom({ platform, roomId }: PlatformRoomRef) {
  return and(eq(roomsOver.platform, platform), eq(roomsOver.roomId, roomId));
}
