import { setTimeout as wait } from 'node:timers/promises';

/** How often something is begun, and for how long. */
export interface Pace {
  readonly perSecond: number;
  readonly forMs: number;
}

/** Begins something at an even pace, whether or not what was begun before is over; answers when all of it is. */
export async function paced<T>(
  { perSecond, forMs }: Pace,
  begin: (n: number) => Promise<T>,
): Promise<readonly T[]> {
  const began = performance.now();
  const all: Promise<T>[] = [];
  for (let n = 0; n < (perSecond * forMs) / 1000; n += 1) {
    await wait(Math.max(0, began + (n * 1000) / perSecond - performance.now()));
    all.push(begin(n));
  }
  return Promise.all(all);
}
