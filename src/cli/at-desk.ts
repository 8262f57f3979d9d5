import { findAdminAccess } from '../ingest/admin-file.ts';
import { remoteDesk } from '../ingest/remote-desk.ts';
import { deskAt } from '../ingest/desk.ts';
import type { Desk } from '../ingest/desk.ts';
import { SYSTEM_CLOCK } from '../lib/clock.ts';
import { StoreError } from '../store/db.ts';
import { openStore } from '../store/open-store.ts';
import { environmentOf } from './open.ts';
import { FailedError } from './verb.ts';
import type { Io } from './verb.ts';

/** Opens the database; when a running bot holds it, asks that bot. */
export async function atDesk(io: Io, work: (desk: Desk) => Promise<number>): Promise<number> {
  const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir } = environmentOf(io);
  const store = await openStore({ databaseUrl, dataDir }).catch((error: unknown) => {
    if (error instanceof StoreError) return error;
    throw error;
  });
  if (!(store instanceof StoreError)) {
    try {
      return await work(deskAt(store.db, SYSTEM_CLOCK));
    } finally {
      await store.close();
    }
  }
  const access = databaseUrl ? null : await findAdminAccess(dataDir);
  if (!access) throw new FailedError(store.message);
  try {
    return await work(remoteDesk(access));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new FailedError(`${store.message}\nThe bot at ${access.url} was asked instead, and failed: ${why}`);
  }
}
