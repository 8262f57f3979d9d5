import type { Directory } from '../domain/directory.ts';
import type { Logger } from '../lib/logger.ts';
import type { Db, Store } from '../store/db.ts';
import { notify } from '../store/db.ts';

/** One kind of fact in the database that changes what the configuration says. */
export interface OverlayLayer {
  readonly name: string;
  /** Reads the facts, and answers with what they make of a directory: a pure function. */
  readonly load: () => Promise<(directory: Directory) => Directory>;
}

/** The one answer: the configuration with everything laid over it that the database knows. */
export interface Overlay {
  /** As it was last read; never waits. The same object until something changes. */
  readonly directory: () => Directory;
  /** What the same facts, as they were last read, make of another configuration. */
  readonly over: (configured: Directory) => Directory;
  /** Reads all facts anew. A layer that cannot be read keeps its last good copy, and the failure is logged. */
  readonly refresh: () => Promise<void>;
  /** Listens for changes by other processes, and looks every few seconds in case one was missed. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Whether every layer could be read when it was last tried. */
  readonly condition: () => { readonly ok: boolean; readonly detail: string };
}

/** What an overlay is made of. */
export interface OverlayParts {
  readonly store: Store;
  readonly logger: Logger;
  readonly configured: () => Directory;
  /** Applied in this order. */
  readonly layers: readonly OverlayLayer[];
}

/** Channel on which processes tell each other that a layer has changed. */
const OVERLAY_CHANNEL = 'firebell_overlay';
const POLL_MS = 10_000;

type Change = (directory: Directory) => Directory;

/** Lays the database's facts over the configured directory. Refresh it once before it is asked. */
export function createOverlay({ store, logger, configured, layers }: OverlayParts): Overlay {
  const changes = new Map<string, Change>();
  const failures = new Map<string, string>();
  let memo: { readonly base: Directory; readonly overlaid: Directory } | null = null;
  let running: Promise<void> = Promise.resolve();
  let polling: NodeJS.Timeout | undefined;
  let deafen: (() => Promise<void>) | undefined;

  async function loadLayer({ name, load }: OverlayLayer): Promise<void> {
    try {
      changes.set(name, await load());
      failures.delete(name);
    } catch (err) {
      failures.set(name, err instanceof Error ? err.message : String(err));
      logger.error(
        { err, layer: name },
        'What the database says about schedules could not be read; the last copy stays',
      );
    }
  }

  async function load(): Promise<void> {
    for (const layer of layers) await loadLayer(layer);
    memo = null;
  }

  const over = (base: Directory): Directory =>
    layers.reduce((directory, { name }) => changes.get(name)?.(directory) ?? directory, base);

  const refresh = (): Promise<void> => {
    // One after the other: whoever asks gets an answer that is at least as new as the question.
    running = running.then(load);
    return running;
  };

  return {
    directory: () => {
      const base = configured();
      if (memo?.base !== base) {
        memo = { base, overlaid: over(base) };
      }
      return memo.overlaid;
    },
    over,
    refresh,
    start: async () => {
      deafen = await store.listen(OVERLAY_CHANNEL, () => void refresh());
      polling = setInterval(() => void refresh(), POLL_MS);
    },
    stop: async () => {
      clearInterval(polling);
      await deafen?.();
      await running;
    },
    condition: () => ({
      ok: failures.size === 0,
      detail: [...failures].map(([name, why]) => `${name}: ${why}`).join('; ') || 'as the database says',
    }),
  };
}

/** Tells the other processes, at commit, that a layer has changed. */
export async function overlayChanged(tx: Db, kind: Store['kind']): Promise<void> {
  if (kind === 'postgres') await notify(tx, OVERLAY_CHANNEL);
}
