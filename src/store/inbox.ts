import { asc, eq, sql } from 'drizzle-orm';
import { Signal } from '../domain/alert/signal.ts';
import type { Db } from './db.ts';
import { inbox } from './schema/ingest.ts';
import { isAnyNumber } from './bulk.ts';
import { preparedOn } from './prepared.ts';
import { untilBack } from './transaction.ts';

/** Any number, the same in every process. */
const RECEIVING = 4_218_631_911;

/** Alerts out of the inbox. */
export interface Taken {
  /** Of what was kept together. */
  readonly ids: readonly number[];
  readonly signals: readonly Signal[];
  /** False when the inbox was empty. */
  readonly more: boolean;
}

/** What this process kept and still has in mind, by its id in the inbox. */
export type InMind = ReadonlyMap<number, readonly Signal[]>;

/** Keeps alerts that cannot be decided at once, behind those that are there already. One statement, so one wait for the database. */
export async function keepInInbox(db: Db, signals: readonly Signal[], onLost?: () => void): Promise<number> {
  // Kept twice, an alert is only counted twice; so what may or may not have been kept is kept again.
  const [row] = await untilBack(() => keeping(db).execute({ count: signals.length, signals }), onLost);
  if (!row) throw new Error('expected the inbox to say where it put the alerts, found nothing');
  return row.id;
}

const keeping = preparedOn((db) =>
  db
    .insert(inbox)
    .values({ count: sql.placeholder('count'), signals: sql.placeholder('signals') })
    .returning({ id: inbox.id })
    .prepare('keep_in_inbox'),
);

/**
 * Makes everyone else who decides alerts wait until the transaction ends, and takes the oldest out: `most` of them, or those that
 * came together with the first. So alerts are decided in the order in which they were taken in, by whichever process. What is in mind
 * is not read again.
 */
export async function takeFromInbox(tx: Db, most: number, inMind: InMind): Promise<Taken> {
  // As it is now: what is forgotten meanwhile must not be missing below.
  const known = new Map(inMind);
  const before = sql`sum(${inbox.count}) over (order by ${inbox.id}) - ${inbox.count}`;
  const oldest = sql`(select id from (select id, ${before} as before from ${inbox} order by id limit ${most}) as waiting where before = 0 or before < ${most})`;
  const unread = sql<SignalsRead>`case when ${isAnyNumber(inbox.id, [...known.keys()])} then null else ${inbox.signals} end`;
  // Sent together; the second sees what the holder of the lock before us has committed.
  const [, rows] = await Promise.all([
    holdAlerts(tx),
    tx
      .delete(inbox)
      .where(sql`${inbox.id} in ${oldest}`)
      .returning({ id: inbox.id, read: unread.mapWith((value) => Signal.array().parse(value)) }),
  ]);
  const ordered = rows.toSorted((a, b) => a.id - b.id);
  return {
    ids: ordered.map(({ id }) => id),
    signals: ordered.flatMap(({ id, read }) => read ?? known.get(id) ?? []),
    more: rows.length > 0,
  };
}

/** Makes everyone else who decides alerts wait until the transaction ends; waits for whoever is at it. */
export async function holdAlerts(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${RECEIVING})`);
}

type SignalsRead = readonly Signal[] | null;

/** Those that came together longest ago, left where they are; null when there are none. */
export async function oldestInInbox(
  db: Db,
): Promise<{ readonly id: number; readonly signals: readonly Signal[] } | null> {
  const [row] = await db.select().from(inbox).orderBy(asc(inbox.id)).limit(1);
  return row ?? null;
}

/** Takes these out, whoever has decided them. */
export async function dropFromInbox(db: Db, id: number): Promise<void> {
  await db.delete(inbox).where(eq(inbox.id, id));
}

/** How many alerts wait to be decided. */
export async function inboxSize(db: Db): Promise<number> {
  const [row] = await db.select({ size: sql<number>`coalesce(sum(${inbox.count}), 0)::int` }).from(inbox);
  return row?.size ?? 0;
}
