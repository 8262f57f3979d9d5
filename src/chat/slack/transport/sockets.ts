import { backoffMs } from '../../../lib/backoff.ts';
import type { SlackConfig } from '../../../config/config.ts';
import type { Hear } from './inbound.ts';
import { openSocket } from './socket.ts';
import type { Socket } from './socket.ts';
import type { Logger } from '../../../lib/logger.ts';

/** How one of the connections is. */
export interface SlotState {
  readonly up: boolean;
  readonly since: Date;
  /** Why it is not up; null while it is. */
  readonly trouble: string | null;
}

/** The connections of one process. */
export interface Sockets {
  readonly start: () => void;
  /** Opens all of them anew, one after the other, with these tokens. */
  readonly take: (config: SlackConfig) => void;
  readonly stop: () => Promise<void>;
  readonly states: () => readonly SlotState[];
}

interface SocketsOptions {
  readonly hear: Hear;
  /** A connection is up after there was none: what was said meanwhile was not heard. */
  readonly hearsAgain: () => void;
  readonly logger: Logger;
  readonly now: () => Date;
}

const BACKOFF = { baseMs: 500, maxMs: 30_000, random: Math.random };
/** However the dice fall, a failing Slack is not asked more often than this by one connection. */
const LEAST_WAIT_MS = 250;
/** A connection that ends sooner may be one too many: coming back at once would throw out another. */
const BRIEF_MS = 5_000;

/** Keeps connections open, each looked after by itself: one that Slack renews is replaced before it is closed. */
export function createSockets(first: SlackConfig, options: SocketsOptions): Sockets {
  const current = { config: first };
  const slots: readonly Slot[] = Array.from({ length: first.sockets }, () =>
    createSlot(current, options, () => {
      if (slots.every((slot) => !slot.state().up)) options.hearsAgain();
    }),
  );
  return {
    start: () => slots.forEach((slot) => slot.start()),
    take: (config) => {
      current.config = config;
      slots.forEach((slot) => slot.renew());
    },
    stop: async () => {
      await Promise.all(slots.map((slot) => slot.stop()));
    },
    states: () => slots.map((slot) => slot.state()),
  };
}

/** One of the connections, whichever socket it is at the moment. */
interface Slot {
  readonly state: () => SlotState;
  readonly renew: () => void;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

/** `comesUp` is called just before the connection counts as up. */
function createSlot(
  current: { readonly config: SlackConfig },
  { hear, logger, now }: SocketsOptions,
  comesUp: () => void,
): Slot {
  let state: SlotState = { up: false, since: now(), trouble: 'not started' };
  let isStopping = false;
  let renew: () => void = () => undefined;
  let living: Promise<void> = Promise.resolve();
  const { promise: ended, resolve: end } = Promise.withResolvers<'stopped'>();
  const become = (up: boolean, trouble: string | null): void => {
    if (state.up !== up || state.trouble !== trouble) state = { up, since: now(), trouble };
  };

  async function open(attempt: number): Promise<Socket | null> {
    try {
      const socket = await openSocket({ config: current.config, hear, logger });
      comesUp();
      become(true, null);
      return socket;
    } catch (err) {
      become(false, err instanceof Error ? err.message : String(err));
      logger.warn({ err, attempt }, 'Slack could not be connected; trying again');
      await Promise.race([ended, rest(waitOf(attempt))]);
      return null;
    }
  }

  async function live(): Promise<void> {
    let old: Socket | null = null;
    for (let attempt = 1; !isStopping;) {
      const socket = await open(attempt);
      attempt += 1;
      if (socket === null) continue;
      const openedAt = performance.now();
      void old?.close();
      old = socket;
      const renewed = new Promise<'replace'>((resolve) => {
        renew = () => resolve('replace');
      });
      const why = await Promise.race([socket.over, renewed, ended]);
      if (why === 'gone') become(false, 'the connection was lost');
      if (performance.now() - openedAt >= BRIEF_MS) attempt = 1;
      else await Promise.race([ended, rest(waitOf(attempt))]);
    }
    await old?.close();
    become(false, 'stopped');
  }

  return {
    state: () => state,
    renew: () => renew(),
    start: () => {
      living = live().catch((err: unknown) => logger.error({ err }, 'A connection to Slack was given up'));
    },
    stop: async () => {
      isStopping = true;
      end('stopped');
      await living;
    },
  };
}

function waitOf(attempt: number): number {
  return Math.max(LEAST_WAIT_MS, backoffMs(attempt, BACKOFF));
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
