import { lt } from 'drizzle-orm';
import { isAnyOf } from './bulk.ts';
import type { Db } from './db.ts';
import { notices } from './schema/roster.ts';

/**
 * Claims the right to tell something once: gives those keys that nobody claimed before. Call it in the transaction that queues what
 * is told, so that both happen or neither.
 */
export async function claimNotices(db: Db, keys: readonly string[], now: Date): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  // In one order, so that two who claim the same keys do not wait for one another.
  const rows = [...new Set(keys)].sort().map((key) => ({ key, at: now }));
  const claimed = await db.insert(notices).values(rows).onConflictDoNothing().returning({ key: notices.key });
  return new Set(claimed.map(({ key }) => key));
}

/** When each of these keys was claimed; one that never was is missing. */
export async function readNotices(db: Db, keys: readonly string[]): Promise<ReadonlyMap<string, Date>> {
  if (keys.length === 0) return new Map();
  const rows = await db.select().from(notices).where(isAnyOf(notices.key, keys));
  return new Map(rows.map(({ key, at }) => [key, at]));
}

/** Forgets what was told before an instant. */
export async function forgetNotices(db: Db, before: Date): Promise<void> {
  await db.delete(notices).where(lt(notices.at, before));
}
