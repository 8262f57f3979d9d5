import type { Clock } from '../lib/clock.ts';
import type { Db } from '../store/db.ts';
import { claimWindow, readBundle, saveBundle, waitingAttempts } from '../store/page-bundles.ts';
import type { Bundles } from './bundle.ts';

/** What bundling over a database works with. */
export interface StoreBundleParts {
  readonly db: Db;
  readonly clock: Clock;
  /** How long further pages wait for each other; 0 bundles nothing. Asked every time. */
  readonly windowMs: () => number;
}

/** One message tells of no more pages than this; the others come with the next one. */
const MOST = 50;

/** Bundling over a database that several processes may share. */
export function storeBundles({ db, clock, windowMs }: StoreBundleParts): Bundles {
  return {
    claim: async (box) =>
      windowMs() === 0 ? null : claimWindow(db, box, { now: clock.now(), windowMs: windowMs() }),
    waiting: async (box, but) => (windowMs() === 0 ? [] : waitingAttempts(db, box, { but, limit: MOST - 1 })),
    save: (bundle, members) => saveBundle(db, bundle, members),
    read: (bundle) => readBundle(db, bundle),
  };
}
