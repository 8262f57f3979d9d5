import { setTimeout as wait } from 'node:timers/promises';

const PATIENCE_MS = 30_000;

/** Looks again and again until something is to be seen. Throws after half a minute, naming what was waited for. */
export async function eventually<T>(what: string, find: () => T | null | undefined, everyMs = 5): Promise<T> {
  for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await wait(everyMs)) {
    const found = find();
    if (found !== null && found !== undefined) return found;
  }
  throw new Error(`waited in vain for ${what}`);
}
