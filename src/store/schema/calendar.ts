import { bigint, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
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
