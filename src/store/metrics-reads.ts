import { count, inArray, isNull, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { rowsOf } from './db.ts';
import { inboxSize } from './inbox.ts';
import { outboxStats } from './outbox.ts';
import type { OutboxStats } from './outbox.ts';
import { incidents, pages } from './schema/core.ts';
import { timerStats } from './timers.ts';
import type { TimerStats } from './timers.ts';

/** What only the database knows about how things stand. */
export interface StoreStats {
  /** Incidents in which people may still have to act, drills included. */
  readonly openIncidents: readonly {
    readonly status: string;
    readonly severity: string;
    readonly count: number;
  }[];
  /** Pages that wait for an answer: gone out by some channel, or by none yet. */
  readonly openPages: { readonly sent: number; readonly unsent: number };
  readonly outbox: OutboxStats;
  /**
   * When the oldest effect was decided that nobody has tried yet, and that waits behind no other in its lane; null when there is none.
   * How far the outbox is behind, whatever the world does to the effects that were tried.
   */
  readonly untriedSince: Date | null;
  readonly timers: TimerStats;
  /** Alerts that were taken in and are not decided yet. */
  readonly undecided: number;
}

const OPEN = ['triage', 'investigating', 'identified', 'monitoring'];

/** Counts everything that `/metrics` shows from the database, in short queries. */
export async function storeStats(db: Db, now: Date): Promise<StoreStats> {
  const [openIncidents, openPages, outbox, untriedSince, timers, undecided] = await Promise.all([
    countOpenIncidents(db),
    countOpenPages(db),
    outboxStats(db),
    readUntriedSince(db),
    timerStats(db, now),
    inboxSize(db),
  ]);
  return { openIncidents, openPages, outbox, untriedSince, timers, undecided };
}

async function countOpenIncidents(db: Db): Promise<StoreStats['openIncidents']> {
  return db
    .select({ status: incidents.status, severity: incidents.severity, count: count() })
    .from(incidents)
    .where(inArray(incidents.status, OPEN))
    .groupBy(incidents.status, incidents.severity);
}

async function countOpenPages(db: Db): Promise<StoreStats['openPages']> {
  const isSent = sql`jsonb_path_exists(${pages.state}, '$.attempts[*].outcome.state ? (@ == "sent" || @ == "delivered")')`;
  const rows = await db
    .select({ all: count(), sent: sql<number>`(count(*) filter (where ${isSent}))::int` })
    .from(pages)
    .where(isNull(pages.endedAt));
  const { all, sent } = rows[0] ?? { all: 0, sent: 0 };
  return { sent, unsent: all - sent };
}

async function readUntriedSince(db: Db): Promise<Date | null> {
  const rows = await rowsOf<{ readonly since: string | Date | null }>(
    db,
    sql`select min(created_at) filter (where attempts = 0) as since from (
        select distinct on (lane) created_at, attempts from outbox where dead_at is null order by lane, id
      ) as first_of_lane`,
  );
  const since = rows[0]?.since ?? null;
  return since === null ? null : new Date(since);
}
