import { sql } from 'drizzle-orm';
import { setTimeout as wait } from 'node:timers/promises';
import type { Bench, Figure } from './bench.ts';
import { quantileOfBuckets } from './support/figures.ts';
import { OPEN_INCIDENTS } from './support/history.ts';
import { KINDS } from './support/place.ts';
import type { Place, Places } from './support/place.ts';

const DUE = 500;
/** Time for the bot to start and to come to rest. */
const HEAD_START_MS = 7_000;
const LATE = 'firebell_timer_lateness_seconds';
const PATIENCE_MS = 30_000;
const AT_MOST_MS = 500;

/** How late timers are when many wait and many are due at once; each moves an escalation on and pages somebody. */
export const timerLateness: Bench = {
  name: 'timers',
  about: '10,000 waiting timers, 500 due in the same second',
  run: async (places) => {
    const figures: Figure[] = [];
    for (const kind of KINDS) figures.push(...(await measure(places, kind)));
    return figures;
  },
};

async function measure(places: Places, kind: Place['kind']): Promise<readonly Figure[]> {
  const place = await places.busy(kind);
  const store = await place.open();
  const dueAt = new Date(Date.now() + HEAD_START_MS);
  // Spread over the second.
  await store.db.execute(sql`update timers
    set due_at = ${dueAt.toISOString()}::timestamptz + incident_id * interval '${sql.raw(String(1000 / DUE))} ms'
    where incident_id <= ${DUE} and command->>'type' = 'escalation.step_timed_out'`);
  await store.close();
  const bot = await place.start();
  try {
    if (Date.now() > dueAt.getTime()) throw new Error('the bot started too late for its timers');
    await wait(dueAt.getTime() + 1_000 - Date.now());
    const buckets = await taken(() => bot.histogram(LATE));
    return [
      {
        what: `${place.name}: ${OPEN_INCIDENTS} timers, ${DUE} due in a second, p99 lateness`,
        value: quantileOfBuckets(buckets, 0.99) * 1000,
        unit: 'ms',
        bound: { atMost: AT_MOST_MS },
      },
      {
        what: `${place.name}: the same, median`,
        value: quantileOfBuckets(buckets, 0.5) * 1000,
        unit: 'ms',
      },
    ];
  } finally {
    await bot.end('SIGKILL');
    await place.remove();
  }
}

async function taken(look: () => ReturnType<Awaited<ReturnType<Place['start']>>['histogram']>) {
  const until = performance.now() + PATIENCE_MS;
  while (performance.now() < until) {
    const buckets = await look();
    if ((buckets.at(-1)?.count ?? 0) >= DUE) return buckets;
    await wait(50);
  }
  throw new Error(`expected ${DUE} timers to be taken within ${PATIENCE_MS / 1000} s`);
}
