import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, words } from '../columns.ts';

/** What is known about the addresses of people. The address itself stays in the configuration: a changed one is another row. */
export const contactMethods = pgTable(
  'contact_methods',
  {
    personId: words('person_id').notNull(),
    channel: text('channel', { enum: ['email', 'sms', 'voice', 'ntfy', 'pushover'] }).notNull(),
    /** Keyed with the secret of the installation, because telephone numbers are few enough to be tried out. */
    addressHash: text('address_hash').notNull(),
    verifiedAt: instant('verified_at'),
    /** Keyed likewise; null when no code is out. */
    codeHash: text('code_hash'),
    codeSentAt: instant('code_sent_at'),
    codeTries: integer('code_tries').notNull().default(0),
    codesToday: integer('codes_today').notNull().default(0),
    codesSince: instant('codes_since'),
    failingSince: instant('failing_since'),
    failure: words('failure'),
    /** When its owner was told that it is not verified. */
    toldAt: instant('told_at'),
  },
  (table) => [primaryKey({ columns: [table.personId, table.channel, table.addressHash] })],
);
