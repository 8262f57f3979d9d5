import { createBell } from '../lib/bell.ts';

/** A loop of the engine. */
export interface Loop {
  readonly start: () => void;
  /** Finishes what is in hand and starts nothing new. */
  readonly stop: () => Promise<void>;
  readonly wake: () => void;
  /** Does one round of what is due and says how much there was. For tests, which bring their own clock. */
  readonly tick: () => Promise<number>;
}

interface Rounds {
  /** Does what is due and answers how many ms there are until the next round. Never throws. */
  readonly round: () => Promise<number>;
  readonly tick: Loop['tick'];
}

/** Makes a loop of one round after the other, each begun sooner by whoever wakes it. */
export function createLoop({ round, tick }: Rounds): Loop {
  const bell = createBell();
  let running: Promise<void> | null = null;
  let stopping = false;

  async function run(): Promise<void> {
    while (!stopping) {
      const wait = await round();
      if (wait > 0 && !stopping) await bell.wait(wait);
    }
  }

  return {
    start: () => {
      stopping = false;
      running ??= run();
    },
    stop: async () => {
      stopping = true;
      bell.ring();
      await running;
      running = null;
    },
    wake: bell.ring,
    tick,
  };
}
