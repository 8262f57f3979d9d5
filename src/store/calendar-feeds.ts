import { randomBytes } from 'node:crypto';
import { and, asc, eq, isNull, lt, or } from 'drizzle-orm';
import { revise, type Revisions, type Told } from '../domain/calendar/revisions.ts';
import type { FeedSubject } from '../domain/calendar/subject.ts';
import type { Db } from './db.ts';
import { calendarFeeds } from './schema/calendar.ts';
import { hashToken } from './tokens.ts';

/** A calendar as it is kept: its address cannot be had back from this. */
export interface KeptFeed {
  readonly id: number;
  readonly subject: FeedSubject;
  /** Null when it was made on the command line. */
  readonly madeBy: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** What a calendar has told so far, and when that last changed. */
export interface FeedState {
  readonly revisions: Revisions;
  readonly changedAt: Date;
}

/** Which calendars: all that fit what is given. */
export interface FeedFilter {
  readonly id?: number;
  readonly madeBy?: string;
  readonly subject?: FeedSubject;
}

const USED_PRECISION_MS = 3_600_000;

/** Makes the secret address of a calendar. The secret is in the answer and nowhere else. */
export async function createFeed(
  db: Db,
  { subject, madeBy }: Pick<KeptFeed, 'subject' | 'madeBy'>,
  now: Date,
): Promise<{ readonly id: number; readonly secret: string }> {
  const secret = randomBytes(32).toString('base64url');
  const values = {
    kind: subject.kind,
    subject: subject.id,
    madeBy,
    hash: hashToken(secret),
    createdAt: now,
    changedAt: now,
    revisions: {},
  };
  const [row] = await db.insert(calendarFeeds).values(values).returning({ id: calendarFeeds.id });
  if (!row) throw new Error('expected the row of the new calendar, and none came back');
  return { id: row.id, secret };
}

/** The calendar of this secret, also a revoked one; null when there never was one. */
export async function findFeed(db: Db, secret: string): Promise<(KeptFeed & FeedState) | null> {
  const [row] = await db
    .select()
    .from(calendarFeeds)
    .where(eq(calendarFeeds.hash, hashToken(secret)));
  return row === undefined ? null : { ...toFeed(row), revisions: row.revisions, changedAt: row.changedAt };
}

/** The calendars that fit, revoked ones included, oldest first. */
export async function listFeeds(db: Db, filter: FeedFilter): Promise<readonly KeptFeed[]> {
  const rows = await db.select().from(calendarFeeds).where(fitting(filter)).orderBy(asc(calendarFeeds.id));
  return rows.map(toFeed);
}

/** Ends the calendars that fit; answers with those that had not ended before. */
export async function revokeFeeds(db: Db, filter: FeedFilter, now: Date): Promise<readonly KeptFeed[]> {
  const rows = await db
    .update(calendarFeeds)
    .set({ revokedAt: now, revisions: {} })
    .where(and(fitting(filter), isNull(calendarFeeds.revokedAt)))
    .returning();
  return rows.map(toFeed);
}

/** Notes that a calendar was read, at most once an hour. */
export async function touchFeed(db: Db, id: number, now: Date): Promise<void> {
  const stale = new Date(now.getTime() - USED_PRECISION_MS);
  await db
    .update(calendarFeeds)
    .set({ lastUsedAt: now })
    .where(
      and(
        eq(calendarFeeds.id, id),
        or(isNull(calendarFeeds.lastUsedAt), lt(calendarFeeds.lastUsedAt, stale)),
      ),
    );
}

/** Counts the changes of a calendar that is about to tell these events; answers with its state after that. */
export async function reviseFeed(db: Db, id: number, told: readonly Told[], now: Date): Promise<FeedState> {
  return db.transaction(async (tx) => {
    const [row] = await tx.select().from(calendarFeeds).where(eq(calendarFeeds.id, id)).for('update');
    if (!row) return { revisions: revise({}, told, now), changedAt: now };
    const revisions = revise(row.revisions, told, now);
    if (revisions === row.revisions) return { revisions, changedAt: row.changedAt };
    await tx.update(calendarFeeds).set({ revisions, changedAt: now }).where(eq(calendarFeeds.id, id));
    return { revisions, changedAt: now };
  });
}

function fitting({ id, madeBy, subject }: FeedFilter) {
  return and(
    ...(id === undefined ? [] : [eq(calendarFeeds.id, id)]),
    ...(madeBy === undefined ? [] : [eq(calendarFeeds.madeBy, madeBy)]),
    ...(subject === undefined
      ? []
      : [eq(calendarFeeds.kind, subject.kind), eq(calendarFeeds.subject, subject.id)]),
  );
}

function toFeed(row: typeof calendarFeeds.$inferSelect): KeptFeed {
  const { id, kind, subject, madeBy, createdAt, lastUsedAt, revokedAt } = row;
  return { id, subject: { kind, id: subject }, madeBy, createdAt, lastUsedAt, revokedAt };
}
