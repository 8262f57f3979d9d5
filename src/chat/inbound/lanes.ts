/** Runs what has the same lane one after the other; null stands alone. */
export interface Lanes {
  readonly run: (lane: string | null, job: () => Promise<void>) => Promise<void>;
  /** Answers when nothing runs any more. */
  readonly idle: () => Promise<void>;
}

/** Makes lanes; one that nothing runs in is forgotten. */
export function createLanes(): Lanes {
  const tails = new Map<string, Promise<void>>();
  const inHand = new Set<Promise<void>>();

  async function after(before: Promise<void> | undefined, job: () => Promise<void>): Promise<void> {
    await before;
    await job();
  }

  return {
    run: async (lane, job) => {
      const running = after(lane === null ? undefined : tails.get(lane), job);
      inHand.add(running);
      if (lane !== null) tails.set(lane, running);
      try {
        await running;
      } finally {
        inHand.delete(running);
        if (lane !== null && tails.get(lane) === running) tails.delete(lane);
      }
    },
    idle: async () => {
      while (inHand.size > 0) await Promise.allSettled(inHand);
    },
  };
}
