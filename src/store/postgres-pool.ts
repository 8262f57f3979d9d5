import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';
import type { Db } from './db.ts';
import { isConnectionFailure } from './failure.ts';

/** Connections to one Postgres, as a `Db`. */
export interface Pool {
  readonly db: Db;
  readonly close: () => Promise<void>;
}

/** Makes the driver's client; `onClosed` hears of every connection that ends without our asking. */
export type Connect = (onClosed: () => void) => postgres.Sql;

/** Time for what is under way on the other connections of a client that is being replaced. */
const FAREWELL_S = 30;

/**
 * A pool that survives lost connections. The driver can leave a connection that broke while it was being written to unusable for ever,
 * and it ends the process when a transaction speaks on a connection that is gone. So after every loss the whole client is replaced,
 * and transactions run on a reserved connection, on which nothing more is said once it failed.
 */
export function createPool(connect: Connect): Pool {
  let current: postgres.Sql | null = null;
  let closed = false;
  const leaving = new Set<Promise<void>>();

  function client(): postgres.Sql {
    if (current) return current;
    const fresh = connect(() => retire(fresh));
    current = fresh;
    return fresh;
  }

  function retire(lost: postgres.Sql): void {
    if (closed || current !== lost) return;
    current = null;
    const farewell = lost.end({ timeout: FAREWELL_S }).finally(() => leaving.delete(farewell));
    leaving.add(farewell);
  }

  return {
    db: dbOver(client),
    close: async () => {
      closed = true;
      await Promise.all([current?.end({ timeout: 5 }), ...leaving]);
    },
  };
}

function dbOver(client: () => postgres.Sql): Db {
  const first = client();
  // What drizzle takes from a client: its options, once, and `unsafe` for every query.
  const always = Object.assign(Object.create(first) as postgres.Sql, {
    options: first.options,
    unsafe: ((...query: Parameters<postgres.Sql['unsafe']>) =>
      client().unsafe(...query)) as postgres.Sql['unsafe'],
  });
  const db: Db = drizzle({ client: always });
  const transaction: Db['transaction'] = async (work) => {
    const reserved = await client().reserve();
    // The statements of a transaction are always the same few: prepared, each is one trip to the server and not two.
    const prepared = Object.assign(Object.create(reserved) as postgres.Sql, {
      options: client().options,
      unsafe: ((text, values, options) =>
        reserved.unsafe(text, values, { ...options, prepare: true })) as postgres.Sql['unsafe'],
    });
    const single: Db = drizzle({ client: prepared });
    return runTransaction(single, reserved, work);
  };
  return Object.assign(db, { transaction });
}

type Work<T> = (tx: Parameters<Parameters<Db['transaction']>[0]>[0]) => Promise<T>;

async function runTransaction<T>(single: Db, reserved: postgres.ReservedSql, work: Work<T>): Promise<T> {
  try {
    await single.execute(sql`begin`);
    // All that the store uses of a transaction is what it shares with a connection.
    const result = await work(single as Parameters<Work<T>>[0]);
    await single.execute(sql`commit`);
    reserved.release();
    return result;
  } catch (error) {
    if (!isConnectionFailure(error)) await takeBack(single, reserved);
    throw error;
  }
}

/** A connection that is lost is not given back: the pool has let go of it by itself. */
async function takeBack(single: Db, reserved: postgres.ReservedSql): Promise<void> {
  try {
    await single.execute(sql`rollback`);
    reserved.release();
  } catch (error) {
    if (!isConnectionFailure(error)) throw error;
  }
}
