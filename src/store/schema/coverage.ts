import { pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { instant, words } from '../columns.ts';

/** Problems ahead of which somebody was told. `gone_at` is since when it is not found any more. */
export const coverageTold = pgTable(
  'coverage_told',
  {
    owner: words('owner').notNull(),
    subject: words('subject').notNull(),
    start: instant('start_at').notNull(),
    end: instant('end_at').notNull(),
    goneAt: instant('gone_at'),
  },
  (t) => [primaryKey({ columns: [t.owner, t.subject, t.start] })],
);
