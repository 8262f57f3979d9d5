import { randomUUID } from 'node:crypto';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Store } from '../store/db.ts';
import { failingRoutines, finishRoutine, releaseRoutines, takeRoutine } from '../store/routines.ts';

/** Work that is due by the clock and about no single incident. Safe to run twice: a run may be taken over half-way. */
export interface Routine {
  readonly name: string;
  readonly everyMs: number;
  readonly run: (now: Date) => Promise<void>;
}

/** The routines of one process. Any number of processes may have them: one at a time runs each. */
export interface Routines {
  readonly start: () => Promise<void>;
  /** Finishes what is in hand and starts nothing new. */
  readonly stop: () => Promise<void>;
  /** Runs all that are due, one after the other, and says how many there were. For tests, which bring their own clock. */
  readonly tick: () => Promise<number>;
  /** Whether the newest run of each went well, in any process. */
  readonly condition: () => Promise<{ readonly ok: boolean; readonly detail: string }>;
}

interface RoutineParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A run that takes longer may be taken over by another process. */
const LEASE_MS = 5 * 60_000;
const LOOK_MS = 1_000;

/** Runs routines when they are due. A failure is logged, shown, and never the end of the others. */
export function createRoutines(parts: RoutineParts, routines: readonly Routine[]): Routines {
  const { store, logger } = parts;
  const holder = randomUUID();
  /** When this process asks the database again whether a routine is due. */
  const askAt = new Map<string, number>();
  let looking: NodeJS.Timeout | undefined;
  let inHand: Promise<unknown> = Promise.resolve();
  let isBusy = false;
  let isStopping = false;

  async function look(): Promise<void> {
    for (const routine of routines) {
      const now = performance.now();
      if (isStopping) return;
      if ((askAt.get(routine.name) ?? 0) > now) continue;
      askAt.set(routine.name, now + routine.everyMs);
      await runIfDue(parts, routine, holder).catch((err: unknown) =>
        logger.warn({ err, routine: routine.name }, 'A routine could not be taken; trying again'),
      );
    }
  }

  function beginLook(): void {
    if (isBusy) return;
    isBusy = true;
    inHand = look().finally(() => {
      isBusy = false;
    });
  }

  return {
    start: async () => {
      isStopping = false;
      // The embedded database has one process: whoever held these is gone.
      if (store.kind === 'pglite') await releaseRoutines(store.db);
      looking = setInterval(beginLook, LOOK_MS);
    },
    stop: async () => {
      isStopping = true;
      clearInterval(looking);
      await inHand;
    },
    tick: async () => {
      let count = 0;
      for (const routine of routines) if (await runIfDue(parts, routine, holder)) count += 1;
      return count;
    },
    condition: async () => {
      const failing = await failingRoutines(store.db);
      const detail = failing.map(({ name, failure }) => `${name}: ${failure ?? 'failed'}`).join('; ');
      return { ok: failing.length === 0, detail: detail || 'all went well' };
    },
  };
}

async function runIfDue(
  { store, clock, logger }: RoutineParts,
  { name, everyMs, run }: Routine,
  holder: string,
): Promise<boolean> {
  const now = clock.now();
  if (!(await takeRoutine(store.db, { name, holder, now, everyMs, leaseMs: LEASE_MS }))) return false;
  let failure: string | null = null;
  try {
    await run(now);
  } catch (err) {
    failure = err instanceof Error ? err.message : String(err);
    logger.error({ err, routine: name }, 'A routine failed; it is tried again when it is next due');
  }
  await finishRoutine(store.db, { name, holder, now: clock.now(), failure });
  return true;
}
