import { loadComparable } from '../config/comparable.ts';
import { showProblem } from '../config/problem.ts';
import { compareDirectories } from '../domain/diff/compare.ts';
import type { Comparison } from '../domain/diff/comparison.ts';
import type { Range } from '../domain/diff/differences.ts';
import { createOverlay } from '../engine/overlay.ts';
import { SOURCE_TYPES } from '../ingest/sources/registry.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Store } from '../store/db.ts';
import { livingProcesses } from '../store/processes.ts';
import { findRunningConfigs } from '../store/running-configs.ts';
import { openCalendars, type OfConfig } from './calendars.ts';
import { overlayLayers } from './overlay-layers.ts';
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
  const after = read(text);
  if ('problem' in after) return after;
  const period = { now: options.clock.now(), from, to };
  return { comparison: compareDirectories(directory(), overlay.over(after.directory), period) };
}

/** What comparing at the database needs. */
export interface OutsideParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Compares at the database that the running processes share, with what the oldest of them runs with. */
export async function compareOutside(
  { store, clock, logger }: OutsideParts,
  { text, from, to }: Proposed,
): Promise<ComparedWithRunning> {
  const now = clock.now();
  const [oldest] = (await livingProcesses(store.db, now)).flatMap(({ configHash }) => configHash ?? []);
  if (oldest === undefined) return { problem: 'No bot is running on this database.' };
  const [running] = await findRunningConfigs(store.db, [oldest]);
  if (!running)
    return { problem: 'The running bots are of a version that keeps no copy of its configuration.' };
  const [before, after] = [read(running.text), read(text)];
  if ('problem' in before) return before;
  if ('problem' in after) return after;
  const calendars = openCalendars({ db: store.db, clock }, () => [before, after]);
  const overlay = createOverlay({
    store,
    logger,
    configured: () => before.directory,
    layers: overlayLayers(store.db, calendars),
  });
  await overlay.refresh();
  const [old, young] = [overlay.directory(), overlay.over(after.directory)];
  return { comparison: compareDirectories(old, young, { now, from, to }) };
}

function read(text: string): OfConfig | { readonly problem: string } {
  // What the secrets are makes no difference to who is on call.
  const loaded = loadComparable(text, { env: {}, file: 'firebell.yaml', sourceTypes: SOURCE_TYPES });
  if ('config' in loaded) return loaded.config;
  return { problem: loaded.problems.map(showProblem).join('\n') };
}
