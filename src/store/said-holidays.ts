import { asc, gte } from 'drizzle-orm';
import type { HolidayScope, SaidDay } from '../domain/holiday/said.ts';
import type { Db } from './db.ts';
import { saidHolidays } from './schema/holidays.ts';

/** What people said of days from a date like `2026-12-25` on, the earliest first. */
export async function saidDaysFrom(db: Db, date: string): Promise<readonly SaidDay[]> {
  const rows = await db
    .select()
    .from(saidHolidays)
    .where(gte(saidHolidays.date, date))
    .orderBy(asc(saidHolidays.date), asc(saidHolidays.scope));
  // Only scopes are ever written.
  return rows.map((row) => ({ ...row, scope: row.scope as HolidayScope }));
}

/** Writes down what was said of a day, in place of what was said of it before. */
export async function saveSaidDay(db: Db, { scope, date, ...said }: SaidDay): Promise<void> {
  await db
    .insert(saidHolidays)
    .values({ scope, date, ...said })
    .onConflictDoUpdate({ target: [saidHolidays.scope, saidHolidays.date], set: said });
}
