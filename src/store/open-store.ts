import type { Store, StoreOptions } from './db.ts';

/**
 * Opens the database: Postgres when there is a URL, else PGlite in the data folder. The tables are there when it returns.
 * Throws StoreError with what to do when it cannot.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { databaseUrl } = options;
  const store = databaseUrl ? await onPostgres({ ...options, databaseUrl }) : await onPglite(options);
  try {
    await store.migrate();
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

// Loaded when it is needed: whoever starts the program waits for every module, and nobody needs both databases.
async function onPostgres(options: StoreOptions & { readonly databaseUrl: string }): Promise<Store> {
  const { openPostgres } = await import('./postgres.ts');
  return openPostgres(options);
}

async function onPglite(options: StoreOptions): Promise<Store> {
  const { openPglite } = await import('./pglite.ts');
  return openPglite(options);
}
