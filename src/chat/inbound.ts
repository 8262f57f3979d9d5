import { backoffMs } from '../lib/backoff.ts';
import type { Clock } from '../lib/clock.ts';
import { faultPoint } from '../lib/fault-point.ts';
import type { Logger } from '../lib/logger.ts';
import type { Db } from '../store/db.ts';
import { isConnectionFailure } from '../store/failure.ts';
import {
  dropInbound,
  finishInbound,
  forgetInbound,
  giveUpInbound,
  inboundStats,
  keepInbound,
  putOffInbound,
  takeInbound,
} from '../store/platform-inbound.ts';
import type { Inbound } from '../store/platform-inbound.ts';
import { forgetSayings } from '../store/said-once.ts';

/** Something that a platform told us. `key` is its own id of it: what comes twice under one key is done once. */
export type Incoming = Pick<Inbound, 'key' | 'kind' | 'payload'>;

/** What the loop works with. */
export interface InboundParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly platform: string;
  readonly processId: string;
  /** Does one of them. A throw is a fault: it is done again later, and set aside after some times. */
  readonly process: (one: Inbound) => Promise<void>;
  /** What has the same lane is done one after the other, in the order in which it came; null for what stands alone. */
  readonly laneOf: (one: Incoming) => string | null;
}

/** Takes in what a platform tells us so that nothing that it was told we have is lost, whatever happens to this process. */
export interface InboundLoop {
  /**
   * Writes it down, then tells the sender by `acknowledge`, then does it; what was there already is only acknowledged. Answers when
   * all that is over. Throws when it could not be written down: then it was not acknowledged.
   */
  readonly receive: (one: Incoming, acknowledge: () => Promise<void> | void) => Promise<void>;
  /**
   * For what the sender is answered with what came of it: writes it down, then does it by `doing`, which answers the sender itself.
   * `doing` gives false when nothing was done, so that the same may come again. False when it was there already. Throws, with nothing
   * done, when it could not be written down.
   */
  readonly answer: (one: Incoming, doing: () => Promise<boolean>) => Promise<boolean>;
  readonly start: () => void;
  /** Finishes what is in hand and takes nothing more. */
  readonly stop: () => Promise<void>;
  /** Does what is in nobody's hands, and says how much there was. For tests, which bring their own clock. */
  readonly tick: () => Promise<number>;
  /** Whether something had to be set aside in the last hour, and how much waits. */
  readonly condition: () => Promise<{ readonly ok: boolean; readonly detail: string }>;
}

/** Nobody else takes what is in hand for so long; it is longer than anything that is done takes. */
const HOLD_MS = 60_000;
const LOOK_MS = 2_000;
const BATCH = 50;
const MOST_TRIES = 5;
const PUT_OFF = { baseMs: 2_000, maxMs: 60_000 } as const;
const HOUR_MS = 3_600_000;
const KEPT_MS = 24 * HOUR_MS;
const KEPT_FAILED_MS = 30 * 24 * HOUR_MS;

/** Makes the loop of one platform. It receives when it is called, started or not; started, it also takes what another process left. */
export function createInboundLoop(parts: InboundParts): InboundLoop {
  const { db, clock, platform } = parts;
  const lanes = createLanes();
  const watch = watchLeft(parts, lanes);
  return {
    receive: async (incoming, acknowledge) => {
      const one = { ...incoming, platform, receivedAt: clock.now() };
      const keeping = keepInbound(db, one, holdOf(parts));
      // The place in the lane is taken at once: two that are being written down together may be so in any order.
      const working = lanes.run(parts.laneOf(one), async () => {
        if (await keeping.catch(() => false)) await work({ ...one, tries: 1 }, parts);
      });
      await keeping;
      faultPoint('inbound.kept');
      await acknowledge();
      await working;
    },
    answer: async (incoming, doing) => {
      const one = { ...incoming, platform, receivedAt: clock.now(), tries: 1 };
      if (!(await keepInbound(db, one, holdOf(parts)))) return false;
      await lanes.run(null, () => settled(one, parts, doing));
      return true;
    },
    start: watch.start,
    stop: async () => {
      watch.stop();
      await lanes.idle();
    },
    tick: watch.tick,
    condition: async () => {
      const since = new Date(clock.now().getTime() - HOUR_MS);
      const { waiting, givenUp, failure } = await inboundStats(db, platform, since);
      if (givenUp === 0) return { ok: true, detail: `${waiting} inbound in hand` };
      return {
        ok: false,
        detail: `${givenUp} inbound set aside in the last hour: ${failure ?? 'no reason'}`,
      };
    },
  };
}

