import { drizzle } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';
import type { Db } from './db.ts';

/** One connection to Postgres. Once lost it stays lost: the driver would come back by itself, in the middle of a transaction. */
export interface Line {
  readonly db: Db;
  readonly ask: Ask;
  readonly isLost: () => boolean;
  /** Closes it; what is under way fails. */
  readonly drop: () => void;
  /** Closes it when what is under way has been answered. */
  readonly close: () => Promise<void>;
}

/** Sends a statement. The rows are objects, or arrays when `values()` is called at once, as drizzle does. */
export type Ask = (text: string, parameters?: Parameters<postgres.Sql['unsafe']>[1]) => Asked;
type Asked = Promise<unknown> & { readonly values: () => Promise<unknown> };

/** Makes the driver's client with a single connection; `onClosed` hears that it ended. */
export type Connect = (onClosed: () => void) => postgres.Sql;

/** A server that has said nothing for so long is gone, whatever the network pretends; it ends every statement earlier by itself. */
const LONGEST_SILENCE_MS = 40_000;

/**
 * Opens a line. The driver throws outside of every promise when a statement is sent on a connection that is gone, so nothing is sent
 * once it is: the statement fails instead.
 */
export function openLine(connect: Connect, onLost: () => void): Line {
  let lost = false;
  const failing = new Set<(error: Error) => void>();
  const drop = () => {
    if (lost) return;
    lost = true;
    // The driver forgets some of those that were under way.
    for (const fail of failing) fail(connectionLost());
    void client.end({ timeout: 0 });
    onLost();
  };
  const client = connect(drop);
  const answer = async (query: Promise<unknown>): Promise<unknown> => {
    const lostFirst = Promise.withResolvers<never>();
    failing.add(lostFirst.reject);
    const timer = setTimeout(drop, LONGEST_SILENCE_MS);
    try {
      return await Promise.race([query, lostFirst.promise]);
    } finally {
      clearTimeout(timer);
      failing.delete(lostFirst.reject);
    }
  };
  const open = openOnce(() => answer(client.unsafe('select 1')));
  const ask: Ask = (text, parameters) =>
    asked(async (asValues) => {
      if (!open.isDone()) await open.done();
      if (lost) throw connectionLost();
      const query = client.unsafe(text, parameters, { prepare: true });
      return answer(asValues ? query.values() : query);
    });
  return {
    db: dbThrough(ask, client.options),
    ask,
    isLost: () => lost,
    drop,
    close: () => client.end({ timeout: 5 }),
  };
}

/**
 * Whatever is to be sent while the connection is being made has to wait for it here: the driver would make another connection for
 * each that waits in its own queue when the first cannot be made, after we have forgotten this line.
 */
function openOnce(begin: () => Promise<unknown>) {
  let beginning: Promise<unknown> | null = null;
  let isDone = false;
  return {
    isDone: () => isDone,
    done: async (): Promise<void> => {
      await (beginning ??= begin());
      isDone = true;
    },
  };
}

/** A `Db` whose statements go this way. Drizzle sets up the reading of types in `options`. */
export function dbThrough(ask: Ask, options: object): Db {
  // All that drizzle uses of a client for statements; transactions are ours.
  const client = { options, unsafe: ask } as unknown as postgres.Sql;
  return drizzle({ client });
}

/** Starts in the next microtask, when it is known in which form the rows are wanted. */
export function asked(send: (asValues: boolean) => Promise<unknown>): Asked {
  let asValues = false;
  const answer = Promise.resolve().then(() => send(asValues));
  const values = () => {
    asValues = true;
    return answer;
  };
  return Object.assign(answer, { values });
}

function connectionLost(): Error {
  return Object.assign(new Error('the connection to Postgres was lost'), { code: 'CONNECTION_LOST' });
}
