import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import type { Db, Store, StoreOptions } from './db.ts';
import { StoreError } from './db.ts';
import { lockFolder } from './folder-lock.ts';
import { MIGRATIONS } from './migrations.ts';

/**
 * Opens the embedded database in a folder, which no other process can open until it is closed; `:memory:` keeps nothing.
 * What was committed is in the files before the commit returns, so that a killed process loses nothing.
 */
export async function openPglite(options: StoreOptions): Promise<Store> {
  const dataDir = options.dataDir ?? 'data';
  const lock = dataDir === ':memory:' ? null : await prepare(dataDir, options);
  const client = await start(dataDir).catch(async (error: unknown) => {
    await lock?.release();
    throw new StoreError(
      `The embedded database in ${dataDir} cannot be opened: ${String(error)}. Check that the disk has space and that the folder can be written to; if it is damaged, restore it from a backup.`,
      { cause: error },
    );
  });
  const db = drizzle({ client });
  const common: Db = db;
  return {
    db: common,
    kind: 'pglite',
    listen: (channel, heard) => client.listen(channel, heard),
    migrate: async () => {
      await migrate(db, MIGRATIONS);
      await recountIncidents(db);
    },
    close: async () => {
      await client.close();
      await lock?.release();
    },
  };
}

/** A crash leaves the counter up to 32 ahead, and people would look for the incidents in between. Nobody else draws numbers here. */
async function recountIncidents(db: Db): Promise<void> {
  await db.execute(
    sql`select setval('incident_numbers', coalesce(max(id), 1), max(id) is not null) from incidents`,
  );
}

async function prepare(dataDir: string, options: StoreOptions) {
  await mkdir(dataDir, { recursive: true }).catch((error: unknown) => {
    throw new StoreError(
      `The data folder ${dataDir} cannot be made: ${String(error)}. Set DATA_DIR to a folder that can be written to.`,
      { cause: error },
    );
  });
  return lockFolder(dataDir, options.url ?? null);
}

function start(dataDir: string): Promise<PGlite> {
  return PGlite.create(dataDir === ':memory:' ? {} : { dataDir: join(dataDir, 'db') });
}
