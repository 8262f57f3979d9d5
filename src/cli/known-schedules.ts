import { schedulesOutside } from '../app/outside.ts';
import type { CalendarConfig } from '../config/config.ts';
import type { NamedSchedule } from '../domain/directory.ts';
import { findAdminAccess } from '../ingest/admin-file.ts';
import { askForSchedules } from '../ingest/remote-schedules.ts';
import { SYSTEM_CLOCK } from '../lib/clock.ts';
import { createLogger } from '../lib/logger.ts';
import { requireConfig } from './load-config.ts';
import { environmentOf, openDatabase } from './open.ts';
import { UsageError, type Io } from './verb.ts';

/** The schedules that a call is answered from. */
export interface KnownSchedules {
  readonly schedules: ReadonlyMap<string, NamedSchedule>;
  /** Those whose shifts are missing from the schedules. */
  readonly calendars: readonly CalendarConfig[];
}

/**
 * The schedules as the running bots know them; those of the configuration alone when a file is named, or when no bot answers, which is
 * said: whoever asks at night must get an answer also when the pager is down. Throws FailedError when there is no good configuration.
 */
export async function knownSchedules(io: Io, file: string | undefined): Promise<KnownSchedules> {
  const known = file === undefined ? await askBots(io) : { why: '' };
  if ('schedules' in known) return { schedules: known.schedules, calendars: [] };
  const { directory, calendars } = await requireConfig(io, file);
  io.err(
    `${known.why}By the file alone: overrides, swaps and absences made in chat or on the web are not in it.\n`,
  );
  return { schedules: directory.schedules, calendars };
}

type Answered = Pick<KnownSchedules, 'schedules'> | { readonly why: string };

async function askBots(io: Io): Promise<Answered> {
  try {
    const environment = environmentOf(io);
    if (environment.DATABASE_URL !== undefined) return { schedules: await atDatabase(io) };
    const access = await findAdminAccess(environment.DATA_DIR);
    if (access === null) return { why: `No bot is running on the data folder ${environment.DATA_DIR}. ` };
    return await atBot(access);
  } catch (error) {
    // Words of the call that are wrong stay wrong; everything else is no reason to leave the question open.
    if (error instanceof UsageError) throw error;
    return { why: `The database does not answer: ${reasonOf(error)}. ` };
  }
}

async function atBot(access: Parameters<typeof askForSchedules>[0]): Promise<Answered> {
  try {
    const schedules = await askForSchedules(access);
    return { schedules: new Map(schedules.map((schedule) => [schedule.id, schedule])) };
  } catch (error) {
    return { why: `The bot at ${access.url} does not answer: ${reasonOf(error)}. ` };
  }
}

async function atDatabase(io: Io): Promise<KnownSchedules['schedules']> {
  const store = await openDatabase(environmentOf(io));
  try {
    const parts = { store, clock: SYSTEM_CLOCK, logger: createLogger({ level: 'silent' }) };
    return await schedulesOutside(parts, () => requireConfig(io));
  } finally {
    await store.close();
  }
}

function reasonOf(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  return words.replace(/\.$/, '');
}
