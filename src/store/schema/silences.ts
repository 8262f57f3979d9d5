import { index, integer, pgTable } from 'drizzle-orm/pg-core';
import { isNull } from 'drizzle-orm';
import { Actor } from '../../domain/actor.ts';
import { SilenceMatcher } from '../../domain/alert/silence.ts';
import { instant, json, words } from '../columns.ts';

/**
 * What people wanted no incident and no page of, when and why: ended, never deleted. `over_at` is set when every alert that it held
 * back and that fires on has been taken as a new one. `held` counts those that it held back, from its end on, `let_go` those that were
 * taken as new ones so far.
 */
export const silences = pgTable(
  'silences',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    matchers: json('matchers', SilenceMatcher.array().readonly()).notNull(),
    by: json('by', Actor).notNull(),
    at: instant('at').notNull(),
    until: instant('until_at').notNull(),
    why: words('why'),
    incidentId: integer('incident_id'),
    endedAt: instant('ended_at'),
    endedBy: json('ended_by', Actor.nullable()),
    /** The newest move of its end. */
    movedAt: instant('moved_at'),
    movedBy: json('moved_by', Actor.nullable()),
    held: integer('held'),
    letGo: integer('let_go').notNull().default(0),
    /** The end that whoever made it was told of beforehand; null when none was. */
    warnedOf: instant('warned_of'),
    overAt: instant('over_at'),
  },
  (t) => [index('silences_live').on(t.until).where(isNull(t.overAt))],
);
