import { eq, inArray, notInArray } from 'drizzle-orm';
import { insertRows } from './bulk.ts';
import type { Db } from './db.ts';
import { calendarCopies } from './schema/calendar.ts';

/** The last good copy of a calendar, and how the newest try to read it went. */
export type CalendarCopy = typeof calendarCopies.$inferSelect;

/** How a calendar is doing, without what is in it. */
export type CalendarState = Pick<
  CalendarCopy,
  'id' | 'source' | 'version' | 'readAt' | 'nextAt' | 'failure' | 'failingSince' | 'remarks'
>;

const STATE = {
  id: calendarCopies.id,
  source: calendarCopies.source,
  version: calendarCopies.version,
  readAt: calendarCopies.readAt,
  nextAt: calendarCopies.nextAt,
  failure: calendarCopies.failure,
  failingSince: calendarCopies.failingSince,
  remarks: calendarCopies.remarks,
};

/** The whole copy of a calendar; null when it was never tried. */
export async function findCopy(db: Db, id: string): Promise<CalendarCopy | null> {
  const rows = await db.select().from(calendarCopies).where(eq(calendarCopies.id, id));
  return rows[0] ?? null;
}

/** How every calendar is doing. */
export async function calendarStates(db: Db): Promise<readonly CalendarState[]> {
  return db.select(STATE).from(calendarCopies);
}

/** The times in these calendars. */
export async function occurrencesOf(
  db: Db,
  ids: readonly string[],
): Promise<readonly Pick<CalendarCopy, 'id' | 'version' | 'occurrences'>[]> {
  if (ids.length === 0) return [];
  const { id, version, occurrences } = calendarCopies;
  return db
    .select({ id, version, occurrences })
    .from(calendarCopies)
    .where(inArray(calendarCopies.id, [...ids]));
}

/** Writes a copy as it is now, in place of what was there. */
export async function saveCopy(db: Db, copy: CalendarCopy): Promise<void> {
  const { id: _key, ...columns } = copy;
  // The keys of a row are the names of its columns.
  const set = Object.keys(columns) as (keyof typeof columns)[];
  await insertRows(db, calendarCopies, [copy], { target: 'id', set });
}

/** Forgets the copies of calendars that are no longer configured; answers with whether there were any. */
export async function dropCopiesBut(db: Db, ids: readonly string[]): Promise<boolean> {
  const dropped = await db
    .delete(calendarCopies)
    .where(ids.length === 0 ? undefined : notInArray(calendarCopies.id, [...ids]))
    .returning({ id: calendarCopies.id });
  return dropped.length > 0;
}
