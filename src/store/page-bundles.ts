import { asc, eq, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { FIRST } from './outbox.ts';
import { rowsOf } from './db.ts';
import { loadPages } from './incidents.ts';
import { pageBundles, pageWindows } from './schema/paging.ts';

/** An attempt by its place in the ledger. */
export interface AttemptRef {
  readonly incidentId: number;
  readonly pageId: string;
  readonly attemptId: string;
}

/** Whose messages on which channel. */
export interface Mailbox {
  readonly personId: string;
  readonly channel: string;
}

/** A window that is open for longer than any could be was written by a clock that has since been put back. */
const LONGEST_MS = 2 * 60_000;

/** Asks for an attempt to be the first of a new window of this length. Null is yes, otherwise until when it has to wait. */
export async function claimWindow(
  db: Db,
  { personId, channel, holder }: Mailbox & { readonly holder: string },
  { now, windowMs }: { readonly now: Date; readonly windowMs: number },
): Promise<Date | null> {
  const openUntil = new Date(now.getTime() + windowMs);
  const tooFar = new Date(now.getTime() + LONGEST_MS);
  const claimed = await db
    .insert(pageWindows)
    .values({ personId, channel, openUntil, holder })
    .onConflictDoUpdate({
      target: [pageWindows.personId, pageWindows.channel],
      set: { openUntil, holder },
      setWhere: sql`${pageWindows.openUntil} <= ${now.toISOString()}::timestamptz
        or ${pageWindows.openUntil} > ${tooFar.toISOString()}::timestamptz or ${pageWindows.holder} = ${holder}`,
    })
    .returning({ holder: pageWindows.holder });
  if (claimed.length > 0) return null;
  const [open] = await db
    .select({ until: pageWindows.openUntil })
    .from(pageWindows)
    .where(sql`${pageWindows.personId} = ${personId} and ${pageWindows.channel} = ${channel}`);
  return open?.until ?? now;
}

/** Attempts that wait in the outbox for this person on this channel and have not set out by themselves, oldest first, but for one. */
export async function waitingAttempts(
  db: Db,
  { personId, channel }: Mailbox,
  { but, limit }: { readonly but: string; readonly limit: number },
): Promise<readonly AttemptRef[]> {
  const rows = await rowsOf<{ incident_id: number; page_id: string; attempt_id: string }>(
    db,
    sql`select o.incident_id, p.id as page_id, o.effect ->> 'attemptId' as attempt_id
      from outbox o join pages p on p.id = o.effect ->> 'pageId'
      where ${FIRST} and o.dead_at is null and o.effect ->> 'channel' = ${channel}
        and o.effect ->> 'attemptId' <> ${but} and p.person_id = ${personId} and p.ended_at is null
        and not exists (select 1 from page_bundles b where b.bundle = o.effect ->> 'attemptId')
      order by o.priority, o.id limit ${limit}`,
  );
  return rows.map((row) => ({ incidentId: row.incident_id, pageId: row.page_id, attemptId: row.attempt_id }));
}

/** Writes down which attempts a message is to tell of, its own first. Writing it again changes nothing. */
export async function saveBundle(db: Db, bundle: string, members: readonly AttemptRef[]): Promise<void> {
  const rows = members.map((member, place) => ({ bundle, place, ...member }));
  await db.insert(pageBundles).values(rows).onConflictDoNothing();
}

/** The pages that a message really told of, its own first. */
export async function bundledPages(db: Db, bundle: string): Promise<readonly AttemptRef[]> {
  const members = await readBundle(db, bundle);
  const worlds = await loadPages(db, [...new Set(members.map(({ incidentId }) => incidentId))]);
  return members.filter(({ incidentId, attemptId }) =>
    (worlds.get(incidentId) ?? []).some(({ attempts }) =>
      attempts.some((one) => one.id === attemptId && one.bundle === bundle && 'messageId' in one.outcome),
    ),
  );
}

/** The attempts that a message was to tell of, its own first; empty for one that nobody bundled. */
export async function readBundle(db: Db, bundle: string): Promise<readonly AttemptRef[]> {
  return db
    .select({
      incidentId: pageBundles.incidentId,
      pageId: pageBundles.pageId,
      attemptId: pageBundles.attemptId,
    })
    .from(pageBundles)
    .where(eq(pageBundles.bundle, bundle))
    .orderBy(asc(pageBundles.place));
}
