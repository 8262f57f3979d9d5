import { and, asc, eq, getTableColumns, inArray, lte, ne, notInArray, or, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { platformFiles } from './schema/files.ts';
import type { platformMessages } from './schema/platforms.ts';

/** A file of a room without its content. */
export type RoomFile = Omit<typeof platformFiles.$inferSelect, 'content'>;

/** Which file is meant: the same file may be posted twice. */
export type FileRef = Pick<RoomFile, 'platform' | 'roomId' | 'messageId' | 'fileId'>;

/** Postgres keeps no larger one. */
const LARGEST_INTEGER = 2_147_483_647;

type Posted = Pick<
  typeof platformMessages.$inferSelect,
  'platform' | 'roomId' | 'messageId' | 'at' | 'files'
>;

/**
 * Notes the files of a message, so that they are fetched; those noted before stay as they are. With `isWhole` the message has no others:
 * what it had before was taken off it.
 */
export async function noteFiles(db: Db, message: Posted, isWhole: boolean): Promise<void> {
  const { platform, roomId, messageId, at, files } = message;
  const there = files.filter(({ isGone }) => isGone !== true);
  const noted = there.map(({ id, name, type, bytes, url }) => ({
    platform,
    roomId,
    messageId,
    at,
    fileId: id,
    name,
    type,
    url,
    size: bytes === null ? null : Math.min(bytes, LARGEST_INTEGER),
    state: 'waiting' as const,
    tries: 0,
    nextTryAt: at,
  }));
  if (noted.length > 0) await db.insert(platformFiles).values(noted).onConflictDoNothing();
  const gone = files.flatMap(({ id, isGone }) => (isGone === true ? [id] : []));
  const isOther = notInArray(
    platformFiles.fileId,
    there.map(({ id }) => id),
  );
  if (isWhole) await forget(db, and(isOf(message), there.length > 0 ? isOther : undefined));
  else if (gone.length > 0) await forget(db, and(isOf(message), inArray(platformFiles.fileId, gone)));
}

/** The message was taken back, and its files with it. */
export async function forgetFilesOf(db: Db, message: Omit<FileRef, 'fileId'>): Promise<void> {
  await forget(db, isOf(message));
}

/** The file was deleted, wherever it had been posted. */
export async function forgetFile(db: Db, file: Pick<FileRef, 'platform' | 'fileId'>): Promise<void> {
  const { platform, fileId } = file;
  await forget(db, and(eq(platformFiles.platform, platform), eq(platformFiles.fileId, fileId)));
}

async function forget(db: Db, which: ReturnType<typeof and>): Promise<void> {
  await db
    .update(platformFiles)
    .set({ state: 'deleted', content: null, checksum: null, url: null, why: null })
    .where(and(which, ne(platformFiles.state, 'deleted')));
}

const { content: _content, ...WITHOUT_CONTENT } = getTableColumns(platformFiles);

/** Files that are to be fetched now, those that have waited longest first. */
export async function filesToFetch(
  db: Db,
  { platform, now, limit }: { readonly platform: string; readonly now: Date; readonly limit: number },
): Promise<readonly RoomFile[]> {
  return db
    .select(WITHOUT_CONTENT)
    .from(platformFiles)
    .where(
      and(
        eq(platformFiles.platform, platform),
        eq(platformFiles.state, 'waiting'),
        lte(platformFiles.nextTryAt, now),
      ),
    )
    .orderBy(asc(platformFiles.nextTryAt), asc(platformFiles.messageId), asc(platformFiles.fileId))
    .limit(limit);
}

/** How many bytes are kept of a room's files. */
export async function bytesKept(db: Db, platform: string, roomId: string): Promise<number> {
  const [row] = await db
    .select({ sum: sql<string>`coalesce(sum(${platformFiles.size}), 0)` })
    .from(platformFiles)
    .where(
      and(
        eq(platformFiles.platform, platform),
        eq(platformFiles.roomId, roomId),
        eq(platformFiles.state, 'kept'),
      ),
    );
  return Number(row?.sum ?? 0);
}

/** What became of fetching a file. */
export type FileChange = Partial<
  Pick<
    typeof platformFiles.$inferInsert,
    'state' | 'name' | 'type' | 'size' | 'why' | 'checksum' | 'content' | 'tries' | 'nextTryAt'
  >
>;

/** Writes down what became of fetching a file, unless it was taken back meanwhile. */
export async function changeFile(db: Db, file: FileRef, change: FileChange): Promise<void> {
  await db
    .update(platformFiles)
    .set(change)
    .where(and(isOf(file), eq(platformFiles.fileId, file.fileId), eq(platformFiles.state, 'waiting')));
}

/** The files of these rooms, oldest first. */
export async function filesOfRooms(
  db: Db,
  rooms: readonly Pick<FileRef, 'platform' | 'roomId'>[],
): Promise<readonly RoomFile[]> {
  if (rooms.length === 0) return [];
  const isIn = rooms.map(({ platform, roomId }) =>
    and(eq(platformFiles.platform, platform), eq(platformFiles.roomId, roomId)),
  );
  return db
    .select(WITHOUT_CONTENT)
    .from(platformFiles)
    .where(or(...isIn))
    .orderBy(asc(platformFiles.at), asc(platformFiles.messageId), asc(platformFiles.fileId));
}

/** What is in a file that is kept; null when it is not. */
export async function contentOf(db: Db, file: FileRef): Promise<Uint8Array | null> {
  const [row] = await db
    .select({ content: platformFiles.content })
    .from(platformFiles)
    .where(and(isOf(file), eq(platformFiles.fileId, file.fileId), eq(platformFiles.state, 'kept')));
  return row?.content ?? null;
}

function isOf({ platform, roomId, messageId }: Omit<FileRef, 'fileId'>) {
  return and(
    eq(platformFiles.platform, platform),
    eq(platformFiles.roomId, roomId),
    eq(platformFiles.messageId, messageId),
  );
}
