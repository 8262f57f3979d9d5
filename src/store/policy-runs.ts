import { asc, inArray, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { policyRuns } from './schema/core.ts';

/**
 * Locks the counters of these policies until the transaction ends and reads them: how often each has been started. All at once and
 * in one order, so that nobody deadlocks.
 */
export async function lockPolicyRuns(db: Db, policies: readonly string[]): Promise<Map<string, number>> {
  if (policies.length === 0) return new Map();
  const sorted = policies.toSorted();
  await db
    .insert(policyRuns)
    .values(sorted.map((policy) => ({ policy, count: 0 })))
    .onConflictDoNothing();
  const rows = await db
    .select()
    .from(policyRuns)
    .where(inArray(policyRuns.policy, sorted))
    .orderBy(asc(policyRuns.policy))
    .for('update');
  return new Map(rows.map(({ policy, count }) => [policy, count]));
}

/** How often each policy that takes turns has been started, without a lock: for whoever only wants to know. */
export async function readPolicyRuns(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await db.select().from(policyRuns);
  return new Map(rows.map(({ policy, count }) => [policy, count]));
}

/** Writes counters that the caller has locked. */
export async function savePolicyRuns(db: Db, counts: ReadonlyMap<string, number>): Promise<void> {
  if (counts.size === 0) return;
  await db
    .insert(policyRuns)
    .values([...counts].map(([policy, count]) => ({ policy, count })))
    .onConflictDoUpdate({ target: policyRuns.policy, set: { count: sql`excluded.count` } });
}
