import type { Clock } from '../lib/clock.ts';

/** Work that others make way for when there is a rush of it. */
export type Urgent = 'timers' | 'pages' | 'alerts';

/** Who goes first in a process that has more to do than it can: what is due, then pages, then everything else. */
export interface RightOfWay {
  /** Said by whoever takes so much on. */
  readonly took: (what: Urgent, count: number) => void;
  /** How many of a pool's `size` hands may work now: always one at least, so that nothing ever stands still. */
  readonly hands: (kind: 'pages' | 'rest' | 'looks', size: number) => number;
}

/** So much within a window is a rush: far more than a quiet day brings, far less than a process can do. */
const RUSH = { timers: 10, pages: 8, alerts: 100 } as const;
const WINDOW_MS = 100;
/** A rush is over when nothing of it came for so long. */
const LASTS_MS = 250;
/** Pages that go out beside a rush of timers, each of which may be a page that has yet to begin. */
const PAGES_BESIDE_TIMERS = 4;

/** Knows what is urgent by what was taken on lately. */
export function createRightOfWay(clock: Clock): RightOfWay {
  const timers = createRush(RUSH.timers);
  const pages = createRush(RUSH.pages);
  const alerts = createRush(RUSH.alerts);
  const rushes = { timers, pages, alerts };
  return {
    took: (what, count) => rushes[what].add(count, clock.now().getTime()),
    hands: (kind, size) => {
      const now = clock.now().getTime();
      if (kind === 'pages') return timers.isOn(now) ? Math.min(size, PAGES_BESIDE_TIMERS) : size;
      if (!timers.isOn(now) && !pages.isOn(now) && !alerts.isOn(now)) return size;
      return 1;
    },
  };
}

function createRush(many: number) {
  let windowFrom = -Infinity;
  let count = 0;
  let until = -Infinity;
  return {
    add: (more: number, now: number) => {
      // A clock that was set back opens a new window too.
      if (Math.abs(now - windowFrom) > WINDOW_MS) {
        windowFrom = now;
        count = 0;
      }
      count += more;
      if (count >= many) until = now + LASTS_MS;
    },
    isOn: (now: number) => now < until && until - now <= LASTS_MS,
  };
}
