import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { instant, json, words } from '../columns.ts';

/** Who said something in a room that we keep ourselves. */
export const Author = z.object({
  kind: z.enum(['person', 'guest', 'bot']),
  id: z.string(),
  name: z.string(),
});
export type Author = z.infer<typeof Author>;

/** Where people talk on a platform whose rooms we keep ourselves. */
export const chatRooms = pgTable(
  'chat_rooms',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    platform: text('platform').notNull(),
    /** The same key is always the same room. */
    key: words('key').notNull(),
    name: words('name').notNull(),
    kind: text('kind', { enum: ['incident', 'channel', 'direct'] }).notNull(),
    topic: words('topic').notNull(),
    isPrivate: boolean('is_private').notNull(),
    /** Ids of people. */
    members: json('members', z.array(z.string())).notNull(),
    /** Grows by one with every change of a message here; taking it locks the room, so changes commit in its order. */
    lastChange: bigint('last_change', { mode: 'number' }).notNull().default(0),
    archivedAt: instant('archived_at'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    unique('chat_rooms_key').on(table.platform, table.key),
    unique('chat_rooms_name').on(table.platform, table.name),
    check('chat_rooms_kind', sql`${table.kind} in ('incident', 'channel', 'direct')`),
  ],
);

/** Everything said in those rooms. An edit keeps the newest words, a deletion leaves a tombstone without any. */
export const chatMessages = pgTable(
  'chat_messages',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    roomId: bigint('room_id', { mode: 'number' })
      .notNull()
      .references(() => chatRooms.id),
    /** Place in the room: the room's `last_change` when it was said. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    /** The room's `last_change` at its newest change; whoever has seen it has seen the message as it is. */
    rev: bigint('rev', { mode: 'number' }).notNull(),
    author: json('author', Author).notNull(),
    /** Person id of the author, null for guests and the bot. */
    authorPerson: text('author_person'),
    at: instant('at').notNull(),
    message: json('message', z.unknown()),
    /** What the transcript holds. */
    text: words('text').notNull(),
    /** What the post of ours announced, e.g. `incident.declared`. */
    event: text('event'),
    /** Find-or-make: a second post with the key is the first one. */
    clientKey: words('client_key'),
    pinnedAt: instant('pinned_at'),
    pinnedBy: text('pinned_by'),
    editedAt: instant('edited_at'),
    deletedAt: instant('deleted_at'),
  },
  (table) => [
    uniqueIndex('chat_messages_client_key').on(table.clientKey),
    uniqueIndex('chat_messages_seq').on(table.roomId, table.seq),
    index('chat_messages_rev').on(table.roomId, table.rev),
    index('chat_messages_pinned')
      .on(table.roomId)
      .where(sql`${table.pinnedAt} is not null`),
  ],
);

/** How far each reader has read in each room. */
export const chatReads = pgTable(
  'chat_reads',
  {
    roomId: bigint('room_id', { mode: 'number' })
      .notNull()
      .references(() => chatRooms.id),
    /** Person id, or `guest:<id>`. */
    readerId: text('reader_id').notNull(),
    lastSeq: bigint('last_seq', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.roomId, table.readerId] })],
);
