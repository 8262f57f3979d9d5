import { WebSocketManager, WebSocketShardEvents } from '@discordjs/ws';
import type { SessionInfo } from '@discordjs/ws';
import { GatewayOpcodes } from 'discord.js';
import type { GatewayDispatchPayload, REST } from 'discord.js';
import type { Logger } from '../../../lib/logger.ts';
import type { Stopwatch } from '../../../lib/stopwatch.ts';
import { failureOf, isSignedOut } from '../errors.ts';
import { waitBeforeStart } from './pace.ts';

/** Why a connection is over. `refused` is Discord's own no, which asking again does not change. */
export type Ending =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'unreachable'; readonly reason: string; readonly isSignedOut: boolean }
  | { readonly kind: 'refused'; readonly code: number };

/** What outlives a connection, so that the next one goes on where it stood. */
export interface Course {
  session: SessionInfo | null;
  /** When sessions were started, in ms of the stopwatch. */
  starts: readonly number[];
}

/** How long silence is borne, each in ms. */
export interface Patience {
  /** Nothing heard for so long: ask whether anybody is there. */
  readonly askAfterMs: number;
  /** No answer for so long: nobody is. */
  readonly answerWithinMs: number;
  /** Time to be connected, or to be connected again. */
  readonly connectWithinMs: number;
}

export const PATIENCE: Patience = { askAfterMs: 15_000, answerWithinMs: 10_000, connectWithinMs: 20_000 };

export interface ConnectionOptions {
  readonly rest: REST;
  readonly token: string;
  readonly intents: number;
  readonly course: Course;
  readonly patience: Patience;
  readonly stopwatch: Stopwatch;
  readonly logger: Logger;
  /** Told everything that Discord tells; must not throw. */
  readonly hear: (payload: GatewayDispatchPayload) => void;
  readonly readyChanged: (isReady: boolean) => void;
}

/** One connection to the gateway, that of whoever holds the lease. */
export interface Connection {
  readonly ended: Promise<Ending>;
  readonly stop: () => void;
}

/** Closes that mean no, whoever asks again: wrong token, wrong intents, wrong shard. */
const REFUSALS: ReadonlySet<number> = new Set([4004, 4010, 4011, 4012, 4013, 4014]);
const LOOK_MS = 250;

/**
 * Connects, and watches. The library goes on by itself after a lost connection, but it takes a dead line for a living one for minutes, says nothing when it
 * is refused, and tries for ever: all of that ends the connection here, and whoever opened it decides what comes next.
 */
export function openConnection(options: ConnectionOptions): Connection {
  const { course, patience, stopwatch, logger, hear, readyChanged } = options;
  const ending = Promise.withResolvers<Ending>();
  const sign: Sign = { at: stopwatch.now(), askedAt: 0, isReady: false, isOver: false };
  const manager = createManager(options, {
    isOver: () => sign.isOver,
    // A start that is put off is no silence.
    startsIn: (ms) => {
      sign.at = stopwatch.now() + ms;
    },
  });
  const noteSign = (): void => {
    sign.at = stopwatch.now();
    sign.askedAt = 0;
  };
  const setReady = (isReady: boolean): void => {
    noteSign();
    if (sign.isReady === isReady) return;
    sign.isReady = isReady;
    readyChanged(isReady);
  };

  manager.on(WebSocketShardEvents.Dispatch, ({ data }) => {
    if (sign.isOver) return;
    noteSign();
    hear(data);
  });
  manager.on(WebSocketShardEvents.HeartbeatComplete, noteSign);
  manager.on(WebSocketShardEvents.Ready, () => setReady(true));
  manager.on(WebSocketShardEvents.Resumed, () => setReady(true));
  manager.on(WebSocketShardEvents.Closed, ({ code }) => {
    if (sign.isOver) return;
    setReady(false);
    logger.info({ code }, 'The gateway of Discord closed the connection');
    if (REFUSALS.has(code)) end({ kind: 'refused', code });
  });
  manager.on(WebSocketShardEvents.Error, ({ error }) =>
    logger.warn({ err: error }, 'The gateway of Discord has trouble'),
  );

  const endWatch = stopwatch.every(LOOK_MS, () => {
    const verdict = judge(sign, patience, stopwatch.now());
    if (verdict === 'fine') return;
    if (verdict !== 'ask') return end(verdict);
    sign.askedAt = stopwatch.now();
    void ask(manager, course);
  });

  function end(how: Ending): void {
    if (sign.isOver) return;
    sign.isOver = true;
    endWatch();
    if (sign.isReady) readyChanged(false);
    // A dead line takes half a minute to be closed: nobody waits for that.
    void Promise.resolve(manager.destroy({ reason: 'Firebell lets go' })).catch(() => undefined);
    ending.resolve(how);
  }

  manager.connect().catch((error: unknown) => {
    // Give a fatal close the time to say its number.
    const { reason } = failureOf(error);
    setTimeout(() => end({ kind: 'unreachable', reason, isSignedOut: isSignedOut(error) }), 50);
  });
  return { ended: ending.promise, stop: () => end({ kind: 'stopped' }) };
}

/** The last sign of life of a connection. */
interface Sign {
  /** In ms of the stopwatch. */
  at: number;
  /** When it was asked for one; 0 while it was not. */
  askedAt: number;
  isReady: boolean;
  isOver: boolean;
}

/** What the time since the last sign of life calls for. */
function judge({ at, askedAt, isReady }: Sign, patience: Patience, now: number): Ending | 'ask' | 'fine' {
  if (!isReady)
    return now - at > patience.connectWithinMs
      ? { kind: 'unreachable', reason: 'the gateway does not let us in', isSignedOut: false }
      : 'fine';
  if (askedAt > 0) return now - askedAt > patience.answerWithinMs ? { kind: 'silent' } : 'fine';
  return now - at > patience.askAfterMs ? 'ask' : 'fine';
}

/** A heartbeat out of turn: whoever is there answers it at once. */
async function ask(manager: WebSocketManager, { session }: Course): Promise<void> {
  try {
    await manager.send(0, { op: GatewayOpcodes.Heartbeat, d: session?.sequence ?? null });
  } catch {
    // A line that takes nothing any more gives no answer either, which is noticed.
  }
}

/** How whoever watches a connection and whoever makes it know of each other. */
interface Watching {
  readonly isOver: () => boolean;
  readonly startsIn: (ms: number) => void;
}

function createManager(
  { rest, token, intents, course, stopwatch }: ConnectionOptions,
  { isOver, startsIn }: Watching,
): WebSocketManager {
  return new WebSocketManager({
    rest,
    token,
    intents,
    shardCount: 1,
    handshakeTimeout: 10_000,
    helloTimeout: 10_000,
    readyTimeout: 10_000,
    // Once it is over nobody may connect again, which the library would try for ever: this answer never comes.
    retrieveSessionInfo: () => (isOver() ? new Promise<null>(() => undefined) : course.session),
    updateSessionInfo: (_, session) => {
      if (!isOver()) course.session = session;
    },
    buildIdentifyThrottler: (manager) => ({
      waitForIdentify: async (_, signal) => {
        const { session_start_limit: limit } = await manager.fetchGatewayInformation();
        const budget = { remaining: limit.remaining, resetAfterMs: limit.reset_after };
        const now = stopwatch.now();
        const waitMs = waitBeforeStart(course.starts, now, budget);
        startsIn(waitMs);
        await stopwatch.sleep(waitMs, signal);
        signal.throwIfAborted();
        course.starts = [...course.starts.slice(-9), stopwatch.now()];
      },
    }),
  });
}
