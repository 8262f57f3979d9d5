import { sql } from 'drizzle-orm';
import { setTimeout as wait } from 'node:timers/promises';
import { rowsOf } from '../src/store/db.ts';
import type { Store } from '../src/store/db.ts';
import { dueTimers } from '../src/store/timers.ts';
import type { Bench, Figure } from './bench.ts';
import type { Bot } from './support/bot.ts';
import { quantileOfBuckets, sumOfBuckets } from './support/figures.ts';
import { OPEN_INCIDENTS } from './support/history.ts';
import type { Places } from './support/place.ts';

const WAITING = 100_000;
const DUE = 1_000;
/** The loops look at what waits every second. */
const HEAD_START_MS = 3_000;
const KILL_AFTER_MS = 400;
const LATE = 'firebell_timer_lateness_seconds';
const PATIENCE_MS = 120_000;
const LOOK_EVERY_MS = 50;

/** How late timers are when two processes share them, and how soon one takes up what the other had in hand when it was killed. */
export const twoProcesses: Bench = {
  name: 'shared',
  about: `${WAITING} waiting timers, ${DUE} due in one second, two processes on Postgres`,
  run: async (places) => [...(await lateness(places)), ...(await afterKill(places))],
};

async function lateness(places: Places): Promise<readonly Figure[]> {
  return withTwo(places, async ({ bots, store, lastDue }) => {
    await allTaken(store, lastDue);
    const each = await Promise.all(bots.map((bot) => bot.histogram(LATE)));
    const late = (share: number) => quantileOfBuckets(sumOfBuckets(each), share) * 1000;
    return [
      {
        what: `Postgres, two processes: ${WAITING} timers, ${DUE} due in a second, p99 lateness`,
        value: late(0.99),
        unit: 'ms',
        bound: { atMost: 1_000 },
      },
      { what: 'Postgres, two processes: the same, median', value: late(0.5), unit: 'ms' },
    ];
  });
}

async function afterKill(places: Places): Promise<readonly Figure[]> {
  return withTwo(places, async ({ bots, store, firstDue, lastDue }) => {
    await wait(firstDue.getTime() + KILL_AFTER_MS - Date.now());
    await bots[0].end('SIGKILL');
    const killedAt = Date.now();
    const takenAt = await allTaken(store, lastDue);
    const pagedAt = await allPaged(store);
    return [
      {
        what: 'Postgres: one of two killed while they are due, until every due step is taken',
        value: (takenAt - Math.max(killedAt, lastDue.getTime())) / 1000,
        unit: 's',
        bound: { atMost: 5 },
      },
      {
        what: 'Postgres: the same, until every page of them is out',
        value: (pagedAt - Math.max(killedAt, lastDue.getTime())) / 1000,
        unit: 's',
      },
    ];
  });
}

interface Two {
  readonly bots: readonly [Bot, Bot];
  readonly store: Store;
  readonly firstDue: Date;
  readonly lastDue: Date;
}

async function withTwo(
  places: Places,
  work: (two: Two) => Promise<readonly Figure[]>,
): Promise<readonly Figure[]> {
  const place = await places.busy('postgres');
  const store = await place.open();
  const bots: Bot[] = [];
  try {
    await addWaiting(store);
    bots.push(await place.start(), await place.start());
    const [one, other] = bots;
    if (!one || !other) throw new Error('expected two bots');
    const firstDue = await makeDue(store);
    return await work({ bots: [one, other], store, firstDue, lastDue: new Date(firstDue.getTime() + 1_000) });
  } finally {
    await store.close();
    for (const bot of bots) await bot.end('SIGKILL');
    await place.remove();
  }
}

/** More waits of the same incidents, all far ahead. */
async function addWaiting({ db }: Store): Promise<void> {
  for (let n = 1; n < WAITING / OPEN_INCIDENTS; n += 1) {
    await db.execute(sql`insert into timers (key, incident_id, due_at, command)
      select key || '+copy-' || ${n}::text, incident_id, due_at + ${n}::int * interval '1 hour', command
      from timers where key not like '%+copy-%'`);
  }
  await db.execute(sql`analyze timers`);
}

/** Spread over a second, each of another incident; answers when it begins. */
async function makeDue({ db }: Store): Promise<Date> {
  const firstDue = new Date(Date.now() + HEAD_START_MS);
  const { length } = await rowsOf(
    db,
    sql`update timers
    set due_at = ${firstDue.toISOString()}::timestamptz + incident_id * interval '${sql.raw(String(1000 / DUE))} ms'
    where incident_id <= ${DUE} and key not like '%+copy-%' and command->>'type' = 'escalation.step_timed_out' returning key`,
  );
  if (length !== DUE) throw new Error(`expected ${DUE} timers to make due, got ${length}`);
  return firstDue;
}

/** When nothing is left that was due by then. */
async function allTaken({ db }: Store, lastDue: Date): Promise<number> {
  await wait(lastDue.getTime() - Date.now());
  return momentOf('timer to be taken', async () => (await dueTimers(db, lastDue, 1)).length === 0);
}

/** When no page waits to be sent. */
async function allPaged({ db }: Store): Promise<number> {
  const isDone = async () => {
    const rows = await rowsOf(db, sql`select id from outbox where effect->>'type' = 'page.send' limit 1`);
    return rows.length === 0;
  };
  return momentOf('page to be sent', isDone);
}

async function momentOf(what: string, isDone: () => Promise<boolean>): Promise<number> {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until) {
    if (await isDone()) return Date.now();
    await wait(LOOK_EVERY_MS);
  }
  throw new Error(`expected every ${what} within ${PATIENCE_MS / 1000} s`);
}
