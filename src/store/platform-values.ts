import { eq, lt } from 'drizzle-orm';
import type { Db } from './db.ts';
import { platformValues } from './schema/platforms.ts';

/** Keeps a text under the short key that stands for it on a platform, in place of what was there. */
export async function keepPlatformValue(db: Db, kept: typeof platformValues.$inferInsert): Promise<void> {
  await db
    .insert(platformValues)
    .values(kept)
    .onConflictDoUpdate({ target: platformValues.key, set: { value: kept.value, at: kept.at } });
}

/** The text of a key; null when it is not kept. */
export async function findPlatformValue(db: Db, key: string): Promise<string | null> {
  const [row] = await db.select().from(platformValues).where(eq(platformValues.key, key));
  return row?.value ?? null;
}

/** Forgets what was last used before. */
export async function forgetPlatformValues(db: Db, before: Date): Promise<void> {
  await db.delete(platformValues).where(lt(platformValues.at, before));
}
