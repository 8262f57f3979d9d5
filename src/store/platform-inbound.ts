import { and, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { rowsOf } from './db.ts';
import { GONE_MS } from './processes.ts';
import { platformInbound } from './schema/platforms.ts';
import { untilBack } from './transaction.ts';

/** What a platform told us, as it was kept. */
export interface Inbound {
  readonly platform: string;
  /** The platform's own id of it. */
  readonly key: string;
  readonly kind: string;
  readonly payload: unknown;
  readonly receivedAt: Date;
  /** How often it was taken in hand, this time included. */
  readonly tries: number;
}

/** Who has something in hand, and until when nobody else takes it. */
export interface InboundHold {
  readonly holder: string;
  readonly leasedUntil: Date;
}

type InboundRef = Pick<Inbound, 'platform' | 'key'>;

/**
 * Keeps what came, in the hands of whoever keeps it. False when it was there already: then it is done, or somebody's, or was kept a
 * moment ago and the answer was lost with the connection, so that it is taken when the hold runs out.
 */
export async function keepInbound(db: Db, one: Omit<Inbound, 'tries'>, hold: InboundHold): Promise<boolean> {
  let isNew = false;
  await untilBack(async () => {
    const rows = await db
      .insert(platformInbound)
      .values({ ...one, ...hold, tries: 1 })
      .onConflictDoNothing()
      .returning({ key: platformInbound.key });
    isNew = rows.length > 0;
  });
  return isNew;
}

/** Takes what waits and is in nobody's hands any more, the oldest first: what a process held that is gone is free at once. */
export async function takeInbound(
  db: Db,
  wanted: InboundHold & { readonly platform: string; readonly now: Date; readonly limit: number },
): Promise<readonly Inbound[]> {
  const { platform, holder, leasedUntil, now, limit } = wanted;
  const seenSince = new Date(now.getTime() - GONE_MS).toISOString();
  const living = sql`(select id from processes where seen_at >= ${seenSince}::timestamptz)`;
  const rows = await rowsOf<InboundRow>(
    db,
    sql`with waiting as (
      select platform, key from platform_inbound
      where platform = ${platform} and done_at is null
        and (leased_until is null or leased_until <= ${now.toISOString()}::timestamptz or (holder <> ${holder} and holder not in ${living}))
      order by received_at, key limit ${limit} for update skip locked
    )
    update platform_inbound i
    set holder = ${holder}, leased_until = ${leasedUntil.toISOString()}::timestamptz, tries = i.tries + 1
    from waiting where i.platform = waiting.platform and i.key = waiting.key
    returning i.key, i.kind, i.payload, i.received_at, i.tries`,
  );
  return rows
    .map(({ received_at, ...row }) => ({ ...row, platform, receivedAt: new Date(received_at) }))
    .toSorted((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime() || (a.key < b.key ? -1 : 1));
}

interface InboundRow {
  readonly key: string;
  readonly kind: string;
  readonly payload: unknown;
  readonly received_at: string;
  readonly tries: number;
}

/** It is done: its content is forgotten, its key is not, so that it is done once. */
export async function finishInbound(db: Db, { platform, key }: InboundRef, now: Date): Promise<void> {
  await db
    .update(platformInbound)
    .set({ doneAt: now, holder: null, leasedUntil: null, payload: {}, failure: null })
    .where(isThis(platform, key));
}

/** It came to nothing: the same may come again. */
export async function dropInbound(db: Db, { platform, key }: InboundRef): Promise<void> {
  await db.delete(platformInbound).where(isThis(platform, key));
}

/** It did not work out: nobody takes it before `until`. */
export async function putOffInbound(
  db: Db,
  { platform, key }: InboundRef,
  { until, failure }: { readonly until: Date; readonly failure: string },
): Promise<void> {
  await db
    .update(platformInbound)
    .set({ holder: null, leasedUntil: until, failure })
    .where(and(isThis(platform, key), isNull(platformInbound.doneAt)));
}

/** Sets aside what can not be done. It is kept to be looked at. */
export async function giveUpInbound(
  db: Db,
  { platform, key }: InboundRef,
  { now, failure }: { readonly now: Date; readonly failure: string },
): Promise<void> {
  await db
    .update(platformInbound)
    .set({ doneAt: now, holder: null, leasedUntil: null, failure })
    .where(isThis(platform, key));
}

/** How a platform's inbound things stand. */
export interface InboundStats {
  readonly waiting: number;
  /** Set aside since `since`. */
  readonly givenUp: number;
  /** Why the newest of them was set aside. */
  readonly failure: string | null;
}

/** Counts what waits, and what was set aside since then. */
export async function inboundStats(db: Db, platform: string, since: Date): Promise<InboundStats> {
  const [row] = await rowsOf<InboundStats>(
    db,
    sql`select (count(*) filter (where done_at is null))::int as waiting,
      (count(*) filter (where done_at >= ${since.toISOString()}::timestamptz and failure is not null))::int as "givenUp",
      (array_agg(failure order by done_at desc) filter (where done_at >= ${since.toISOString()}::timestamptz and failure is not null))[1] as failure
    from platform_inbound where platform = ${platform}`,
  );
  if (!row) throw new Error('expected one row of counts of what a platform told us');
  return row;
}

/** Forgets what was done before `before`, and what was set aside before `failedBefore`. */
export async function forgetInbound(
  db: Db,
  { before, failedBefore }: { readonly before: Date; readonly failedBefore: Date },
): Promise<void> {
  await db
    .delete(platformInbound)
    .where(and(lt(platformInbound.doneAt, before), isNull(platformInbound.failure)));
  await db
    .delete(platformInbound)
    .where(and(lt(platformInbound.doneAt, failedBefore), isNotNull(platformInbound.failure)));
}

function isThis(platform: string, key: string) {
  return and(eq(platformInbound.platform, platform), eq(platformInbound.key, key));
}
