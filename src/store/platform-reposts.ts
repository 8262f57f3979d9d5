import { and, eq } from 'drizzle-orm';
import type { Db } from './db.ts';
import { platformPosts } from './schema/platforms.ts';

interface MessageId {
  readonly platform: string;
  readonly roomId: string;
  readonly messageId: string;
}

/** Forgets under which key a message was posted that is not there any more: the next post under that key is a new one. */
export async function forgetPost(db: Db, gone: MessageId): Promise<void> {
  await db.delete(platformPosts).where(isMessage(gone));
}

/** What was said with one message is said with another one from now on. */
export async function movePost(db: Db, old: MessageId, messageId: string): Promise<void> {
  await db.update(platformPosts).set({ messageId }).where(isMessage(old));
}

function isMessage({ platform, roomId, messageId }: MessageId) {
  return and(
    eq(platformPosts.platform, platform),
    eq(platformPosts.roomId, roomId),
    eq(platformPosts.messageId, messageId),
  );
}
