import { keepRunningConfig } from '../store/running-configs.ts';
import type { Shared } from './parts.ts';

/** Keeps the text of the configuration in force. Without it others can only not say what a new one changes: no reason to stop. */
export async function keepConfig({ config, options }: Shared): Promise<void> {
  const { clock, logger, store } = options;
  await keepRunningConfig(store.db, config.current(), clock.now()).catch((err: unknown) =>
    logger.warn({ err }, 'The configuration could not be kept for comparisons'),
  );
}
