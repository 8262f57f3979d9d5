import { bigint, index, integer, pgSequence, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { Actor } from '../../domain/actor.ts';
import { RosterEvent } from '../../domain/roster/events.ts';
import { Roster } from '../../domain/roster/roster.ts';
import { instant, json, words } from '../columns.ts';

/** Numbers of overrides and requests that people see. A number may be skipped, never given twice. */
export const rosterNumbers = pgSequence('roster_numbers', { startWith: 1 });

/** What people have changed about each schedule. `last_seq` counts its events. */
export const rosters = pgTable('rosters', {
  schedule: words('schedule').primaryKey(),
  lastSeq: integer('last_seq').notNull(),
  state: json('state', Roster).notNull(),
});

/** Who changed what about which schedule, when and why: only ever added to. */
export const rosterLog = pgTable(
  'roster_log',
  {
    schedule: words('schedule').notNull(),
    seq: integer('seq').notNull(),
    at: instant('at').notNull(),
    by: json('by', Actor).notNull(),
    event: json('event', RosterEvent).notNull(),
  },
  (t) => [primaryKey({ columns: [t.schedule, t.seq] })],
);

/** Work that is due by the clock. Whoever holds the lease is at it; it may be taken over when that has run out. */
export const routines = pgTable('routines', {
  name: text('name').primaryKey(),
  startedAt: instant('started_at').notNull(),
  holder: text('holder'),
  leasedUntil: instant('leased_until'),
  doneAt: instant('done_at'),
  /** Why the newest run failed; null when it did not. */
  failure: words('failure'),
});

/** What has been told, so that it is told once. */
export const notices = pgTable('notices', {
  key: words('key').primaryKey(),
  at: instant('at').notNull(),
});

/** Who is away when. Ended by setting `ended_at`, never deleted. */
export const absences = pgTable(
  'absences',
  {
    id: integer('id').primaryKey(),
    personId: words('person_id').notNull(),
    start: instant('starts_at').notNull(),
    end: instant('ends_at').notNull(),
    why: words('why'),
    by: json('by', Actor).notNull(),
    at: instant('at').notNull(),
    endedAt: instant('ended_at'),
    endedBy: json('ended_by', Actor.nullable()),
  },
  (t) => [index('absences_by_end').on(t.end)],
);

/** Notes for whoever is on call next. `delivered_at` is set at the hand-off. */
export const handoverNotes = pgTable(
  'handover_notes',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    schedule: words('schedule').notNull(),
    by: json('by', Actor).notNull(),
    text: words('text').notNull(),
    at: instant('at').notNull(),
    deliveredAt: instant('delivered_at'),
  },
  (t) => [index('handover_notes_by_schedule').on(t.schedule, t.deliveredAt)],
);
