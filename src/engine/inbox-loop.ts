import { setTimeout as pause } from 'node:timers/promises';
import { isConnectionFailure } from '../store/failure.ts';
import { inboxSize } from '../store/inbox.ts';
import type { Taken } from '../store/inbox.ts';
import type { Backlog } from './backlog.ts';
import { decideOldest } from './decide-oldest.ts';
import type { Receive } from './decide-oldest.ts';
import type { EngineParts } from './engine-parts.ts';
import type { Loop } from './loop.ts';

/** Decides what is in the inbox, whoever put it there. */
export interface InboxLoop extends Loop {
  /** True while there may be alerts in the inbox that came before those that come now. */
  readonly isBusy: () => boolean;
  /** Answers when the inbox is empty, or the database away. */
  readonly idle: () => Promise<void>;
}

/** What the loop works with. */
export interface InboxPorts {
  readonly receive: Receive;
  readonly backlog: Backlog;
}

/** A transaction takes so many alerts out: the more, the less each costs, and the longer the others' commits wait. */
const MOST_AT_ONCE = 1_000;
/** Between two transactions of a storm. What comes meanwhile is decided together, which costs far less than one after the other. */
const PAUSE_MS = 200;
/** The inbox is looked at after so long at the latest: another process may have died over it. */
const SAFETY_MS = 1_000;

/** Makes the loop. It works when it is woken, started or not. */
export function createInboxLoop(parts: EngineParts, { receive, backlog }: InboxPorts): InboxLoop {
  let running: Promise<number> | null = null;
  let wanted = false;
  let isOn = false;
  let timer: NodeJS.Timeout | undefined;

  async function drain(): Promise<number> {
    let count = 0;
    while (wanted) {
      wanted = false;
      const taken = await round(parts, receive);
      backlog.remove(taken);
      count += taken.signals.length;
      if (taken.more) wanted = true;
      else if (!wanted) backlog.clear();
      if (wanted && isOn && taken.signals.length < MOST_AT_ONCE) await pause(PAUSE_MS);
    }
    return count;
  }

  async function run(): Promise<number> {
    try {
      return await drain();
    } catch (err) {
      parts.logger.error({ err }, 'The inbox of alerts could not be decided; trying again');
      backlog.forget();
      wanted = false;
      return 0;
    } finally {
      running = null;
      // Somebody may have come since the last look.
      if (wanted) wake();
    }
  }

  function wake(): void {
    wanted = true;
    running ??= run();
  }

  return {
    wake,
    isBusy: () => running !== null,
    idle: async () => {
      while (running) await running;
    },
    start: () => {
      isOn = true;
      timer = setInterval(() => void (running ?? look(parts, wake)), SAFETY_MS);
      wake();
    },
    stop: async () => {
      isOn = false;
      clearInterval(timer);
      while (running) await running;
    },
    tick: async () => {
      wake();
      let count = 0;
      while (running) count += await running;
      return count;
    },
  };
}

/** Decides many at once or, when that fails, the oldest alone. */
async function round(parts: EngineParts, receive: Receive): Promise<Taken> {
  try {
    return await receive([], MOST_AT_ONCE);
  } catch (error) {
    if (isConnectionFailure(error)) throw error;
    return decideOldest(parts, receive);
  }
}

async function look({ store, logger }: EngineParts, wake: () => void): Promise<void> {
  try {
    if ((await inboxSize(store.db)) > 0) wake();
  } catch (err) {
    logger.warn({ err }, 'The inbox of alerts could not be looked at; trying again');
  }
}
