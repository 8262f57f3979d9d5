import type { Stopwatch } from '../../src/lib/stopwatch.ts';

/** A stopwatch that stands still until it is moved. */
export interface FakeStopwatch extends Stopwatch {
  /** Lets so much time pass; what falls due meanwhile happens in its order, at its own moment. */
  readonly passes: (ms: number) => void;
  /** How many sleep. While nobody does, whoever is watched is at work, and time should wait for them. */
  readonly sleepers: () => number;
}

interface Due {
  at: number;
  readonly what: () => void;
}

/** Makes one. */
export function fakeStopwatch(): FakeStopwatch {
  let now = 0;
  const waiting = new Set<Due>();
  let sleepers = 0;
  const add = (ms: number, what: () => void): Due => {
    const due = { at: now + Math.max(0, ms), what };
    waiting.add(due);
    return due;
  };
  const next = (until: number): Due | undefined =>
    [...waiting].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true || ms <= 0) return resolve(signal?.aborted !== true);
        const wake = (isOver: boolean): void => {
          if (waiting.delete(due)) sleepers -= 1;
          resolve(isOver);
        };
        const due = add(ms, () => wake(true));
        sleepers += 1;
        signal?.addEventListener('abort', () => wake(false), { once: true });
      }),
    every: (ms, what) => {
      const due = add(ms, () => {
        due.at += ms;
        what();
      });
      return () => void waiting.delete(due);
    },
    passes: (ms) => {
      const until = now + ms;
      for (let due = next(until); due; due = next(until)) {
        now = due.at;
        due.what();
      }
      now = until;
    },
    sleepers: () => sleepers,
  };
}
