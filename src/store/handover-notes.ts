import { and, asc, eq, isNull } from 'drizzle-orm';
import type { HandoverNote } from '../domain/roster/shift-commands.ts';
import type { Db } from './db.ts';
import { handoverNotes } from './schema/roster.ts';

/** Keeps a note for the next hand-off of its schedule. */
export async function addHandoverNote(
  db: Db,
  { schedule, by, text, at }: Omit<HandoverNote, 'id'>,
): Promise<void> {
  await db.insert(handoverNotes).values({ schedule, by, text, at });
}

/** The notes that wait for the next hand-off of a schedule, oldest first. */
export async function waitingNotes(db: Db, schedule: string): Promise<readonly HandoverNote[]> {
  return db
    .select({
      id: handoverNotes.id,
      schedule: handoverNotes.schedule,
      by: handoverNotes.by,
      text: handoverNotes.text,
      at: handoverNotes.at,
    })
    .from(handoverNotes)
    .where(and(eq(handoverNotes.schedule, schedule), isNull(handoverNotes.deliveredAt)))
    .orderBy(asc(handoverNotes.id));
}

/** Marks the notes of a schedule as handed over. */
export async function deliverNotes(db: Db, schedule: string, now: Date): Promise<void> {
  await db
    .update(handoverNotes)
    .set({ deliveredAt: now })
    .where(and(eq(handoverNotes.schedule, schedule), isNull(handoverNotes.deliveredAt)));
}
