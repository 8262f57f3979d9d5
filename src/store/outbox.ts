import { z } from 'zod';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import { handlingOf } from '../domain/effect.ts';
import type { Effect } from '../domain/effect.ts';
import { wellFormed } from '../lib/well-formed.ts';
import { toJson } from './columns.ts';
import { asRecords, insertRows, isAnyNumber, isAnyOf } from './bulk.ts';
import type { Db } from './db.ts';
import { rowsOf } from './db.ts';
import { outbox } from './schema/core.ts';

/** An effect that one worker holds. Whether it can be read has not been checked. */
export interface LeasedEffect {
  readonly id: number;
  readonly effect: unknown;
  readonly incidentId: number | null;
  readonly createdAt: Date;
  /** 1 for the first try. */
  readonly attempts: number;
  readonly leaseToken: string;
}

/** The hold on an effect, as its worker shows it. */
export type Lease = Pick<LeasedEffect, 'id' | 'leaseToken'>;

/** How long nobody else takes an effect that is held and not renewed. */
export const LEASE_MS = 10_000;
/** No effect waits longer than this for its next try. */
export const LONGEST_WAIT_MS = 10 * 60_000;
/** A wait or a lease further away than any could be was written by a clock that has since been put back. */
const SLACK_MS = 60_000;

/**
 * Adds effects in their order. One that waits under the same merge key takes the new one in; one that is being carried out right
 * now does not, since it may have read the state before.
 */
export async function queueEffects(db: Db, effects: readonly Effect[], now: Date): Promise<void> {
  const queued = effects.map((effect) => ({ effect, ...handlingOf(effect) }));
  const waiting = await lockWaiting(
    db,
    queued.flatMap(({ mergeKey }) => (mergeKey === null ? [] : [wellFormed(mergeKey)])),
  );
  const rows = queued.flatMap(({ effect, lane, priority, mergeKey }) => {
    if (mergeKey !== null && waiting.has(wellFormed(mergeKey))) return [];
    if (mergeKey !== null) waiting.add(wellFormed(mergeKey));
    const incidentId = 'incidentId' in effect ? effect.incidentId : null;
    return [{ effect, lane, priority, mergeKey, incidentId, createdAt: now, notBefore: now }];
  });
  await insertRows(db, outbox, rows);
}

// Locked, so that none of them is taken out before this transaction's changes can be seen.
async function lockWaiting(db: Db, mergeKeys: readonly string[]): Promise<Set<string | null>> {
  if (mergeKeys.length === 0) return new Set();
  const rows = await db
    .select({ mergeKey: outbox.mergeKey })
    .from(outbox)
    .where(
      and(
        isAnyOf(outbox.mergeKey, [...new Set(mergeKeys)]),
        isNull(outbox.leaseToken),
        isNull(outbox.deadAt),
      ),
    )
    // An order that the primary key does not have: the rows are to be found by their merge keys.
    .orderBy(sql`${outbox.id} + 0`)
    .for('update');
  return new Set(rows.map((row) => row.mergeKey));
}

/** What an effect needs that may be slow: the channel of a page, and for the rest their type. One that hangs must not keep the others waiting. */
export function craftOf({ effect }: LeasedEffect): string {
  const { type, channel } = Craft.catch({}).parse(effect);
  return (type === 'page.send' ? channel : type) ?? '';
}

const Craft = z.object({ type: z.string().optional(), channel: z.string().optional() });

/** Kinds of effects, by their priority, see `handlingOf`. */
export type EffectKind = 'pages' | 'rest' | 'looks';

/**
 * The priority of pages, as a range: with an equation Postgres may walk through the whole outbox by its primary key, in the same order,
 * when it last saw the table empty.
 */
export const FIRST = sql`o.priority between 0 and 0`;

const PRIORITIES: Readonly<Record<EffectKind, SQL>> = {
  pages: FIRST,
  rest: sql`o.priority between 1 and 4`,
  looks: sql`o.priority > 4`,
};

