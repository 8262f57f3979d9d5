import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import type { Db, Store, StoreOptions } from './db.ts';
import { StoreError } from './db.ts';
import { MIGRATIONS } from './migrations.ts';
import { createListener } from './postgres-listener.ts';
import { sqlStateOf } from './failure.ts';

const OLDEST = 15;
/** Any number, the same in every process. */
const MIGRATION_LOCK = 4_218_631_907;

/** Opens a pool of connections to Postgres. Throws StoreError when it cannot be reached or is too old. */
export async function openPostgres(options: StoreOptions & { readonly databaseUrl: string }): Promise<Store> {
  const config = {
    connectionString: options.databaseUrl,
    application_name: 'firebell',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    statement_timeout: 30_000,
    // Of the client, for a server that is gone without a word.
    query_timeout: 35_000,
    idle_in_transaction_session_timeout: 60_000,
  };
  const pool = new pg.Pool({ ...config, max: options.poolSize ?? 10, idleTimeoutMillis: 30_000 });
  // A connection that breaks while nobody uses it is replaced by the pool; without a listener it would end the process.
  pool.on('error', (err) => options.logger?.warn({ err }, 'A connection to Postgres was lost'));
  pool.on('connect', (client) => client.on('error', () => {}));
  await checkVersion(pool).catch(async (error: unknown) => {
    await pool.end();
    throw error;
  });
  const listener = createListener(config, options.logger);
  return {
    db: safely(pool),
    kind: 'postgres',
    listen: listener.listen,
    migrate: () => migrateAlone(config),
    close: async () => {
      await listener.close();
      await pool.end();
    },
  };
}

/** drizzle's own `transaction` keeps the connection for ever when `begin` fails, and hands a broken one back to the pool. */
function safely(pool: pg.Pool): Db {
  const db: Db = drizzle({ client: pool });
  const transaction: Db['transaction'] = async (work, config) => {
    const client = await pool.connect();
    let broken = false;
    try {
      const single: Db = drizzle({ client });
      return await single.transaction(work, config);
    } catch (error) {
      broken = sqlStateOf(error) === null;
      throw error;
    } finally {
      client.release(broken);
    }
  };
  return Object.assign(db, { transaction });
}

async function checkVersion(pool: pg.Pool): Promise<void> {
  const found = await pool.query('show server_version_num').catch((error: unknown) => {
    const reason = error instanceof AggregateError ? error.errors.join('; ') : String(error);
    throw new StoreError(
      `Postgres does not answer: ${reason}. Check DATABASE_URL and that the server runs.`,
      { cause: error },
    );
  });
  const row: unknown = found.rows[0];
  const number = Number(Object.values(row ?? {})[0]);
  if (number < OLDEST * 10_000) {
    throw new StoreError(
      `Firebell needs Postgres ${OLDEST} or newer; this server is ${Math.floor(number / 10_000)}. Upgrade it, or leave DATABASE_URL out to use the embedded database.`,
    );
  }
}

async function migrateAlone(config: pg.ClientConfig): Promise<void> {
  // Another process may be migrating for longer than a query may take.
  const client = new pg.Client({ ...config, statement_timeout: 0, query_timeout: 0 });
  client.on('error', () => {});
  await client.connect();
  try {
    const db = drizzle({ client });
    await db.execute(sql`set client_min_messages = warning`);
    await db.execute(sql`select pg_advisory_lock(${MIGRATION_LOCK})`);
    // The lock goes with the connection.
    await migrate(db, MIGRATIONS);
  } finally {
    await client.end();
  }
}
