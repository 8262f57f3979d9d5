import type { Signal } from '../domain/alert/signal.ts';
import type { InMind, Taken } from '../store/inbox.ts';

/** Too many alerts of a source wait to be decided: whoever posts has to come back. */
export class OverloadedError extends Error {}

/** What this process has written down and nobody is known to have decided, for each source. */
export interface Backlog {
  /** Throws OverloadedError when a source has too many. */
  readonly check: (signals: readonly Signal[]) => void;
  readonly add: (id: number, signals: readonly Signal[]) => void;
  readonly remove: (taken: Pick<Taken, 'ids' | 'signals'>) => void;
  /** Saves reading again what this process has written down itself. */
  readonly inMind: InMind;
  /** The connection was lost: behind the next one may be a copy of the database that never had the last alerts, and gives their ids anew. */
  readonly forget: () => void;
  /** Nothing waits any more, whoever decided it. */
  readonly clear: () => void;
}

/** So many of one source may wait: a few seconds' worth, so that a storm of one monitor keeps the others' alerts no longer than that. */
const MOST_OF_A_SOURCE = 20_000;

/** Makes an empty one. */
export function createBacklog(): Backlog {
  const waiting = new Map<string, number>();
  const inMind = new Map<number, readonly Signal[]>();
  const change = (signals: readonly Signal[], by: 1 | -1) => {
    for (const { source } of signals) waiting.set(source, Math.max(0, (waiting.get(source) ?? 0) + by));
  };
  return {
    check: (signals) => {
      const source = signals.find((signal) => (waiting.get(signal.source) ?? 0) >= MOST_OF_A_SOURCE)?.source;
      if (source !== undefined)
        throw new OverloadedError(`${MOST_OF_A_SOURCE} alerts of ${source} wait to be decided`);
    },
    add: (id, signals) => {
      inMind.set(id, signals);
      change(signals, 1);
    },
    remove: ({ ids, signals }) => {
      for (const id of ids) inMind.delete(id);
      change(signals, -1);
    },
    inMind,
    forget: () => inMind.clear(),
    clear: () => {
      waiting.clear();
      inMind.clear();
    },
  };
}
