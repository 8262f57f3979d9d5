import { setTimeout as pass } from 'node:timers/promises';

/** One look never uses up more of the patience: a machine that stood still meanwhile is no reason to lose it. */
const A_LOOK_MS = 1_000;

/** Looks every so many ms until it is well; answers with what was seen last, or null when it was well in time. */
export async function unlessWell<T>(
  look: () => Promise<T>,
  isWell: (seen: T) => boolean,
  { everyMs, withinMs }: { readonly everyMs: number; readonly withinMs: number },
): Promise<T | null> {
  for (let spent = 0; ;) {
    const began = Date.now();
    const seen = await look();
    if (isWell(seen)) return null;
    if (spent >= withinMs) return seen;
    await pass(everyMs);
    spent += Math.min(A_LOOK_MS, Date.now() - began);
  }
}
