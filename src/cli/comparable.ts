import type { Config } from '../config/config.ts';
import type { Env } from '../config/env.ts';
import { loadConfig, type Loaded } from '../config/load.ts';
import { showProblem } from '../config/problem.ts';
import { SOURCE_TYPES } from '../ingest/sources/registry.ts';
import { FailedError } from './verb.ts';

/** A configuration that can be compared. */
export interface Comparable {
  readonly config: Config;
  /** Variables that the file names and that are not set here; a stand-in took their place. */
  readonly unset: readonly string[];
}

/** Where a configuration's text came from, and the environment it is read in. */
export interface Origin {
  readonly file: string;
  readonly env: Env;
}

/** One of these suits every place that a secret can stand in. */
const STAND_INS = ['unset', 'https://unset.invalid', 'smtp://unset.invalid', 'unset@unset.invalid'];

/** Reads a configuration to compare it. Secrets that are not set here, as in CI, are no reason to refuse it. Throws FailedError with every other problem. */
export function loadComparable(text: string, { file, env }: Origin): Comparable {
  const load = (extra: Env): Loaded =>
    loadConfig(text, { env: { ...env, ...extra }, file, sourceTypes: SOURCE_TYPES });
  let loaded = load({});
  const unset = unsetIn(loaded);
  const extra: Record<string, string> = Object.fromEntries(unset.map((name) => [name, STAND_INS[0] ?? '']));
  if (unset.length > 0) loaded = load(extra);
  for (const name of unset) {
    for (const standIn of STAND_INS.slice(1)) {
      if ('config' in loaded) break;
      const tried = load({ ...extra, [name]: standIn });
      if (errorsOf(tried) >= errorsOf(loaded)) continue;
      extra[name] = standIn;
      loaded = tried;
    }
  }
  if ('config' in loaded) return { config: loaded.config, unset };
  const lines = loaded.problems.map((problem) => `  ${showProblem(problem)}`);
  throw new FailedError(`${file} does not load, so there is nothing to compare:\n${lines.join('\n')}`);
}

function unsetIn(loaded: Loaded): readonly string[] {
  const messages = 'problems' in loaded ? loaded.problems.map(({ message }) => message) : [];
  const names = messages.map((message) => /environment variable (\w+), which is not set/.exec(message)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))];
}

function errorsOf(loaded: Loaded): number {
  return 'config' in loaded ? 0 : loaded.problems.filter(({ severity }) => severity === 'error').length;
}
