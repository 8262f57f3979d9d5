/** Wakes whoever waits for it. A ring while nobody waits is kept for the next who does. */
export interface Bell {
  readonly ring: () => void;
  /** Answers at the next ring, or after so many ms. */
  readonly wait: (ms: number) => Promise<void>;
}

/** Makes a bell. */
export function createBell(): Bell {
  let rung = false;
  let wake: (() => void) | null = null;
  return {
    ring: () => {
      rung = true;
      wake?.();
    },
    wait: async (ms) => {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      wake = null;
      rung = false;
    },
  };
}
