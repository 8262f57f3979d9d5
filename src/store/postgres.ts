import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import type { Store, StoreOptions } from './db.ts';
import { StoreError } from './db.ts';
import { MIGRATIONS } from './migrations.ts';
import { createListener } from './postgres-listener.ts';
import { createPool } from './postgres-pool.ts';

const OLDEST = 15;
/** Any number, the same in every process. */
const MIGRATION_LOCK = 4_218_631_907;
/** Longest pause between two tries to reach a server that is away, in seconds: it may be back at any moment. */
const LONGEST_PAUSE_S = 1;

/** Opens a pool of connections to Postgres. Throws StoreError when it cannot be reached or is too old. */
export async function openPostgres(options: StoreOptions & { readonly databaseUrl: string }): Promise<Store> {
  const url = options.databaseUrl;
  await checkVersion(url);
  const pool = createPool((onClosed) => connect(url, { max: 1, onClosed }), options.poolSize ?? 20);
  const listener = createListener((hearing) => connect(url, { max: 1, ...hearing }));
  return {
    db: pool.db,
    kind: 'postgres',
    listen: listener.listen,
    migrate: () => migrateAlone(url),
    close: async () => {
      await Promise.all([listener.close(), pool.close()]);
    },
  };
}

interface Limits {
  readonly max: number;
  /** None for migrations, which wait for one another. */
  readonly statementMs?: number;
  readonly onClosed?: () => void;
  readonly onNotify?: (channel: string, payload: string) => void;
}

function connect(url: string, { max, statementMs = 30_000, onClosed, onNotify }: Limits): postgres.Sql {
  return postgres(url, {
    max,
    connect_timeout: 5,
    // Connections end only when they are lost or when we close, so that every other end is a loss.
    idle_timeout: 0,
    max_lifetime: null,
    keep_alive: 15,
    backoff: (attempt) => Math.min(LONGEST_PAUSE_S, 0.1 * 2 ** attempt) * (0.5 + Math.random() / 2),
    // No column is an array; and when the question for their types fails, the driver rejects a promise that nobody holds.
    fetch_types: false,
    onnotice: () => undefined,
    ...(onClosed && { onclose: onClosed }),
    ...(onNotify && { onnotify: onNotify }),
    connection: {
      application_name: 'firebell',
      statement_timeout: statementMs,
      idle_in_transaction_session_timeout: 60_000,
    },
  });
}

async function checkVersion(url: string): Promise<void> {
  const client = connect(url, { max: 1 });
  try {
    const [row] = await client`show server_version_num`;
    const number = Number(row?.['server_version_num']);
    if (number < OLDEST * 10_000) throw tooOld(number);
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const reason = error instanceof AggregateError ? error.errors.join('; ') : String(error);
    throw new StoreError(
      `Postgres does not answer: ${reason}. Check DATABASE_URL and that the server runs.`,
      {
        cause: error,
      },
    );
  } finally {
    await client.end({ timeout: 1 });
  }
}

function tooOld(number: number): StoreError {
  const version = Math.floor(number / 10_000);
  return new StoreError(
    `Firebell needs Postgres ${OLDEST} or newer; this server is ${version}. Upgrade it, or leave DATABASE_URL out to use the embedded database.`,
  );
}

async function migrateAlone(url: string): Promise<void> {
  // Another process may be migrating for longer than a statement may take otherwise.
  const client = connect(url, { max: 1, statementMs: 0 });
  try {
    const db = drizzle({ client });
    await db.execute(sql`select pg_advisory_lock(${MIGRATION_LOCK})`);
    // The lock goes with the connection.
    await migrate(db, MIGRATIONS);
  } finally {
    await client.end({ timeout: 5 });
  }
}
