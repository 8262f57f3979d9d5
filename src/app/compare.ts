import { compareDirectories } from '../domain/diff/compare.ts';
import type { Comparison } from '../domain/diff/comparison.ts';
import type { Range } from '../domain/diff/differences.ts';
import { findRunning, overlayOutside, readOfConfig, type OutsideParts } from './outside.ts';
import type { Shared } from './parts.ts';

/** What a new configuration changes against what is running, with the overrides of the database over both; or why that cannot be said. */
export type ComparedWithRunning = { readonly comparison: Comparison } | { readonly problem: string };

/** A new configuration as its file has it, and the time to look at. */
export interface Proposed extends Range {
  readonly text: string;
}

/** Compares within the process that runs. */
export function compareInside(
  { overlay, directory, options }: Shared,
  { text, from, to }: Proposed,
): ComparedWithRunning {
  const after = readOfConfig(text);
  if ('problem' in after) return after;
  const period = { now: options.clock.now(), from, to };
  return { comparison: compareDirectories(directory(), overlay.over(after.directory), period) };
}

/** Compares at the database that the running processes share, with what the oldest of them runs with. */
export async function compareOutside(
  parts: OutsideParts,
  { text, from, to }: Proposed,
): Promise<ComparedWithRunning> {
  const [before, after] = [await findRunning(parts), readOfConfig(text)];
  if ('problem' in before) return before;
  if ('problem' in after) return after;
  const overlay = await overlayOutside(parts, [before, after]);
  const [old, young] = [overlay.directory(), overlay.over(after.directory)];
  return { comparison: compareDirectories(old, young, { now: parts.clock.now(), from, to }) };
}