/** What to lease. */
export interface Wanted {
  /** Pages have workers of their own, and so has what only makes something look like the state. */
  readonly kind: EffectKind;
  readonly now: Date;
  readonly limit: number;
  readonly leaseToken: string;
  /** Effects that this process is still at: never taken a second time, whatever the clock says. */
  readonly inHand: readonly number[];
  /** Crafts that have their hands full: what belongs to them is left for later. */
  readonly busy?: readonly string[];
}

/**
 * Leases effects that are due, the most urgent first, and of each lane only the first. No two workers get the same one; if a worker
 * dies, its lease runs out. `offset 0` makes Postgres look into the lane of each effect by itself: what it believes of a table that is
 * mostly empty would have it read all lanes for each. For the same reason rows are found by `id = any(…)` throughout this file, and not
 * by a join.
 */
export async function leaseEffects(db: Db, wanted: Wanted): Promise<readonly LeasedEffect[]> {
  const { now, limit, leaseToken } = wanted;
  const after = (ms: number) => new Date(now.getTime() + ms).toISOString();
  const at = sql`${now.toISOString()}::timestamptz`;
  const free = (row: string) => {
    const until = sql.raw(`${row}.leased_until`);
    return sql`(${until} is null or ${until} <= ${at} or ${until} > ${after(LEASE_MS + SLACK_MS)}::timestamptz)`;
  };
  const craft = wanted.kind === 'pages' ? sql`o.effect ->> 'channel'` : sql`o.effect ->> 'type'`;
  // As lists in one parameter each, so that the text of the statement stays the same and is prepared once.
  const isInHand = sql`o.id = any(array(select jsonb_array_elements(${toJson(wanted.inHand)}::jsonb)::bigint))`;
  const isBusy = sql`${craft} = any(array(select jsonb_array_elements_text(${toJson(wanted.busy ?? [])}::jsonb)))`;
  const rows = await rowsOf<LeasedRow>(
    db,
    sql`with due as (
      select o.id from outbox o
      where o.dead_at is null
        and ${PRIORITIES[wanted.kind]}
        and (o.not_before <= ${at} or o.not_before > ${after(LONGEST_WAIT_MS + SLACK_MS)}::timestamptz)
        and ${free('o')} and not ${isInHand} and ${isBusy} is not true
        and not exists (
          select 1 from outbox e
          where e.lane = o.lane and e.id <> o.id and e.dead_at is null and (e.id < o.id or not ${free('e')})
          offset 0
        )
      order by o.priority, o.id limit ${limit} for update of o skip locked
    )
    update outbox set attempts = attempts + 1, lease_token = ${leaseToken}, leased_until = ${after(LEASE_MS)}::timestamptz
    where id = any(array(select id from due))
    returning id::int as id, priority, effect, incident_id, created_at, attempts`,
  );
  return rows
    .toSorted((a, b) => a.priority - b.priority || a.id - b.id)
    .map((row) => ({
      id: row.id,
      effect: row.effect,
      incidentId: row.incident_id,
      createdAt: new Date(row.created_at),
      attempts: row.attempts,
      leaseToken,
    }));
}

interface LeasedRow {
  readonly id: number;
  readonly priority: number;
  readonly effect: unknown;
  readonly incident_id: number | null;
  readonly created_at: string;
  readonly attempts: number;
}

