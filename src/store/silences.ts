import {
  and,
  asc,
  count,
  desc,
  eq,
  getTableColumns,
  inArray,
  isNotNull,
  isNull,
  lte,
  or,
  sql,
} from 'drizzle-orm';
import type { Actor } from '../domain/actor.ts';
import type { Alert } from '../domain/alert/alert.ts';
import type { HeldSilence, Silence, WorkedOn } from '../domain/alert/silence.ts';
import { isAnyNumber } from './bulk.ts';
import type { Db } from './db.ts';
import { ALERT, OPEN } from './reads.ts';
import { alertGroups, alerts, incidents } from './schema/core.ts';
import { silences } from './schema/silences.ts';

const { held: HELD, letGo: LET_GO, warnedOf: _warned, overAt: _over, ...SILENCE } = getTableColumns(silences);

/** Those whose alerts have not all been let go, oldest first: some may be past their end. */
export async function liveSilences(db: Db): Promise<readonly Silence[]> {
  return db.select(SILENCE).from(silences).where(isNull(silences.overAt)).orderBy(asc(silences.id));
}

/** The same, with how many alerts each holds back. */
export async function silencesWithCounts(db: Db): Promise<readonly HeldSilence[]> {
  const live = await liveSilences(db);
  if (live.length === 0) return [];
  const counts = await countHeld(
    db,
    live.map(({ id }) => id),
  );
  return live.map((one) => ({ ...one, ...(counts.get(one.id) ?? { held: 0, firing: 0 }) }));
}

/** How many alerts silences hold back or held back; one that was seen nowhere has no entry. */
async function countHeld(db: Db, ids: readonly number[]) {
  const rows = await db
    .select({
      id: alerts.silencedBy,
      held: count(),
      firing: sql<number>`(count(*) filter (where ${alerts.status} = 'firing'))::int`,
    })
    .from(alerts)
    .where(isAnyNumber(alerts.silencedBy, ids))
    .groupBy(alerts.silencedBy);
  return new Map(rows.map(({ id, held, firing }) => [id, { held, firing }]));
}

/** One silence whose alerts have not all been let go, or null. */
export async function findLiveSilence(db: Db, id: number): Promise<Silence | null> {
  const [row] = await db
    .select(SILENCE)
    .from(silences)
    .where(and(eq(silences.id, id), isNull(silences.overAt)));
  return row ?? null;
}

/** Adds a silence, and answers with its number. */
export async function addSilence(
  db: Db,
  silence: Omit<Silence, 'id' | 'endedAt' | 'endedBy' | 'movedAt' | 'movedBy'>,
): Promise<number> {
  const [row] = await db.insert(silences).values(silence).returning({ id: silences.id });
  if (!row) throw new Error('expected the new silence to have a number, found nothing');
  return row.id;
}

/** Ends a silence before its time; its alerts are still to be let go. */
export async function endSilence(
  db: Db,
  id: number,
  { by, at }: { readonly by: Actor; readonly at: Date },
): Promise<void> {
  await db
    .update(silences)
    .set({ endedAt: at, endedBy: by })
    .where(and(eq(silences.id, id), isNull(silences.endedAt)));
}

/** Has a silence end at another time. */
export async function moveSilence(
  db: Db,
  id: number,
  { until, by, at }: { readonly until: Date; readonly by: Actor; readonly at: Date },
): Promise<void> {
  await db.update(silences).set({ until, movedAt: at, movedBy: by }).where(eq(silences.id, id));
}

/** What is due about silences. */
export interface DueSilences {
  readonly now: Date;
  /** Those that end so long from now are told of beforehand. */
  readonly soonMs: number;
  /** Unless they last no longer than this. */
  readonly shortMs: number;
}

/** Numbers of the silences that are over and whose alerts have not all been let go, and of those whose end is to be told beforehand. Locks nothing. */
export async function dueSilences(db: Db, due: DueSilences): Promise<readonly number[]> {
  const rows = await db
    .select({ id: silences.id })
    .from(silences)
    .where(
      and(
        isNull(silences.overAt),
        or(isNotNull(silences.endedAt), lte(silences.until, due.now), isToWarn(due)),
      ),
    )
    .orderBy(asc(silences.id));
  return rows.map(({ id }) => id);
}

/** Notes that the end of a silence is told beforehand, and answers with what it holds back; null when that is not due, or was told. */
export async function takeWarning(
  db: Db,
  id: number,
  due: DueSilences,
): Promise<{ readonly held: number; readonly firing: number } | null> {
  const taken = await db
    .update(silences)
    .set({ warnedOf: sql`${silences.until}` })
    .where(and(eq(silences.id, id), isNull(silences.endedAt), isToWarn(due)))
    .returning({ id: silences.id });
  return taken.length === 0 ? null : ((await countHeld(db, [id])).get(id) ?? { held: 0, firing: 0 });
}

function isToWarn({ now, soonMs, shortMs }: DueSilences) {
  const soon = new Date(now.getTime() + soonMs);
  const lasts = sql`${silences.until} - ${silences.at} > make_interval(secs => ${shortMs / 1000})`;
  return and(lte(silences.until, soon), lasts, sql`${silences.warnedOf} is distinct from ${silences.until}`);
}

/** When the next silence ends by itself; null when none does. */
export async function nextSilenceEnd(db: Db): Promise<Date | null> {
  const [row] = await db
    .select({ until: silences.until })
    .from(silences)
    .where(isNull(silences.overAt))
    .orderBy(asc(silences.until))
    .limit(1);
  return row?.until ?? null;
}

/** Counts alerts that are let go, and answers with how many there have been, and how many it held back: that is counted once, before the first. */
export async function countLetGo(
  db: Db,
  id: number,
  more: number,
): Promise<{ readonly held: number; readonly letGo: number }> {
  const held = (await countHeld(db, [id])).get(id)?.held ?? 0;
  const [row] = await db
    .update(silences)
    .set({ held: sql`coalesce(${HELD}, ${held})`, letGo: sql`${LET_GO} + ${more}` })
    .where(eq(silences.id, id))
    .returning({ held: HELD, letGo: LET_GO });
  return { held: row?.held ?? held, letGo: row?.letGo ?? more };
}

/** All of its alerts have been let go. */
export async function closeSilence(db: Db, id: number, now: Date): Promise<void> {
  await db.update(silences).set({ overAt: now }).where(eq(silences.id, id));
}

/** Alerts that a silence holds back and that fire on, those first that were told last. */
export async function heldBy(db: Db, silenceId: number, limit: number): Promise<readonly Alert[]> {
  return db
    .select(ALERT)
    .from(alerts)
    .where(and(eq(alerts.silencedBy, silenceId), eq(alerts.status, 'firing')))
    .orderBy(desc(alerts.lastAt), asc(alerts.id))
    .limit(limit);
}

/** Alerts of open incidents that fire now; `limit` bounds how many are looked at. */
export async function alertsWorkedOn(db: Db, limit: number): Promise<readonly WorkedOn[]> {
  return db
    .select({ incidentId: incidents.id, service: alertGroups.service, signal: alerts.signal })
    .from(incidents)
    .innerJoin(alertGroups, eq(alertGroups.incidentId, incidents.id))
    .innerJoin(alerts, and(eq(alerts.groupId, alertGroups.id), eq(alerts.status, 'firing')))
    .where(inArray(incidents.status, OPEN))
    .orderBy(desc(incidents.id), asc(alerts.id))
    .limit(limit);
}
