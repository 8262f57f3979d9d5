import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, words } from '../columns.ts';

/** Until when further pages of a person on a channel wait to be told in one message, and the attempt that was sent first. */
export const pageWindows = pgTable(
  'page_windows',
  {
    personId: words('person_id').notNull(),
    channel: text('channel').notNull(),
    openUntil: instant('open_until').notNull(),
    holder: text('holder').notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.channel] })],
);

/** Which attempts a message is to tell of. Written before it is sent; the ledger says which of them it really told. */
export const pageBundles = pgTable(
  'page_bundles',
  {
    /** Id of the attempt that leads. */
    bundle: text('bundle').notNull(),
    place: integer('place').notNull(),
    incidentId: integer('incident_id').notNull(),
    pageId: text('page_id').notNull(),
    attemptId: text('attempt_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.bundle, t.attemptId] })],
);
