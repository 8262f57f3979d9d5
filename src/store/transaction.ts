import { setTimeout as wait } from 'node:timers/promises';
import { backoffMs } from '../lib/backoff.ts';
import type { Db } from './db.ts';
import { fateOf, isConnectionFailure } from './failure.ts';
import type { Fate } from './failure.ts';

/** After so many tries the failure is the caller's. */
const TRIES: Readonly<Record<Fate, number>> = { try_again: 12, away: 6, refused: 1, unknown: 1 };
/** Longest first waits: two that deadlocked come back at once, a server that restarts takes a second or two. */
const BASE_MS: Readonly<Record<Fate, number>> = { try_again: 10, away: 150, refused: 0, unknown: 0 };

/** Runs a statement that may be said twice, and again for a second or two while the connection is lost; `onLost` is called each time it is. */
export async function untilBack<T>(
  statement: () => PromiseLike<T>,
  onLost: () => void = () => undefined,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await statement();
    } catch (error) {
      if (isConnectionFailure(error)) onLost();
      if (attempt >= TRIES.away || !isConnectionFailure(error)) throw error;
      await wait(backoffMs(attempt, { baseMs: BASE_MS.away, maxMs: 1_000, random: Math.random }));
    }
  }
}

/**
 * Runs the work in a transaction, and again when it surely was not committed and may succeed: a deadlock, a serialization failure, a
 * lost connection. A commit whose outcome is unknown is not repeated: the error is thrown, and the caller finds out.
 */
export async function inTransaction<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    let committing = false;
    try {
      return await db.transaction(async (tx) => {
        const result = await work(tx);
        committing = true;
        return result;
      });
    } catch (error) {
      const fate = fateOf(error, committing);
      if (attempt >= TRIES[fate]) throw error;
      await wait(backoffMs(attempt, { baseMs: BASE_MS[fate], maxMs: 1_000, random: Math.random }));
    }
  }
}
