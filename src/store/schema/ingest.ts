import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { Signal } from '../../domain/alert/signal.ts';
import { instant, json, words } from '../columns.ts';

/** What senders and people prove themselves with. Only the SHA-256 of a token is kept. */
export const tokens = pgTable(
  'tokens',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text('kind', { enum: ['source', 'person'] }).notNull(),
    /** Name of an alert source, or id of a person. */
    subject: words('subject').notNull(),
    hash: text('hash').notNull(),
    createdAt: instant('created_at').notNull(),
    /** To the minute. */
    lastUsedAt: instant('last_used_at'),
    revokedAt: instant('revoked_at'),
  },
  (table) => [
    uniqueIndex('tokens_hash').on(table.hash),
    check('tokens_kind', sql`${table.kind} in ('source', 'person')`),
  ],
);

/** Posts, or parts of posts, that no alert could be made of: kept to be looked at, the newest few of each source. */
export const unparsed = pgTable(
  'unparsed',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    source: words('source').notNull(),
    receivedAt: instant('received_at').notNull(),
    reason: words('reason').notNull(),
    contentType: words('content_type'),
    body: words('body').notNull(),
  },
  (table) => [index('unparsed_by_source').on(table.source, table.id)],
);

/** Alerts that were taken in and are not decided yet: what came while others were being decided. `count` is that of the signals. */
export const inbox = pgTable('alert_inbox', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  count: integer('count').notNull(),
  signals: json('signals', z.array(Signal)).notNull(),
});
