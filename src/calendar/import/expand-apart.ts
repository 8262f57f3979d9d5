import { Worker } from 'node:worker_threads';
import type { Expanded, Wanted } from './expand.ts';

/** What became of working a calendar out. The reason goes on after the calendar's name. */
export type Apart =
  | ({ readonly kind: 'expanded' } & Expanded)
  | { readonly kind: 'refused'; readonly reason: string };

const LONGEST_MS = 15_000;
const MOST_MEMORY_MB = 256;

/**
 * Works a calendar out in a thread of its own, with a limit in time and memory: rules that never find a day, or a text made to be slow,
 * must not keep pages waiting. Never throws.
 */
export function expandApart(text: string, wanted: Wanted, longestMs: number = LONGEST_MS): Promise<Apart> {
  const worker = new Worker(new URL('./expand-worker.ts', import.meta.url), {
    workerData: { text, wanted },
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
    // What a test runner added for itself is nothing for this thread.
    execArgv: [],
  });
  return new Promise((resolve) => {
    const settle = (outcome: Apart) => {
      clearTimeout(limit);
      resolve(outcome);
      void worker.terminate();
    };
    const refuse = (reason: string) => settle({ kind: 'refused', reason });
    const limit = setTimeout(
      () => refuse(`takes longer than ${Math.round(longestMs / 1000)} s to work out`),
      longestMs,
    );
    // Only our own worker posts here.
    worker.once('message', (outcome: Apart) => settle(outcome));
    worker.once('error', (error) => refuse(`cannot be worked out: ${error.message.slice(0, 200)}`));
  });
}
