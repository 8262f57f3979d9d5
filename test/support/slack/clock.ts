import { SYSTEM_CLOCK } from '../../../src/lib/clock.ts';
import type { Clock } from '../../../src/lib/clock.ts';

/** The time of the workspace and what is due in it. */
export interface SlackClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Runs `what` after so many ms unless it is called off. */
  readonly after: (ms: number, what: () => void) => CallOff;
  /** Runs what has become due. A clock that goes by itself needs none of this. */
  readonly catchUp: () => void;
  readonly stop: () => void;
}

export type CallOff = () => void;

/** The machine's clock when none is given, else one that a test moves: what is due then happens at `catchUp`. */
export function slackClock(clock?: Clock): SlackClock {
  return clock === undefined ? goingClock() : movedClock(clock);
}

function goingClock(): SlackClock {
  const timers = new Set<NodeJS.Timeout>();
  return {
    now: () => SYSTEM_CLOCK.now().getTime(),
    after: (ms, what) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        what();
      }, ms);
      timers.add(timer);
      return () => {
        clearTimeout(timer);
        timers.delete(timer);
      };
    },
    catchUp: () => undefined,
    stop: () => timers.forEach((timer) => clearTimeout(timer)),
  };
}

function movedClock(clock: Clock): SlackClock {
  const now = (): number => clock.now().getTime();
  const waiting = new Set<{ readonly due: number; readonly what: () => void }>();
  const next = () => [...waiting].filter(({ due }) => due <= now()).sort((a, b) => a.due - b.due)[0];
  return {
    now,
    after: (ms, what) => {
      const one = { due: now() + ms, what };
      waiting.add(one);
      return () => void waiting.delete(one);
    },
    catchUp: () => {
      for (let one = next(); one; one = next()) {
        waiting.delete(one);
        one.what();
      }
    },
    stop: () => waiting.clear(),
  };
}
