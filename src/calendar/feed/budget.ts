import type { Clock } from '../../lib/clock.ts';

/** How many look-ups of unknown addresses are made. */
export interface Budget {
  /** Takes one; false when there is none left for now. */
  readonly take: () => boolean;
  /** Puts one back: the address was known. */
  readonly give: () => void;
}

/** A budget of so many at once, which fills up again evenly over a minute. */
export function createBudget(perMinute: number, clock: Clock): Budget {
  let left = perMinute;
  let at = clock.now().getTime();
  return {
    take: () => {
      const now = clock.now().getTime();
      left = Math.min(perMinute, left + (Math.max(0, now - at) / 60_000) * perMinute);
      at = now;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
    give: () => {
      left = Math.min(perMinute, left + 1);
    },
  };
}
