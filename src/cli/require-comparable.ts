import { loadComparable, type Comparable } from '../config/comparable.ts';
import type { Env } from '../config/env.ts';
import { showProblem } from '../config/problem.ts';
import { SOURCE_TYPES } from '../ingest/sources/registry.ts';
import { FailedError } from './verb.ts';

/** A configuration to compare; secrets need not be set. Throws FailedError with every other problem. */
export function requireComparable(
  text: string,
  { file, env }: { readonly file: string; readonly env: Env },
): Comparable {
  const loaded = loadComparable(text, { file, env, sourceTypes: SOURCE_TYPES });
  if ('config' in loaded) return loaded;
  const lines = loaded.problems.map((problem) => `  ${showProblem(problem)}`);
  throw new FailedError(`${file} does not load, so there is nothing to compare:\n${lines.join('\n')}`);
}
