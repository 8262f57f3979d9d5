import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Db } from './db.ts';
import { platformRooms } from './schema/platforms.ts';

/** A room of a platform that keeps its rooms itself; `roomId` is null while we do not know whether it was made. */
export type PlatformRoom = typeof platformRooms.$inferSelect;

/** Which room is meant: the same key is always the same room. */
export type PlatformRoomKey = Pick<PlatformRoom, 'platform' | 'key'>;

/** A room to be made, and whether this call was the first to say so. */
export interface IntendedRoom extends PlatformRoom {
  readonly isNew: boolean;
}

/** Writes down that the room will be made before it is; an earlier intention stands as it was. */
export async function intendRoom(
  db: Db,
  { platform, key, name, now }: PlatformRoomKey & { readonly name: string; readonly now: Date },
): Promise<IntendedRoom> {
  const made = await db
    .insert(platformRooms)
    .values({ platform, key, name, intendedAt: now })
    .onConflictDoNothing()
    .returning();
  if (made[0]) return { ...made[0], isNew: true };
  const there = await findPlatformRoom(db, { platform, key });
  if (there === null) throw new Error(`expected the room ${key} of ${platform} to be written down`);
  return { ...there, isNew: false };
}

/** Writes down the room that was made or found, in the place of one that was there before. */
export async function recordRoom(
  db: Db,
  {
    platform,
    key,
    roomId,
    name,
    now,
  }: PlatformRoomKey & { readonly roomId: string; readonly name: string; readonly now: Date },
): Promise<void> {
  const set = { roomId, name, madeAt: now };
  await db
    .insert(platformRooms)
    .values({ platform, key, intendedAt: now, ...set })
    .onConflictDoUpdate({ target: [platformRooms.platform, platformRooms.key], set });
}

/** Writes down the room that was made, unless another one was written down before; answers which stands. */
export async function recordFirst(
  db: Db,
  room: PlatformRoomKey & { readonly roomId: string; readonly name: string; readonly now: Date },
): Promise<Pick<PlatformRoom, 'roomId' | 'name'>> {
  const { roomId, name, now } = room;
  const made = await db
    .update(platformRooms)
    .set({ roomId, name, madeAt: now })
    .where(and(isKey(room), isNull(platformRooms.roomId)))
    .returning();
  const stands = made[0] ?? (await findPlatformRoom(db, room));
  if (stands === null)
    throw new Error(`expected the room ${room.key} of ${room.platform} to be written down`);
  return stands;
}

/** Forgets a room that is not there any more, so that it is made anew. */
export async function forgetRoom(db: Db, { platform, key }: PlatformRoomKey): Promise<void> {
  await db.delete(platformRooms).where(isKey({ platform, key }));
}

/** The room of a key; null when none was ever wanted. */
export async function findPlatformRoom(db: Db, key: PlatformRoomKey): Promise<PlatformRoom | null> {
  const rows = await db.select().from(platformRooms).where(isKey(key));
  return rows[0] ?? null;
}

/** What we call a room of the platform; null when it is none of ours. */
export async function roomById(
  db: Db,
  { platform, roomId }: { readonly platform: string; readonly roomId: string },
): Promise<PlatformRoom | null> {
  const rows = await db
    .select()
    .from(platformRooms)
    .where(
      and(
        eq(platformRooms.platform, platform),
        eq(platformRooms.roomId, roomId),
        isNotNull(platformRooms.roomId),
      ),
    );
  return rows[0] ?? null;
}

function isKey({ platform, key }: PlatformRoomKey) {
  return and(eq(platformRooms.platform, platform), eq(platformRooms.key, key));
}
