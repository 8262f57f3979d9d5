import { and, eq, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { leases } from './schema/platforms.ts';

/** What a process wants to hold alone, and for how long from now. */
export interface LeaseClaim {
  readonly name: string;
  readonly holder: string;
  readonly forMs: number;
}

/**
 * Takes a lease that is free or run out, or prolongs one's own; false when somebody else holds it. The database's clock counts, so that
 * processes whose clocks differ agree on when it runs out.
 */
export async function takeLease(db: Db, { name, holder, forMs }: LeaseClaim): Promise<boolean> {
  const until = sql`clock_timestamp() + ${forMs} * interval '1 millisecond'`;
  const taken = await db
    .insert(leases)
    .values({ name, holder, until })
    .onConflictDoUpdate({
      target: leases.name,
      set: { holder, until },
      setWhere: sql`${leases.holder} = ${holder} or ${leases.until} <= clock_timestamp()`,
    })
    .returning({ name: leases.name });
  return taken.length > 0;
}

/** Gives a lease back before it runs out; nothing happens when somebody else has it by now. */
export async function releaseLease(db: Db, { name, holder }: Omit<LeaseClaim, 'forMs'>): Promise<void> {
  await db.delete(leases).where(and(eq(leases.name, name), eq(leases.holder, holder)));
}
