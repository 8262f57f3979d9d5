import { z } from 'zod';
import { Schedule } from '../domain/schedule/schedule.ts';
import type { AdminAccess } from './admin-file.ts';

const KnownSchedule = z.object({ id: z.string(), name: z.string(), schedule: Schedule }).readonly();
/** A schedule as a running bot knows it. */
export type KnownSchedule = z.infer<typeof KnownSchedule>;

const Known = z.object({ schedules: z.array(KnownSchedule) });
// Short: whoever asks who is on call has the file to fall back on, and no time.
const PATIENCE_MS = 5_000;

/** Asks a running bot for its schedules, with what people have changed; throws when it does not answer. */
export async function askForSchedules({ url, key }: AdminAccess): Promise<readonly KnownSchedule[]> {
  const response = await fetch(new URL('/admin/schedules', url), {
    headers: { authorization: `Bearer ${key}` },
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) throw new Error(`it answered ${response.status}`);
  return Known.parse(await response.json()).schedules;
}
