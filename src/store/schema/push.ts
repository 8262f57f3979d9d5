import { bigint, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { instant, words } from '../columns.ts';

/** Browsers that are notified of pages: where each one's push service takes messages, and the keys that only it can read them with. */
export const pushSubscriptions = pgTable(
  'push_subscriptions',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    personId: words('person_id').notNull(),
    endpoint: words('endpoint').notNull(),
    /** The browser's public key and its secret for signing in, as it gave them: base64url. */
    p256dh: text('p256dh').notNull(),
    auth: text('auth').notNull(),
    /** What kind of device it is, as the browser says. */
    label: words('label').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('push_subscriptions_endpoint').on(table.endpoint),
    index('push_subscriptions_by_person').on(table.personId),
  ],
);
