import { customType, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, words } from '../columns.ts';

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });

/** Files that people posted in our rooms, with their content where it is kept. One that was taken back leaves its name. */
export const platformFiles = pgTable(
  'platform_files',
  {
    platform: text('platform').notNull(),
    roomId: text('room_id').notNull(),
    messageId: text('message_id').notNull(),
    /** The platform's id of it. */
    fileId: text('file_id').notNull(),
    name: words('name').notNull(),
    type: words('type'),
    /** In bytes: what the platform says, and once it is kept how many there are. */
    size: integer('size'),
    url: words('url'),
    at: instant('at').notNull(),
    state: text('state', { enum: ['waiting', 'kept', 'left', 'deleted'] }).notNull(),
    /** Why it is not kept; null while nothing stood in the way. */
    why: words('why'),
    /** SHA-256 of the content in hex. */
    checksum: text('checksum'),
    content: bytes('content'),
    tries: integer('tries').notNull(),
    /** Not fetched before. */
    nextTryAt: instant('next_try_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.platform, t.roomId, t.messageId, t.fileId] }),
    index('platform_files_waiting').on(t.platform, t.state, t.nextTryAt),
  ],
);
