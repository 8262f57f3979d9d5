import { chatEffects } from '../chat/effects/registry.ts';
import { showProblem } from '../config/problem.ts';
import type { Reload } from '../config/reload.ts';
import { keepRunningConfig } from '../store/running-configs.ts';
import { chatParts } from './chat-parts.ts';
import type { Parts, Shared } from './parts.ts';

/** What is said of a file that was refused. */
export const REFUSED = 'The configuration file was refused; the old one stays in force';

/** Reads the configuration again. A refused one leaves the old one in force, and the admins are told in their room. */
export async function reloadConfig(shared: Shared, { homes, metrics }: Parts): Promise<Reload> {
  const reload = await shared.config.reload();
  metrics.configReloaded(reload.kind !== 'refused');
  if (reload.kind === 'changed') await keepConfig(shared);
  if (reload.kind !== 'refused') return reload;
  const text = `${REFUSED}:\n${reload.problems.map(showProblem).join('\n')}`;
  const since = shared.options.clock.now();
  const tell = chatEffects(chatParts(shared, homes.home))['chat.tell_admins'];
  await tell(
    { type: 'chat.tell_admins', incidentId: null, text },
    { key: `config:${since.getTime()}`, attempt: 1, since },
  );
  return reload;
}

/** Keeps the text of the configuration in force. Without it others can only not say what a new one changes: no reason to stop. */
export async function keepConfig({ config, options }: Shared): Promise<void> {
  const { clock, logger, store } = options;
  await keepRunningConfig(store.db, config.current(), clock.now()).catch((err: unknown) =>
    logger.warn({ err }, 'The configuration could not be kept for comparisons'),
  );
}
