import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import type { Actor } from '../domain/actor.ts';
import type { Absence } from '../domain/roster/absence.ts';
import type { Db } from './db.ts';
import { absences } from './schema/roster.ts';

/** The absences that are not over, the earliest first. */
export async function liveAbsences(db: Db, now: Date): Promise<readonly Absence[]> {
  return db
    .select({
      id: absences.id,
      personId: absences.personId,
      start: absences.start,
      end: absences.end,
      why: absences.why,
    })
    .from(absences)
    .where(and(isNull(absences.endedAt), gt(absences.end, now)))
    .orderBy(asc(absences.start), asc(absences.id));
}

/** Adds an absence. */
export async function addAbsence(
  db: Db,
  { by, at, ...absence }: Absence & { readonly by: Actor; readonly at: Date },
): Promise<void> {
  await db.insert(absences).values({ ...absence, by, at });
}

/** Ends an absence now. */
export async function endAbsence(
  db: Db,
  id: number,
  { by, at }: { readonly by: Actor; readonly at: Date },
): Promise<void> {
  await db
    .update(absences)
    .set({ endedAt: at, endedBy: by })
    .where(and(eq(absences.id, id), isNull(absences.endedAt)));
}
