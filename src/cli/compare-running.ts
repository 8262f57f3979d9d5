import { compareOutside, type ComparedWithRunning, type Proposed } from '../app/compare.ts';
import { findAdminAccess } from '../ingest/admin-file.ts';
import { askToCompare } from '../ingest/remote-compare.ts';
import type { Clock } from '../lib/clock.ts';
import { createLogger } from '../lib/logger.ts';
import { environmentOf, openDatabase } from './open.ts';
import { FailedError, type Io } from './verb.ts';

/** What a new configuration changes against what the bots of the environment run with, or why that cannot be said. Throws FailedError when none is found. */
export async function compareWithRunning(
  proposed: Proposed,
  io: Io,
  clock: Clock,
): Promise<ComparedWithRunning> {
  const environment = environmentOf(io);
  if (environment.DATABASE_URL !== undefined) {
    const store = await openDatabase(environment);
    try {
      return await compareOutside({ store, clock, logger: createLogger({ level: 'error' }) }, proposed);
    } finally {
      await store.close();
    }
  }
  const access = await findAdminAccess(environment.DATA_DIR);
  if (access === null) throw new FailedError(`No bot is running on the data folder ${environment.DATA_DIR}.`);
  return askToCompare(access, proposed).catch((error: unknown) => {
    throw new FailedError(
      `The bot at ${access.url} does not answer: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
}
