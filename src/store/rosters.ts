import { asc, desc, eq, sql } from 'drizzle-orm';
import type { RecordedRosterEvent } from '../domain/roster/events.ts';
import { EMPTY_ROSTER } from '../domain/roster/roster.ts';
import type { Roster } from '../domain/roster/roster.ts';
import type { Db } from './db.ts';
import { rowsOf } from './db.ts';
import { rosterLog, rosters } from './schema/roster.ts';

/** A roster and how many events it has. */
export interface LockedRoster {
  readonly roster: Roster;
  readonly lastSeq: number;
}

/** Locks the roster of a schedule until the transaction ends, and reads it. */
export async function lockRoster(db: Db, schedule: string): Promise<LockedRoster> {
  await db.insert(rosters).values({ schedule, lastSeq: 0, state: EMPTY_ROSTER }).onConflictDoNothing();
  const [row] = await db.select().from(rosters).where(eq(rosters.schedule, schedule)).for('update');
  if (!row) throw new Error(`expected the roster of ${schedule} that was just made, found none`);
  return { roster: row.state, lastSeq: row.lastSeq };
}

/** Writes a roster that the caller has locked, as it now stands. */
export async function saveRoster(db: Db, schedule: string, { roster, lastSeq }: LockedRoster): Promise<void> {
  await db.update(rosters).set({ state: roster, lastSeq }).where(eq(rosters.schedule, schedule));
}

/** An event of a roster as the log keeps it; `seq` counts within the schedule, from 1. */
export interface LoggedRosterEvent extends RecordedRosterEvent {
  readonly schedule: string;
  readonly seq: number;
}

/** Adds to the log. */
export async function addRosterEvents(db: Db, logged: readonly LoggedRosterEvent[]): Promise<void> {
  if (logged.length > 0) await db.insert(rosterLog).values([...logged]);
}

/** The newest events of a schedule's log, the newest first. */
export async function newestRosterEvents(
  db: Db,
  schedule: string,
  limit: number,
): Promise<readonly RecordedRosterEvent[]> {
  return db
    .select({ at: rosterLog.at, by: rosterLog.by, event: rosterLog.event })
    .from(rosterLog)
    .where(eq(rosterLog.schedule, schedule))
    .orderBy(desc(rosterLog.seq))
    .limit(limit);
}

/** The rosters of all schedules about which anything was ever changed. */
export async function readRosters(db: Db): Promise<ReadonlyMap<string, Roster>> {
  const rows = await db.select().from(rosters).orderBy(asc(rosters.schedule));
  return new Map(rows.map(({ schedule, state }) => [schedule, state]));
}

/** Draws numbers for overrides. They are gone even when the transaction rolls back. */
export async function drawRosterNumbers(db: Db, count: number): Promise<readonly number[]> {
  if (count === 0) return [];
  const rows = await rowsOf<{ n: number }>(
    db,
    sql`select nextval('roster_numbers')::int as n from generate_series(1, ${count}::int)`,
  );
  return rows.map(({ n }) => n);
}
