import type { Config } from './config.ts';
import type { Env } from './env.ts';
import { loadConfig, type Loaded, type LoadContext } from './load.ts';
import type { Problem } from './problem.ts';

/** A configuration that can be compared. */
export interface Comparable {
  readonly config: Config;
  readonly warnings: readonly Problem[];
  /** Variables that the file names and that are not set here; a stand-in took their place. */
  readonly unset: readonly string[];
}

/** One of these suits every place that a secret can stand in. */
const STAND_INS = [
  'not-set-here',
  'https://unset.invalid',
  'smtp://unset.invalid',
  'unset@unset.invalid',
] as const;

/** Reads a configuration to compare it, never to run with it: secrets that are not set here, as in CI, are no reason to refuse it. */
export function loadComparable(
  text: string,
  context: LoadContext,
): Comparable | { readonly problems: readonly Problem[] } {
  const load = (extra: Env): Loaded => loadConfig(text, { ...context, env: { ...context.env, ...extra } });
  const first = load({});
  const unset = unsetIn(first);
  const loaded = unset.length === 0 ? first : load(findStandIns(unset, load));
  return 'config' in loaded ? { ...loaded, unset } : loaded;
}

// Which of them a place takes is tried out, one variable after the other.
function findStandIns(unset: readonly string[], load: (extra: Env) => Loaded): Env {
  let extra: Env = Object.fromEntries(unset.map((name) => [name, STAND_INS[0]]));
  let least = errorsOf(load(extra));
  for (const name of unset) {
    for (const standIn of STAND_INS) {
      if (least === 0) return extra;
      const tried = { ...extra, [name]: standIn };
      const errors = errorsOf(load(tried));
      if (errors < least) [extra, least] = [tried, errors];
    }
  }
  return extra;
}

function unsetIn(loaded: Loaded): readonly string[] {
  const messages = 'problems' in loaded ? loaded.problems.map(({ message }) => message) : [];
  const names = messages.map((message) => /environment variable (\w+), which is not set/.exec(message)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))];
}

function errorsOf(loaded: Loaded): number {
  return 'config' in loaded ? 0 : loaded.problems.filter(({ severity }) => severity === 'error').length;
}
