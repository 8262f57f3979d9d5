import { readEnvironment } from '../config/environment.ts';
import type { Environment } from '../config/environment.ts';
import { StoreError } from '../store/db.ts';
import type { Store } from '../store/db.ts';
import { openStore } from '../store/open-store.ts';
import { FailedError, UsageError } from './verb.ts';
import type { Io } from './verb.ts';

/** The settings from the environment; a wrong one is a usage error that names it. */
export function environmentOf(io: Io): Environment {
  const read = readEnvironment(io.env);
  if ('problems' in read) throw new UsageError(read.problems.join('\n'));
  return read.environment;
}

/** Opens the database of the environment, migrated; one that cannot be opened is a failure in words. */
export async function openDatabase(environment: Environment, url: string | null = null): Promise<Store> {
  try {
    return await openStore({
      databaseUrl: environment.DATABASE_URL,
      dataDir: environment.DATA_DIR,
      ...(url === null ? {} : { url }),
    });
  } catch (error) {
    if (error instanceof StoreError) throw new FailedError(error.message);
    throw error;
  }
}
