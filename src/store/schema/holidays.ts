import { pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { Actor } from '../../domain/actor.ts';
import { instant, json, words } from '../columns.ts';

/** Holidays that people added or took away. The newest word on a day of somebody counts. */
export const saidHolidays = pgTable(
  'said_holidays',
  {
    /** `everybody`, `team:<id>` or `person:<id>`. */
    scope: words('scope').notNull(),
    /** Like `2026-12-25`. */
    date: words('date').notNull(),
    /** Null for a day that is no holiday, whatever calendars say. */
    name: words('name'),
    by: json('by', Actor).notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.scope, t.date] })],
);
