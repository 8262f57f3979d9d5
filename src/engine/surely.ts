import { setTimeout as wait } from 'node:timers/promises';
import { backoffMs } from '../lib/backoff.ts';
import { isConnectionFailure } from '../store/failure.ts';

/** For about a minute: longer than a database takes to restart. */
const TRIES = 30;

/**
 * Does work that may safely be done twice, and again while the database is away. What came of an effect is worth waiting for:
 * forgetting it would do the effect a second time.
 */
export async function surely<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === TRIES || !isConnectionFailure(error)) throw error;
      await wait(backoffMs(attempt, { baseMs: 200, maxMs: 4_000, random: Math.random }));
    }
  }
}
