import { and, asc, eq, isNotNull, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { routines } from './schema/roster.ts';

/** Who wants to run a routine, and under which terms. */
export interface RoutineClaim {
  readonly name: string;
  readonly holder: string;
  readonly now: Date;
  /** It is due when its last run began so long ago. */
  readonly everyMs: number;
  readonly leaseMs: number;
}

/** A clock that was put back must not keep a routine waiting for longer than usual. */
const SLACK_MS = 60_000;

/** Takes a routine that is due and that nobody is at; false when it is not due or somebody is. */
export async function takeRoutine(db: Db, claim: RoutineClaim): Promise<boolean> {
  const { name, holder, now, everyMs, leaseMs } = claim;
  const after = (ms: number) => new Date(now.getTime() + ms);
  const at = (ms: number) => sql`${after(ms).toISOString()}::timestamptz`;
  const running = { startedAt: now, holder, leasedUntil: after(leaseMs) };
  const rows = await db
    .insert(routines)
    .values({ name, ...running })
    .onConflictDoUpdate({
      target: routines.name,
      set: running,
      setWhere: sql`(${routines.startedAt} <= ${at(-everyMs)} or ${routines.startedAt} > ${at(SLACK_MS)})
        and (${routines.leasedUntil} is null or ${routines.leasedUntil} <= ${at(0)}
          or ${routines.leasedUntil} > ${at(leaseMs + SLACK_MS)})`,
    })
    .returning({ name: routines.name });
  return rows.length > 0;
}

/** Gives a routine back; `failure` says why its run failed. Nothing changes when somebody else has taken it over. */
export async function finishRoutine(
  db: Db,
  {
    name,
    holder,
    now,
    failure,
  }: Pick<RoutineClaim, 'name' | 'holder' | 'now'> & { readonly failure: string | null },
): Promise<void> {
  await db
    .update(routines)
    .set({ holder: null, leasedUntil: null, failure, ...(failure === null && { doneAt: now }) })
    .where(and(eq(routines.name, name), eq(routines.holder, holder)));
}

/** Ends every lease: for a process that is known to be alone. */
export async function releaseRoutines(db: Db): Promise<void> {
  await db.update(routines).set({ holder: null, leasedUntil: null });
}

/** The routines whose newest run failed, and why. */
export async function failingRoutines(
  db: Db,
): Promise<readonly { readonly name: string; readonly failure: string | null }[]> {
  return db
    .select({ name: routines.name, failure: routines.failure })
    .from(routines)
    .where(isNotNull(routines.failure))
    .orderBy(asc(routines.name));
}
