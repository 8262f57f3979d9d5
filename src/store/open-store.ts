import type { Store, StoreOptions } from './db.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';

/**
 * Opens the database: Postgres when there is a URL, else PGlite in the data folder. The tables are there when it returns.
 * Throws StoreError with what to do when it cannot.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { databaseUrl } = options;
  const store = databaseUrl ? await openPostgres({ ...options, databaseUrl }) : await openPglite(options);
  try {
    await store.migrate();
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}
