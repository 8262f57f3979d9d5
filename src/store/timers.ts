import { and, asc, eq, getTableColumns, lte, sql } from 'drizzle-orm';
import type { TimerChange } from '../domain/timer.ts';
import { asRecords, isAnyOf, insertRows } from './bulk.ts';
import type { Db } from './db.ts';
import { rowsOf } from './db.ts';
import { incidents, timers } from './schema/core.ts';

/** A timer as it was seen. Whether its command can be read has not been checked. */
export interface SeenTimer {
  readonly key: string;
  readonly incidentId: number;
  readonly dueAt: Date;
  readonly failures: number;
  readonly command: unknown;
}

/** Sets and clears waits of incidents whose locks the caller holds. Of several changes to one key the last counts. */
export async function changeTimers(db: Db, changes: readonly TimerChange[]): Promise<void> {
  const last = [...new Map(changes.map((change) => [change.key, change])).values()];
  const set = last.flatMap((change) => {
    if (change.kind === 'clear') return [];
    const { key, dueAt, command } = change;
    return [{ key, dueAt, command, incidentId: command.incidentId, failures: 0 }];
  });
  const cleared = last.flatMap((change) => (change.kind === 'clear' ? [change.key] : []));
  await insertRows(db, timers, set, { target: 'key', set: ['incidentId', 'dueAt', 'failures', 'command'] });
  if (cleared.length > 0) await db.delete(timers).where(isAnyOf(timers.key, cleared));
}

/** Looks at timers that are due, the longest overdue first, and locks nothing. */
export async function dueTimers(db: Db, now: Date, limit: number): Promise<readonly SeenTimer[]> {
  return db
    .select()
    .from(timers)
    .where(lte(timers.dueAt, now))
    .orderBy(asc(timers.dueAt), asc(timers.key))
    .limit(limit);
}

/**
 * Looks at timers that are due and whose incidents nobody holds, the longest overdue first, and locks these incidents until the
 * transaction ends. Waits for nobody, so that processes share what is due, and so that its order of locking can block none.
 */
export async function claimDueTimers(tx: Db, now: Date, limit: number): Promise<readonly SeenTimer[]> {
  return tx
    .select(getTableColumns(timers))
    .from(timers)
    .innerJoin(incidents, eq(incidents.id, timers.incidentId))
    .where(lte(timers.dueAt, now))
    .orderBy(asc(timers.dueAt), asc(timers.key))
    .limit(limit)
    .for('update', { of: incidents, skipLocked: true });
}

/** Takes timers that still are as they were seen, and says which. The caller holds the locks of their incidents. */
export async function takeTimers(db: Db, seen: readonly SeenTimer[]): Promise<ReadonlySet<string>> {
  if (seen.length === 0) return new Set();
  const records = asRecords(seen.map(({ key, dueAt }) => ({ key, due_at: dueAt.toISOString() })));
  const rows = await rowsOf<{ key: string }>(
    db,
    sql`delete from timers using jsonb_to_recordset(${records}) as seen(key text, due_at timestamptz)
      where timers.key = seen.key and timers.due_at = seen.due_at returning timers.key as key`,
  );
  return new Set(rows.map(({ key }) => key));
}

/** Puts a timer off whose command failed, if it still is as it was seen. */
export async function postponeTimer(
  db: Db,
  { key, dueAt, failures }: SeenTimer,
  until: Date,
): Promise<boolean> {
  const moved = await db
    .update(timers)
    .set({ dueAt: until, failures: failures + 1 })
    .where(and(eq(timers.key, key), eq(timers.dueAt, dueAt)))
    .returning({ key: timers.key });
  return moved.length > 0;
}

/** When the next timer is due; null when there is none. */
export async function nextDueAt(db: Db): Promise<Date | null> {
  const rows = await db.select({ dueAt: timers.dueAt }).from(timers).orderBy(asc(timers.dueAt)).limit(1);
  return rows[0]?.dueAt ?? null;
}

/** How the timers stand. */
export interface TimerStats {
  readonly waiting: number;
  readonly overdue: number;
  readonly failing: number;
  /** When the timer was due that is the longest overdue; null when none is. */
  readonly oldestDue: Date | null;
}

/** Counts the timers. */
export async function timerStats(db: Db, now: Date): Promise<TimerStats> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const rows = await rowsOf<Omit<TimerStats, 'oldestDue'> & { readonly oldest: string | null }>(
    db,
    sql`select count(*)::int as waiting, (count(*) filter (where due_at <= ${at}))::int as overdue,
      (count(*) filter (where failures > 0))::int as failing, min(due_at) filter (where due_at <= ${at}) as oldest from timers`,
  );
  const [row] = rows;
  if (!row) throw new Error('expected one row of counts from the timers');
  const { oldest, ...counts } = row;
  return { ...counts, oldestDue: oldest === null ? null : new Date(oldest) };
}
