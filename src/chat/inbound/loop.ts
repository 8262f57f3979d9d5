import type { Clock } from '../../lib/clock.ts';
import { faultPoint } from '../../lib/fault-point.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Db } from '../../store/db.ts';
import { forgetInbound, inboundStats, keepInbound, takeInbound } from '../../store/platform-inbound.ts';
import type { Inbound } from '../../store/platform-inbound.ts';
import { livingProcesses } from '../../store/processes.ts';
import { forgetSayings } from '../../store/said-once.ts';
import type { Incoming } from './incoming.ts';
import type { Lanes } from './lanes.ts';
import { createLanes } from './lanes.ts';
import type { Notebook, Noted } from './notebook.ts';
import { openNotebook } from './notebook.ts';
import { settled, work } from './settle.ts';

/** What the loop works with. */
export interface InboundParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly platform: string;
  readonly processId: string;
  /** Where this process jots down what came while the database is being told; null keeps no notes. */
  readonly notesFolder: string | null;
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
   * The same for what the sender sends once and somebody waits for: a note on this machine's disk is enough to acknowledge it, and the
   * database is told meanwhile; where no note can be taken it is told first. Throws when it is not told: by then it may have been
   * acknowledged, and it is the caller's to do.
   */
  readonly receiveOnce: InboundLoop['receive'];
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
const HOUR_MS = 3_600_000;
const KEPT_MS = 24 * HOUR_MS;
const KEPT_FAILED_MS = 30 * 24 * HOUR_MS;

/** Makes the loop of one platform. It receives when it is called, started or not; started, it also takes what another process left. */
export function createInboundLoop(parts: InboundParts): InboundLoop {
  const { db, clock, platform } = parts;
  const lanes = createLanes();
  const notebook = openNotebook({ ...parts, folder: parts.notesFolder });
  const watch = watchLeft(parts, lanes, notebook);
  /** The place in the lane is taken at once: two that are being written down together may be so in any order. */
  const begin = (one: Noted & { readonly platform: string }) => {
    const keeping = keepInbound(db, one, holdOf(parts));
    const working = lanes.run(parts.laneOf(one), async () => {
      if (await keeping.catch(() => false)) await work({ ...one, tries: 1 }, parts);
    });
    return { keeping, working };
  };
  const receive: InboundLoop['receive'] = async (incoming, acknowledge) => {
    const { keeping, working } = begin({ ...incoming, platform, receivedAt: clock.now() });
    await keeping;
    faultPoint('inbound.kept');
    await acknowledge();
    await working;
  };
  return {
    receive,
    receiveOnce: async (incoming, acknowledge) => {
      const one = { ...incoming, platform, receivedAt: clock.now() };
      if (!notebook.note(one)) return receive(incoming, acknowledge);
      faultPoint('inbound.noted');
      const telling = Promise.resolve(acknowledge());
      const { keeping, working } = begin(one);
      try {
        await Promise.all([telling, keeping]);
      } finally {
        notebook.done(one.key);
      }
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
      notebook.close();
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
function watchLeft(parts: InboundParts, lanes: Lanes, notebook: Notebook) {
  const { db, clock, logger, platform } = parts;
  let looking: NodeJS.Timeout | undefined;
  let isLooking = false;
  let forgetAt = 0;

  async function tick(): Promise<number> {
    notebook.tidy();
    await notebook.takeLeft(
      async () => new Set((await livingProcesses(db, clock.now())).map(({ id }) => id)),
      (notes) => keepNotes(notes, parts),
    );
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

/** Writes down what a process noted that is gone; what the database has already, or had, is left as it is. */
async function keepNotes(notes: readonly Noted[], parts: InboundParts): Promise<void> {
  const { db, clock, platform, processId, logger } = parts;
  const oldest = clock.now().getTime() - KEPT_MS;
  for (const note of notes) {
    // What was done so long ago is forgotten, so that nobody could say any more whether this was.
    if (note.receivedAt.getTime() <= oldest)
      logger.warn({ platform, kind: note.kind, at: note.receivedAt }, 'A note older than a day is left out');
    else await keepInbound(db, { ...note, platform }, { holder: processId, leasedUntil: clock.now() });
  }
}

/** Forgets what is old; answers when to do so next. */
async function forget({ db, clock }: InboundParts): Promise<number> {
  const now = clock.now().getTime();
  await forgetInbound(db, { before: new Date(now - KEPT_MS), failedBefore: new Date(now - KEPT_FAILED_MS) });
  await forgetSayings(db, new Date(now - KEPT_MS));
  return now + HOUR_MS;
}
