import { boolean, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { instant, json, words } from '../columns.ts';

/** Rooms that we made or found on a platform that keeps them itself. The same key is always the same room. */
export const platformRooms = pgTable(
  'platform_rooms',
  {
    platform: text('platform').notNull(),
    key: words('key').notNull(),
    /** The platform's id; null while we do not yet know whether it was made. */
    roomId: text('room_id'),
    /** The name that was asked for, then the one it got. */
    name: words('name').notNull(),
    intendedAt: instant('intended_at').notNull(),
    madeAt: instant('made_at'),
  },
  (t) => [
    primaryKey({ columns: [t.platform, t.key] }),
    index('platform_rooms_room').on(t.platform, t.roomId),
  ],
);

/** What we said there, so that it is said once. Written down before it is sent. */
export const platformPosts = pgTable(
  'platform_posts',
  {
    platform: text('platform').notNull(),
    roomId: text('room_id').notNull(),
    key: words('key').notNull(),
    /** The platform's id; null while we do not yet know whether it arrived. */
    messageId: text('message_id'),
    intendedAt: instant('intended_at').notNull(),
    sentAt: instant('sent_at'),
  },
  (t) => [primaryKey({ columns: [t.platform, t.roomId, t.key] })],
);

/** A reaction to a message, and how many gave it. */
export const Reaction = z.object({ name: z.string(), count: z.int() });

/** A file that was posted, as the message names it. */
export const PostedFile = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string().nullable(),
  bytes: z.int().nullable(),
  url: z.string().nullable(),
  /** Somebody has deleted it: only its place is left. */
  isGone: z.boolean().optional(),
});

/** An earlier text of a message. */
export const EarlierText = z.object({ at: z.iso.datetime(), text: z.string() });

/** The transcript: everything said in our rooms, as it was heard. A deletion leaves a tombstone without text. */
export const platformMessages = pgTable(
  'platform_messages',
  {
    platform: text('platform').notNull(),
    roomId: text('room_id').notNull(),
    messageId: text('message_id').notNull(),
    at: instant('at').notNull(),
    author: text('author').notNull(),
    authorName: words('author_name').notNull(),
    isBot: boolean('is_bot').notNull(),
    text: words('text').notNull(),
    thread: text('thread'),
    pinnedBy: text('pinned_by'),
    editedAt: instant('edited_at'),
    deletedAt: instant('deleted_at'),
    reactions: json('reactions', z.array(Reaction)).notNull(),
    files: json('files', z.array(PostedFile)).notNull(),
    earlier: json('earlier', z.array(EarlierText)).notNull(),
    /** What the post of ours announced, e.g. `incident.declared`. */
    event: text('event'),
  },
  (t) => [
    primaryKey({ columns: [t.platform, t.roomId, t.messageId] }),
    index('platform_messages_at').on(t.platform, t.roomId, t.at),
  ],
);

/** How far each room has been heard without a gap: everything up to this message is in the transcript. */
export const platformHeard = pgTable(
  'platform_heard',
  {
    platform: text('platform').notNull(),
    roomId: text('room_id').notNull(),
    upTo: text('up_to').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.platform, t.roomId] })],
);

/** What a platform told us, kept before it was told that we have it. `key` is the platform's own id of it, so that it is done once. */
export const platformInbound = pgTable(
  'platform_inbound',
  {
    platform: text('platform').notNull(),
    key: text('key').notNull(),
    kind: text('kind').notNull(),
    payload: json('payload', z.unknown()).notNull(),
    receivedAt: instant('received_at').notNull(),
    holder: text('holder'),
    leasedUntil: instant('leased_until'),
    tries: integer('tries').notNull().default(0),
    doneAt: instant('done_at'),
    /** Why it was given up; null when it was not. */
    failure: words('failure'),
  },
  (t) => [
    primaryKey({ columns: [t.platform, t.key] }),
    index('platform_inbound_waiting').on(t.platform, t.doneAt, t.receivedAt),
  ],
);

/** Which account of a platform is which person, as people proved it themselves. */
export const platformLinks = pgTable(
  'platform_links',
  {
    platform: text('platform').notNull(),
    userId: text('user_id').notNull(),
    personId: words('person_id').notNull(),
    how: text('how', { enum: ['code', 'email'] }).notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.platform, t.userId] })],
);

/** One-time codes by which a person links an account. Only the hash is kept. */
export const linkCodes = pgTable('link_codes', {
  hash: text('hash').primaryKey(),
  personId: words('person_id').notNull(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
});

/** How many codes an account has tried lately, so that none is found by guessing. */
export const linkTries = pgTable(
  'link_tries',
  {
    platform: text('platform').notNull(),
    userId: text('user_id').notNull(),
    tries: integer('tries').notNull(),
    since: instant('since').notNull(),
  },
  (t) => [primaryKey({ columns: [t.platform, t.userId] })],
);

/** What one process at a time may hold, like the gateway of Discord. Whoever holds it may be succeeded when it has run out. */
export const leases = pgTable('leases', {
  name: text('name').primaryKey(),
  holder: text('holder').notNull(),
  until: instant('until').notNull(),
});

/** Messages that wait at the platform and are sent by it should we fall silent. */
export const silenceAlarms = pgTable(
  'silence_alarms',
  {
    platform: text('platform').notNull(),
    roomId: text('room_id').notNull(),
    /** The incident, or the page, that it is about. */
    about: text('about').notNull(),
    scheduledId: text('scheduled_id').notNull(),
    dueAt: instant('due_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.platform, t.roomId, t.about] })],
);

/** Rooms whose incident is over, and since when: they are archived later, once. Opened again they are no longer here. */
export const roomsOver = pgTable(
  'rooms_over',
  {
    platform: text('platform').notNull(),
    roomId: text('room_id').notNull(),
    since: instant('since').notNull(),
    archivedAt: instant('archived_at'),
  },
  (t) => [
    primaryKey({ columns: [t.platform, t.roomId] }),
    index('rooms_over_due').on(t.platform, t.archivedAt, t.since),
  ],
);

/** Texts that a platform has no room for, under the short key that stands for them there. */
export const platformValues = pgTable('platform_values', {
  key: text('key').primaryKey(),
  value: words('value').notNull(),
  at: instant('at').notNull(),
});

/** Which things that people did have been said to the engine already, each with what came of it, so that none is said twice. */
export const saidOnce = pgTable(
  'said_once',
  {
    key: text('key').primaryKey(),
    at: instant('at').notNull(),
    /** Null where it was about no incident. */
    incidentId: integer('incident_id'),
    /** What it made happen: these of the incident's events, none where the last is before the first. */
    firstSeq: integer('first_seq'),
    lastSeq: integer('last_seq'),
    /** Why it was refused; null when it was not. */
    refusal: json('refusal', z.object({ why: z.string(), hint: z.string().nullable() })),
  },
  (t) => [index('said_once_at').on(t.at)],
);