/** Looks for what is in nobody's hands, again and again. */
function watchLeft(parts: InboundParts, lanes: Lanes) {
  const { db, clock, logger, platform } = parts;
  let looking: NodeJS.Timeout | undefined;
  let isLooking = false;
  let forgetAt = 0;

  async function tick(): Promise<number> {
    const taken = await takeInbound(db, { ...holdOf(parts), platform, now: clock.now(), limit: BATCH });
    await Promise.all(taken.map((one) => lanes.run(parts.laneOf(one), () => work(one, parts))));
    return taken.length;
  }

  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    try {
      while ((await tick()) === BATCH);
      if (clock.now().getTime() >= forgetAt) forgetAt = await forget(parts);
    } catch (err) {
      logger.warn({ err, platform }, 'What a platform told us could not be looked at; trying again');
    } finally {
      isLooking = false;
    }
  }

  return {
    tick,
    start: () => {
      looking = setInterval(() => void look(), LOOK_MS);
      void look();
    },
    stop: () => clearInterval(looking),
  };
}

function holdOf({ clock, processId }: InboundParts) {
  return { holder: processId, leasedUntil: new Date(clock.now().getTime() + HOLD_MS) };
}

/** Forgets what is old; answers when to do so next. */
async function forget({ db, clock }: InboundParts): Promise<number> {
  const now = clock.now().getTime();
  await forgetInbound(db, { before: new Date(now - KEPT_MS), failedBefore: new Date(now - KEPT_FAILED_MS) });
  await forgetSayings(db, new Date(now - KEPT_MS));
  return now + HOUR_MS;
}

/** Does one that was kept, as `work` does. */
function work(one: Inbound, parts: InboundParts): Promise<void> {
  return settled(one, parts, async () => {
    await parts.process(one);
    return true;
  });
}

/** Does one and settles it; what did nothing is forgotten. A fault of ours is tried again; only what cannot be done ends, and that is said. */
async function settled(one: Inbound, parts: InboundParts, doing: () => Promise<boolean>): Promise<void> {
  const { db, clock, logger } = parts;
  const { platform, key, kind, tries } = one;
  try {
    const isDone = await doing();
    faultPoint('inbound.done');
    if (isDone) await finishInbound(db, one, clock.now());
    else await dropInbound(db, one);
  } catch (err) {
    // Nobody can be told while the database is away: the hold runs out, and it is done then.
    if (isConnectionFailure(err))
      return logger.warn({ err, platform, kind }, 'An inbound thing waits for the database');
    const failure = err instanceof Error ? err.message : String(err);
    await settleFailed(one, failure, parts).catch((error: unknown) =>
      logger.warn(
        { err: error, platform, key },
        'A failed inbound thing could not be put off; its hold runs out',
      ),
    );
    logger.error({ err, platform, kind, key, tries }, 'What a platform told us could not be done');
  }
}

async function settleFailed(one: Inbound, failure: string, { db, clock }: InboundParts): Promise<void> {
  const now = clock.now();
  if (one.tries >= MOST_TRIES) return giveUpInbound(db, one, { now, failure });
  const waitMs = backoffMs(one.tries, { ...PUT_OFF, random: Math.random });
  await putOffInbound(db, one, { until: new Date(now.getTime() + waitMs), failure });
}

/** Runs what has the same lane one after the other. */
interface Lanes {
  readonly run: (lane: string | null, job: () => Promise<void>) => Promise<void>;
  readonly idle: () => Promise<void>;
}

function createLanes(): Lanes {
  const tails = new Map<string, Promise<void>>();
  const inHand = new Set<Promise<void>>();

  async function after(before: Promise<void> | undefined, job: () => Promise<void>): Promise<void> {
    await before;
    await job();
  }

  return {
    run: async (lane, job) => {
      const running = after(lane === null ? undefined : tails.get(lane), job);
      inHand.add(running);
      if (lane !== null) tails.set(lane, running);
      try {
        await running;
      } finally {
        inHand.delete(running);
        if (lane !== null && tails.get(lane) === running) tails.delete(lane);
      }
    },
    idle: async () => {
      while (inHand.size > 0) await Promise.allSettled(inHand);
    },
  };
}
