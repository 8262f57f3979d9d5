import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { Logger } from '../lib/logger.ts';

/** A connection or a transaction: every function of the store takes either, so that all of them compose. */
export type Db = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/** An open database with Firebell's tables in it. */
export interface Store {
  readonly db: Db;
  /** `pglite` is embedded: one process, one connection. */
  readonly kind: 'postgres' | 'pglite';
  /**
   * Calls back at every notification of the channel, and once more after a lost connection is back, since some may have been missed.
   * Answers with the way to stop.
   */
  readonly listen: (channel: string, heard: (payload: string) => void) => Promise<() => Promise<void>>;
  /** Applies the migrations that are missing, one process at a time. */
  readonly migrate: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** How a store is opened. */
export interface StoreOptions {
  /** Postgres 15 or newer; without it PGlite in `dataDir`. */
  readonly databaseUrl?: string | undefined;
  /** Folder of the embedded database, or `:memory:`. Default `data`. */
  readonly dataDir?: string | undefined;
  /** Connections to Postgres at most, two for listening and migrating aside. Default 10. */
  readonly poolSize?: number | undefined;
  /** Where this process can be reached, shown to whoever tries to open the same folder. */
  readonly url?: string | undefined;
  readonly logger?: Logger | undefined;
}

/** A store that cannot be opened, in words for whoever started the program. */
export class StoreError extends Error {}

/** Tells every process that listens on the channel, at commit. */
export async function notify(db: Db, channel: string, payload = ''): Promise<void> {
  await db.execute(sql`select pg_notify(${channel}, ${payload})`);
}

/** The rows of a statement written by hand. Names and types are the caller's promise. */
export async function rowsOf<Row>(db: Db, statement: SQL): Promise<readonly Row[]> {
  // One driver answers with the rows, the other with an object that has them; the common type says neither.
  const result = (await db.execute(statement)) as readonly Row[] | { readonly rows: readonly Row[] };
  return 'rows' in result ? result.rows : result;
}
