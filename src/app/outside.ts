import { loadComparable } from '../config/comparable.ts';
import { showProblem } from '../config/problem.ts';
import type { NamedSchedule } from '../domain/directory.ts';
import { createOverlay, type Overlay } from '../engine/overlay.ts';
import { SOURCE_TYPES } from '../ingest/sources/registry.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Store } from '../store/db.ts';
import { livingProcesses } from '../store/processes.ts';
import { findRunningConfigs } from '../store/running-configs.ts';
import { openCalendars, type OfConfig } from './calendars.ts';
import { overlayLayers } from './overlay-layers.ts';

/** What a look at the database from outside of the running processes needs. */
export interface OutsideParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Why something cannot be said, in sentences. */
interface Unsaid {
  readonly problem: string;
}

/** What the oldest of the processes that share the database runs with, or why that is not known. */
export async function findRunning({ store, clock }: OutsideParts): Promise<OfConfig | Unsaid> {
  const [oldest] = (await livingProcesses(store.db, clock.now())).flatMap(
    ({ configHash }) => configHash ?? [],
  );
  if (oldest === undefined) return { problem: 'No bot is running on this database.' };
  const [running] = await findRunningConfigs(store.db, [oldest]);
  return running
    ? readOfConfig(running.text)
    : { problem: 'The running bots are of a version that keeps no copy of its configuration.' };
}

/** Reads a configuration without its secrets: they make no difference to who is on call. */
export function readOfConfig(text: string): OfConfig | Unsaid {
  const loaded = loadComparable(text, { env: {}, file: 'firebell.yaml', sourceTypes: SOURCE_TYPES });
  if ('config' in loaded) return loaded.config;
  return { problem: loaded.problems.map(showProblem).join('\n') };
}

/** What the database lays over the first of these configurations, read once. */
export async function overlayOutside(
  { store, clock, logger }: OutsideParts,
  configs: readonly [OfConfig, ...OfConfig[]],
): Promise<Overlay> {
  const calendars = openCalendars({ db: store.db, clock }, () => configs);
  const overlay = createOverlay({
    store,
    logger,
    configured: () => configs[0].directory,
    layers: overlayLayers(store.db, calendars),
  });
  await overlay.refresh();
  return overlay;
}

/**
 * The schedules as the running bots know them, with the overrides of the database; where none runs, those of the configuration that is
 * handed in, with the same overrides. Throws when the database does not say all of them.
 */
export async function schedulesOutside(
  parts: OutsideParts,
  readConfig: () => Promise<OfConfig>,
): Promise<ReadonlyMap<string, NamedSchedule>> {
  const running = await findRunning(parts);
  const overlay = await overlayOutside(parts, ['problem' in running ? await readConfig() : running]);
  const { ok, detail } = overlay.condition();
  if (!ok) throw new Error(`the database did not say everything: ${detail}`);
  return overlay.directory().schedules;
}