/** Takes finished effects out, and says which of them were still held by these leases. */
export async function takeLeased(db: Db, leases: readonly Lease[]): Promise<ReadonlySet<number>> {
  if (leases.length === 0) return new Set();
  const rows = await rowsOf<{ id: number }>(
    db,
    sql`delete from outbox where ${isHeldBy(leases)} returning id::int as id`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Gives an effect back, to be tried again from `notBefore` on. */
export async function retryEffect(
  db: Db,
  lease: Lease,
  { notBefore, reason }: { readonly notBefore: Date; readonly reason: string },
): Promise<void> {
  await db
    .update(outbox)
    .set({ leaseToken: null, leasedUntil: null, notBefore, lastError: reason })
    .where(and(eq(outbox.id, lease.id), eq(outbox.leaseToken, lease.leaseToken)));
}

/** Gives an effect back that was not tried, as if it had been decided now: its tries and its time are all before it. */
export async function waitWithEffect(
  db: Db,
  lease: LeasedEffect,
  { now, until }: { readonly now: Date; readonly until: Date },
): Promise<void> {
  await db
    .update(outbox)
    .set({
      leaseToken: null,
      leasedUntil: null,
      notBefore: until,
      createdAt: now,
      attempts: lease.attempts - 1,
    })
    .where(and(eq(outbox.id, lease.id), eq(outbox.leaseToken, lease.leaseToken)));
}

/** Sets an effect aside that can never be carried out. It no longer holds up its lane, and is kept to be looked at. */
export async function buryEffect(
  db: Db,
  lease: Lease,
  { now, reason }: { readonly now: Date; readonly reason: string },
): Promise<void> {
  await db
    .update(outbox)
    .set({ leaseToken: null, leasedUntil: null, deadAt: now, lastError: reason })
    .where(and(eq(outbox.id, lease.id), eq(outbox.leaseToken, lease.leaseToken)));
}

/** Holds on to effects whose work takes longer. */
export async function renewLeases(db: Db, leases: readonly Lease[], now: Date): Promise<void> {
  const until = new Date(now.getTime() + LEASE_MS).toISOString();
  await db.execute(sql`update outbox set leased_until = ${until}::timestamptz where ${isHeldBy(leases)}`);
}

/** Whether a row is one of these and still held by the same lease. */
function isHeldBy(leases: readonly Lease[]): SQL {
  const records = asRecords(leases.map(({ id, leaseToken }) => ({ id, token: leaseToken })));
  return sql`${isAnyNumber(
    outbox.id,
    leases.map(({ id }) => id),
  )} and exists (
    select 1 from jsonb_to_recordset(${records}) as held(id bigint, token text)
    where held.id = outbox.id and held.token = outbox.lease_token)`;
}

/** Frees what processes held that are known to be gone. Tokens begin with the id of their process. */
export async function releaseLeasesOf(db: Db, processIds: readonly string[]): Promise<void> {
  if (processIds.length === 0) return;
  await db
    .update(outbox)
    .set({ leaseToken: null, leasedUntil: null })
    .where(inArray(sql`split_part(${outbox.leaseToken}, ':', 1)`, [...processIds]));
}

/** Frees everything: for a database that no other process can have open. */
export async function releaseAllLeases(db: Db): Promise<void> {
  await db
    .update(outbox)
    .set({ leaseToken: null, leasedUntil: null })
    .where(sql`${outbox.leaseToken} is not null`);
}

/** How the outbox stands. */
export interface OutboxStats {
  readonly waiting: number;
  readonly leased: number;
  /** Can never be carried out, see `buryEffect`. */
  readonly dead: number;
  readonly retrying: number;
  /** When the oldest effect that is neither done nor dead was decided; null when there is none. */
  readonly oldest: Date | null;
}

/** Counts the outbox. */
export async function outboxStats(db: Db): Promise<OutboxStats> {
  const rows = await rowsOf<Omit<OutboxStats, 'oldest'> & { readonly oldest: string | null }>(
    db,
    sql`select (count(*) filter (where dead_at is null and lease_token is null))::int as waiting,
      (count(*) filter (where dead_at is null and lease_token is not null))::int as leased,
      (count(*) filter (where dead_at is not null))::int as dead,
      (count(*) filter (where dead_at is null and last_error is not null))::int as retrying,
      min(created_at) filter (where dead_at is null) as oldest from outbox`,
  );
  const [row] = rows;
  if (!row) throw new Error('expected one row of counts from the outbox');
  return { ...row, oldest: row.oldest === null ? null : new Date(row.oldest) };
}
