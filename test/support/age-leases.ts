import { sql } from 'drizzle-orm';
import type { Db } from '../../src/store/db.ts';
import { leases } from '../../src/store/schema/platforms.ts';

/** Lets so much time pass for every lease: the database's own clock decides about them, which no test moves. */
export async function ageLeases(db: Db, ms: number): Promise<void> {
  await db.update(leases).set({ until: sql`${leases.until} - ${ms} * interval '1 millisecond'` });
}
