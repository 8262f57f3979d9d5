import type { Clock } from '../../../lib/clock.ts';

const BURST = 60;
const PER_SECOND = 20;
const MOST_KEPT = 10_000;

/** How fast one session may write. */
export interface Pace {
  /** Takes one turn; false when there is none left. */
  readonly allows: (who: string) => boolean;
}

/** Lets each session write sixty times at once, then twenty times a second: more than people do, less than a script wants. */
export function createPace(clock: Clock): Pace {
  const turns = new Map<string, { readonly left: number; readonly at: number }>();
  return {
    allows(who) {
      const now = clock.now().getTime();
      const before = turns.get(who) ?? { left: BURST, at: now };
      const left = Math.min(BURST, before.left + (Math.max(0, now - before.at) / 1000) * PER_SECOND);
      // Forgetting everybody is kinder than remembering without end.
      if (turns.size > MOST_KEPT) turns.clear();
      turns.set(who, { left: Math.max(0, left - 1), at: now });
      return left >= 1;
    },
  };
}
