import type { Config } from '../config/config.ts';
import type { Loaded } from '../config/load.ts';
import { showProblem } from '../config/problem.ts';
import { findConfigFile, readConfigFile, type ConfigPath } from '../config/read-file.ts';
import { SOURCES } from '../ingest/sources/registry.ts';
import { FailedError, type Io } from './verb.ts';

/** A configuration file as it was found, and what is in it. */
export interface FoundConfig {
  readonly found: ConfigPath;
  readonly loaded: Loaded;
}

/** Finds and reads the configuration of a call. Throws FailedError when there is no such file. */
export async function findConfig(io: Io, named?: string): Promise<FoundConfig> {
  const found = await findConfigFile(io.env, named);
  try {
    const sourceTypes = SOURCES.map(({ name }) => name);
    return { found, loaded: await readConfigFile(found.path, { env: io.env, sourceTypes }) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FailedError(`cannot read ${found.path}${reasonOf(found)}: ${reason}`, { cause: error });
  }
}

/** The configuration of a call. Throws FailedError with every problem when it is not a good one. */
export async function requireConfig(io: Io, named?: string): Promise<Config> {
  const { found, loaded } = await findConfig(io, named);
  if ('config' in loaded) return loaded.config;
  const lines = loaded.problems.map((problem) => `  ${showProblem(problem)}`);
  throw new FailedError(`${found.path}${reasonOf(found)} does not load:\n${lines.join('\n')}`);
}

/** Why it is this file, in brackets; nothing when the call named it. */
export function reasonOf({ because }: ConfigPath): string {
  switch (because) {
    case 'named':
      return '';
    case 'environment':
      return ' (from CONFIG)';
    case 'here':
      return ' (in this folder)';
    case 'example':
      return ' (the built-in example, because there is no firebell.yaml here)';
  }
}
