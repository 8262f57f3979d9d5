import { bigint, boolean, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { Occurrence } from '../../domain/calendar/imported.ts';
import { Revisions } from '../../domain/calendar/revisions.ts';
import { instant, json, words } from '../columns.ts';

/** Calendars that somebody subscribes to by a secret address, of which only the SHA-256 is kept. */
export const calendarFeeds = pgTable(
  'calendar_feeds',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text('kind', { enum: ['person', 'team', 'schedule'] }).notNull(),
    /** Id of the person, team or schedule. */
    subject: words('subject').notNull(),
    /** Id of the person who made it, and who may end it; null when it was made on the command line. */
    madeBy: words('made_by'),
    hash: text('hash').notNull(),
    createdAt: instant('created_at').notNull(),
    /** To the hour. */
    lastUsedAt: instant('last_used_at'),
    revokedAt: instant('revoked_at'),
    /** When what it tells last changed. */
    changedAt: instant('changed_at').notNull(),
    revisions: json('revisions', Revisions).notNull(),
  },
  (table) => [
    uniqueIndex('calendar_feeds_hash').on(table.hash),
    index('calendar_feeds_by_maker').on(table.madeBy),
  ],
);

/** The last good copy of each calendar that schedules or holidays come from, and how the newest try to read it went. */
export const calendarCopies = pgTable('calendar_copies', {
  /** What it is for, e.g. `schedule:payments`. */
  id: words('id').primaryKey(),
  /** SHA-256 of where it was read from and how: with another one it is read anew. */
  source: text('source').notNull(),
  /** Null as long as it was never read. */
  content: words('content'),
  etag: words('etag'),
  lastModified: words('last_modified'),
  readAt: instant('read_at'),
  /** Every time in it, worked out at `expanded_at` for the months around that. */
  occurrences: json('occurrences', z.array(Occurrence)).notNull(),
  /** What in it cannot be read. */
  remarks: json('remarks', z.array(z.string())).notNull(),
  expandedAt: instant('expanded_at'),
  /** Counts the changes of `occurrences`. */
  version: integer('version').notNull(),
  checkedAt: instant('checked_at').notNull(),
  nextAt: instant('next_at').notNull(),
  /** Why the newest try failed; null when it did not. */
  failure: words('failure'),
  failingSince: instant('failing_since'),
  failures: integer('failures').notNull(),
  /** The admins have heard of the failure. */
  isTold: boolean('is_told').notNull(),
});
