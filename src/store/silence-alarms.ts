import { and, eq } from 'drizzle-orm';
import type { Db } from './db.ts';
import { silenceAlarms } from './schema/platforms.ts';

/** A message that waits at the platform and is sent by it should we fall silent. */
export type SilenceAlarm = typeof silenceAlarms.$inferSelect;

/** Every alarm that waits at a platform. */
export async function waitingAlarms(db: Db, platform: string): Promise<readonly SilenceAlarm[]> {
  return db.select().from(silenceAlarms).where(eq(silenceAlarms.platform, platform));
}

/** Writes down the alarm that waits now, in the place of the one before. */
export async function keepAlarm(db: Db, alarm: SilenceAlarm): Promise<void> {
  const { scheduledId, dueAt } = alarm;
  await db
    .insert(silenceAlarms)
    .values(alarm)
    .onConflictDoUpdate({
      target: [silenceAlarms.platform, silenceAlarms.roomId, silenceAlarms.about],
      set: { scheduledId, dueAt },
    });
}

/** Forgets an alarm that waits no longer; one that was put in its place meanwhile stays. */
export async function dropAlarm(
  db: Db,
  { platform, roomId, about, scheduledId }: SilenceAlarm,
): Promise<void> {
  await db
    .delete(silenceAlarms)
    .where(
      and(
        eq(silenceAlarms.platform, platform),
        eq(silenceAlarms.roomId, roomId),
        eq(silenceAlarms.about, about),
        eq(silenceAlarms.scheduledId, scheduledId),
      ),
    );
}
