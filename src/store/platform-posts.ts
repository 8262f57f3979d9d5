import { and, eq, isNull } from 'drizzle-orm';
import type { Db } from './db.ts';
import { platformPosts } from './schema/platforms.ts';

/** Something that was to be said once; `messageId` is null while we do not know whether it arrived. */
export type PlatformPost = typeof platformPosts.$inferSelect;

/** Which post is meant. */
export type PlatformPostKey = Pick<PlatformPost, 'platform' | 'roomId' | 'key'>;

/** A post to be sent, and whether this call was the first to say so. */
export interface IntendedPost extends PlatformPost {
  readonly isNew: boolean;
}

/** Writes down that it will be said before it is; an earlier intention stands as it was. */
export async function intendPost(db: Db, post: PlatformPostKey, now: Date): Promise<IntendedPost> {
  const made = await db
    .insert(platformPosts)
    .values({ ...keyOf(post), intendedAt: now })
    .onConflictDoNothing()
    .returning();
  if (made[0]) return { ...made[0], isNew: true };
  const there = await findPlatformPost(db, post);
  // Somebody has just withdrawn it: it is ours to say again.
  return there === null ? intendPost(db, post, now) : { ...there, isNew: false };
}

/** Writes down which message it became. */
export async function recordPost(
  db: Db,
  post: PlatformPostKey & { readonly messageId: string },
  now: Date,
): Promise<void> {
  await db.update(platformPosts).set({ messageId: post.messageId, sentAt: now }).where(isPost(post));
}

/** Takes back the intention of what surely did not arrive, so that the next try need not look for it. */
export async function withdrawPost(db: Db, post: PlatformPostKey): Promise<void> {
  await db.delete(platformPosts).where(and(isPost(post), isNull(platformPosts.messageId)));
}

/** What became of a post; null when it was never to be said. */
export async function findPlatformPost(db: Db, post: PlatformPostKey): Promise<PlatformPost | null> {
  const rows = await db.select().from(platformPosts).where(isPost(post));
  return rows[0] ?? null;
}

function keyOf({ platform, roomId, key }: PlatformPostKey): PlatformPostKey {
  return { platform, roomId, key };
}

function isPost({ platform, roomId, key }: PlatformPostKey) {
  return and(
    eq(platformPosts.platform, platform),
    eq(platformPosts.roomId, roomId),
    eq(platformPosts.key, key),
  );
}
