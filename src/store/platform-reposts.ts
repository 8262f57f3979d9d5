import { and, eq } from 'drizzle-orm';
import type { Db } from './db.ts';
import { platformPosts } from './schema/platforms.ts';

/** What was said with one message is said with another one from now on. */
export async function movePost(
  db: Db,
  old: { readonly platform: string; readonly roomId: string; readonly messageId: string },
  messageId: string,
): Promise<void> {
  await db
    .update(platformPosts)
    .set({ messageId })
    .where(
      and(
        eq(platformPosts.platform, old.platform),
        eq(platformPosts.roomId, old.roomId),
        eq(platformPosts.messageId, old.messageId),
      ),
    );
}
