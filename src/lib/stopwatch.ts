import { setTimeout as wait } from 'node:timers/promises';

/** Time as those need it who wait and watch: how much has passed, not what o'clock it is. Tests bring one that they move. */
export interface Stopwatch {
  /** Milliseconds since some moment; never goes backwards. */
  readonly now: () => number;
  /** Answers true after so many ms, and false as soon as the signal is aborted. Keeps no process alive. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<boolean>;
  /** Does something again and again, until it is called off. */
  readonly every: (ms: number, what: () => void) => () => void;
}

/** The machine's. */
export const SYSTEM_STOPWATCH: Stopwatch = {
  now: () => performance.now(),
  sleep: (ms, signal) =>
    wait(Math.max(0, ms), true, { ref: false, ...(signal && { signal }) }).catch(() => false),
  every: (ms, what) => {
    const timer = setInterval(what, ms);
    return () => clearInterval(timer);
  },
};
