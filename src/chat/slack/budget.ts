import type { Clock } from '../../lib/clock.ts';

/** So many calls in so many ms, wherever those begin. */
export interface Rate {
  readonly most: number;
  readonly inMs: number;
}

/** What is left of a rate. Whoever is told to come back has a turn kept for them, which whoever is less urgent does not take. */
export interface Budget {
  /** Whether a call of this priority may be sent now. */
  readonly hasRoom: (priority: number) => boolean;
  /** Counts a call that is sent now. */
  readonly take: (priority: number) => void;
  /** Keeps a turn for a call, behind all that are as urgent; answers in how many ms it comes. */
  readonly keepTurn: (priority: number) => number;
  /** Nothing may be sent for so long. */
  readonly pause: (ms: number) => void;
}

interface Turn {
  readonly at: number;
  readonly priority: number;
}

/** Whoever had a turn and has not come by then needs it no more. */
const KEPT_MS = 5_000;

/** Counts by this clock. */
export function createBudget({ most, inMs }: Rate, clock: Clock): Budget {
  let sent: readonly number[] = [];
  let turns: readonly Turn[] = [];
  let pausedUntil = -Infinity;
  let seen = -Infinity;

  /** Forgets what does not count any more; all of it when the clock was put back, since nothing fits together then. */
  function look(): number {
    const now = clock.now().getTime();
    if (now < seen) [sent, turns, pausedUntil] = [[], [], -Infinity];
    seen = now;
    sent = sent.filter((at) => at > now - inMs);
    turns = turns.filter(({ at }) => at > now - KEPT_MS);
    return now;
  }

  /** Somebody comes whose turn it is: the one who has waited longest, as far as anybody can tell. */
  function giveUpTurn(now: number, priority: number): void {
    const mine = turns.find((turn) => turn.priority === priority && turn.at <= now);
    turns = turns.filter((turn) => turn !== mine);
  }

  return {
    hasRoom: (priority) => {
      const now = look();
      const before = turns.filter((turn) => turn.at <= now && turn.priority > priority).length;
      return now >= pausedUntil && sent.length + before < most;
    },
    take: (priority) => {
      const now = look();
      giveUpTurn(now, priority);
      sent = [...sent, now];
    },
    keepTurn: (priority) => {
      const now = look();
      giveUpTurn(now, priority);
      const ahead = turns.filter((turn) => turn.priority >= priority).length;
      const unused = Array.from({ length: most - sent.length }, () => now - inMs);
      const freed = ([...unused, ...sent][ahead % most] ?? now) + inMs * (1 + Math.floor(ahead / most));
      const at = Math.max(freed, pausedUntil, now + 1);
      turns = [...turns, { at, priority }].toSorted((a, b) => a.at - b.at);
      return at - now;
    },
    pause: (ms) => {
      pausedUntil = Math.max(pausedUntil, look() + ms);
    },
  };
}
