import type { Clock } from '../../../src/lib/clock.ts';

/** A clock that runs faster than the world's, and by which the bot's processes and the test can agree on the time. */
export interface FastClock extends Clock {
  /** The course of the clock, as a process is told it. */
  readonly course: () => string;
  /** Puts it forward, or back. */
  readonly jump: (ms: number) => void;
  readonly factor: number;
}

/** Starts a clock at an instant. */
export function startClock(from: Date, factor: number): FastClock {
  const realMs = Date.now();
  let clockMs = from.getTime();
  return {
    factor,
    now: () => new Date(clockMs + (Date.now() - realMs) * factor),
    course: () => JSON.stringify({ realMs, clockMs, factor }),
    jump: (ms) => {
      clockMs += ms;
    },
  };
}
