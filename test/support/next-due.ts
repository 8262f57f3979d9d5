import { sql } from 'drizzle-orm';
import { rowsOf } from '../../src/store/db.ts';
import type { Db } from '../../src/store/db.ts';
import { nextSilenceEnd } from '../../src/store/silences.ts';
import { nextDueAt } from '../../src/store/timers.ts';

/** When something is due next: a timer, the end of a silence, or an effect that is the first of its lane; null when nothing is. */
export async function nextDue(db: Db): Promise<Date | null> {
  const waits = [await nextDueAt(db), await nextSilenceEnd(db)].filter((at) => at !== null);
  const [waiting] = await rowsOf<{ readonly due: string | null }>(
    db,
    sql`select min(o.not_before)::text as due from outbox o where o.dead_at is null and o.lease_token is null
      and not exists (select 1 from outbox e where e.lane = o.lane and e.id < o.id and e.dead_at is null)`,
  );
  const due = waiting?.due ?? null;
  const all = [...waits, ...(due === null ? [] : [new Date(due)])];
  return all.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}
