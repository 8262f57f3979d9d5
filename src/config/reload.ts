import type { Config } from './config.ts';
import type { Loaded } from './load.ts';
import type { Problem } from './problem.ts';

/** What a reload came to. Refused: the old configuration stays in force. */
export type Reload =
  | { readonly kind: 'changed' | 'same'; readonly config: Config; readonly warnings: readonly Problem[] }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** The configuration in force. A bad file never replaces a good one. */
export interface ConfigHolder {
  readonly current: () => Config;
  /** Reads the file again. Reloads that overlap run one after the other. */
  readonly reload: () => Promise<Reload>;
  /** What was wrong with the file when it was last read; empty when what is in force is what the file says. */
  readonly problems: () => readonly Problem[];
  /** Calls `listener` after every change; answers with the way to stop. */
  readonly onChange: (listener: (now: Config, before: Config) => void) => () => void;
}

/** What a holder needs. */
export interface HolderDeps {
  /** Reads the file anew; a rejection counts as a problem of the file. */
  readonly read: () => Promise<Loaded>;
  /** Told of every file that was refused, to tell the admins. */
  readonly onRefused: (problems: readonly Problem[]) => void;
}

/** Holds a configuration that has loaded. */
export function holdConfig(first: Config, { read, onRefused }: HolderDeps): ConfigHolder {
  const listeners = new Set<(now: Config, before: Config) => void>();
  let config = first;
  let problems: readonly Problem[] = [];
  let running: Promise<unknown> = Promise.resolve();

  const reload = async (): Promise<Reload> => {
    const loaded = await read().catch((error: unknown) => unreadable(config.file, error));
    if ('problems' in loaded) {
      problems = loaded.problems;
      onRefused(problems);
      return { kind: 'refused', problems };
    }
    problems = [];
    const before = config;
    const { warnings } = loaded;
    if (loaded.config.hash === before.hash) return { kind: 'same', config, warnings };
    config = loaded.config;
    for (const listener of listeners) listener(config, before);
    return { kind: 'changed', config, warnings };
  };

  return {
    current: () => config,
    reload: () => {
      const next = running.then(reload);
      // Whoever asked hears of a failure; the next reload runs all the same.
      running = next.catch(() => undefined);
      return next;
    },
    problems: () => problems,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function unreadable(file: string, error: unknown): Loaded {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `The file cannot be read: ${reason}.`;
  return { problems: [{ severity: 'error', file, path: '', message, line: 1, column: 1 }] };
}
