import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Store } from '../store/db.ts';
import { releaseAllLeases, releaseLeasesOf } from '../store/outbox.ts';
import { forgetOldProcesses, forgetProcesses, processesOfHost, saveProcess } from '../store/processes.ts';
import type { ProcessRow } from '../store/processes.ts';

/** What a process says about itself. */
export type About = Omit<ProcessRow, 'startedAt' | 'seenAt'>;

/** A process showing the others that it lives. */
export interface Presence {
  /** Takes over at once what processes of this host held that are gone, instead of waiting for their leases to run out. */
  readonly begin: () => Promise<void>;
  readonly end: () => Promise<void>;
}

const BEAT_MS = 5_000;

/** Shows the presence of a process; `about` is asked at every beat. */
export function createPresence(
  store: Store,
  { about, clock, logger }: { readonly about: () => About; readonly clock: Clock; readonly logger: Logger },
): Presence {
  const startedAt = clock.now();
  let beating: NodeJS.Timeout | undefined;

  async function beat(): Promise<void> {
    try {
      await saveProcess(store.db, { ...about(), startedAt, seenAt: clock.now() });
    } catch (err) {
      logger.warn({ err }, 'This process could not say that it lives');
    }
  }

  return {
    begin: async () => {
      await inherit(store, about());
      await forgetOldProcesses(store.db, clock.now());
      await beat();
      beating = setInterval(() => void beat(), BEAT_MS);
    },
    end: async () => {
      clearInterval(beating);
      await forgetProcesses(store.db, [about().id]).catch((err: unknown) =>
        logger.warn({ err }, 'This process could not say goodbye'),
      );
    },
  };
}

async function inherit(store: Store, { id, host, pid }: About): Promise<void> {
  if (store.kind === 'pglite') return releaseAllLeases(store.db);
  const siblings = await processesOfHost(store.db, host);
  const gone = siblings
    .filter((one) => one.id !== id && (one.pid === pid || !isAlive(one.pid)))
    .map((one) => one.id);
  await releaseLeasesOf(store.db, gone);
  await forgetProcesses(store.db, gone);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
