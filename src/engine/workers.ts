import { setTimeout as pause } from 'node:timers/promises';
import { createBell } from '../lib/bell.ts';
import { faultPoint } from '../lib/fault-point.ts';
import { craftOf, leaseEffects, renewLeases } from '../store/outbox.ts';
import type { LeasedEffect, Wanted } from '../store/outbox.ts';
import { carryOut } from './carry-out.ts';
import type { CarryingParts } from './carry-out.ts';

/** Workers that take one kind of effect, so that rooms can never starve pages. */
export interface Pool {
  readonly kind: Wanted['kind'];
  readonly size: number;
  /** At most so many for one craft, see `craftOf`: a mail server that hangs holds up no direct message. */
  readonly perCraft: number;
  /** After it has taken all that it may have in hand it takes nothing for so long, after less in proportion; no page waits for that. */
  readonly pauseMs: number;
}

/** The workers of a pool, each with at most one effect in hand. */
export interface Workers {
  readonly start: () => void;
  /** Takes nothing new, and waits for what is in hand. */
  readonly stop: () => Promise<void>;
  readonly wake: () => void;
  /** Keeps what is in hand from being taken by others. */
  readonly renew: () => void;
  /** Carries out what is due, one after the other, and says how much there was. */
  readonly drain: () => Promise<number>;
}

/** How long a graceful stop waits for what is in hand. */
const STOP_MS = 25_000;

/** After a look for what none of the busy crafts does, and that found nothing, the next waits so long, unless one has a hand free again. */
const FRUITLESS_MS = 50;

/** Makes the workers of a pool. `processId` marks their leases. */
export function createWorkers(parts: CarryingParts, pool: Pool, processId: string): Workers {
  const { logger, rightOfWay } = parts.engine;
  const hands = createHands(parts, pool, processId);
  let on = false;
  let looking: Promise<void> | null = null;
  let again = false;

  async function look(): Promise<void> {
    do {
      again = false;
      const most = rightOfWay.hands(pool.kind, pool.size);
      const free = most - hands.inHand.size;
      if (!on || free <= 0) return;
      const leased = await hands.lease(free);
      if (pool.kind === 'pages') rightOfWay.took('pages', leased.length);
      for (const one of leased) hands.inHand.set(one.id, { leased: one, work: work(one) });
      // There may be more, of another craft.
      again ||= leased.length > 0;
      await hands.rest(leased.length, most);
    } while (again);
  }

  async function work(leased: LeasedEffect): Promise<void> {
    try {
      await carryOut(parts, leased);
    } catch (err) {
      logger.error(
        { err, effect: leased.id },
        'An effect could not be settled; its lease runs out and it is tried again',
      );
    }
    if (hands.lay(leased)) wake();
  }

  function wake(): void {
    again = true;
    if (!on || looking) return;
    looking = look()
      .catch((err: unknown) => logger.error({ err }, 'The outbox could not be looked at; trying again'))
      .finally(() => {
        looking = null;
      });
  }

  return {
    start: () => {
      on = true;
    },
    stop: async () => {
      on = false;
      await looking;
      await hands.empty();
    },
    wake,
    renew: hands.renew,
    drain: async () => {
      const leased = await hands.lease(pool.size);
      for (const one of leased) await carryOut(parts, one);
      return leased.length;
    },
  };
}

/** What the workers of a pool hold, and how they come by it. */
function createHands({ engine }: CarryingParts, { kind, perCraft, pauseMs }: Pool, processId: string) {
  const { store, clock, logger } = engine;
  const inHand = new Map<number, { readonly leased: LeasedEffect; readonly work: Promise<void> }>();
  const freed = createBell();
  let leases = 0;
  const held = () => [...inHand.values()].map((one) => one.leased);
  /** Crafts that have as many in hand as they may. */
  const busy = () => busyCrafts(held(), perCraft);
  return {
    inHand,
    /** Lays one down; false while its craft still has its hands full, so that its end makes room for nothing. */
    lay: (leased: LeasedEffect): boolean => {
      inHand.delete(leased.id);
      const isFree = !busy().includes(craftOf(leased));
      if (isFree) freed.ring();
      return isFree;
    },
    /** Rests after a look that found so many, of at most so many. */
    rest: async (found: number, most: number): Promise<void> => {
      if (found > 0 && pauseMs > 0) await pause((pauseMs * found) / most);
      // All that waits is of crafts that have their hands full, and looking through it is dear.
      if (found === 0 && busy().length > 0) await freed.wait(FRUITLESS_MS);
    },
    lease: async (limit: number): Promise<readonly LeasedEffect[]> => {
      leases += 1;
      const leaseToken = `${processId}:${kind}:${leases}`;
      const wanted = {
        kind,
        now: clock.now(),
        // No more at once than one craft may have.
        limit: Math.min(limit, perCraft),
        leaseToken,
        inHand: [...inHand.keys()],
        busy: busy(),
      };
      const leased = await leaseEffects(store.db, wanted);
      if (leased.length > 0) faultPoint('outbox.leased');
      return leased;
    },
    renew: (): void => {
      if (inHand.size === 0) return;
      renewLeases(store.db, held(), clock.now()).catch((err: unknown) =>
        logger.warn({ err }, 'Leases could not be renewed'),
      );
    },
    empty: async (): Promise<void> => {
      let timer: NodeJS.Timeout | undefined;
      const done = Promise.all([...inHand.values()].map((one) => one.work));
      const late = new Promise((resolve) => {
        timer = setTimeout(resolve, STOP_MS);
      });
      await Promise.race([done, late]);
      clearTimeout(timer);
    },
  };
}

function busyCrafts(held: readonly LeasedEffect[], most: number): readonly string[] {
  const counts = new Map<string, number>();
  for (const one of held) counts.set(craftOf(one), (counts.get(craftOf(one)) ?? 0) + 1);
  return [...counts].flatMap(([craft, count]) => (count >= most ? [craft] : []));
}
