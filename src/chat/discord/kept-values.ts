import { createHash } from 'node:crypto';
import type { Clock } from '../../lib/clock.ts';
import type { Db } from '../../store/db.ts';
import { findPlatformValue, keepPlatformValue } from '../../store/platform-values.ts';

/** Values of buttons and forms that are too long for what a component of Discord carries. */
export interface KeptValues {
  /** The short key of a value, the same for the same value. It is in the database once `settled` answers. */
  readonly keep: (value: string) => string;
  /** Keeps a value under a key of the caller's, in place of what was there. */
  readonly keepUnder: (key: string, value: string) => void;
  readonly settled: () => Promise<void>;
  /** The value of a key; null when it is not known any more. */
  readonly find: (key: string) => Promise<string | null>;
}

const REMEMBERED = 1_000;

/** Keeps values in the database, and the newest of them in memory for when it is away. */
export function createKeptValues(db: Db, clock: Clock): KeptValues {
  const known = new Map<string, string>();
  let saving: Promise<unknown> = Promise.resolve();
  const keepUnder = (key: string, value: string): void => {
    if (known.get(key) === value) return;
    known.delete(key);
    known.set(key, value);
    const [oldest] = known.keys();
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
    saving = Promise.allSettled([saving, keepPlatformValue(db, { key, value, at: clock.now() })]);
  };
  return {
    keep: (value) => {
      const key = createHash('sha256').update(value).digest('base64url').slice(0, 24);
      keepUnder(key, value);
      return key;
    },
    keepUnder,
    settled: async () => {
      await saving;
    },
    find: async (key) => known.get(key) ?? findPlatformValue(db, key),
  };
}
