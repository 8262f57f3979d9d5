import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Signal } from '../domain/alert/signal.ts';
import type { Directory } from '../domain/directory.ts';
import type { Clock } from '../lib/clock.ts';
import { faultPoint } from '../lib/fault-point.ts';
import type { Logger } from '../lib/logger.ts';
import type { Store } from '../store/db.ts';
import { keepInInbox } from '../store/inbox.ts';
import { outboxStats, takeLeased } from '../store/outbox.ts';
import type { OutboxStats } from '../store/outbox.ts';
import type { ProcessRow } from '../store/processes.ts';
import { timerStats } from '../store/timers.ts';
import type { TimerStats } from '../store/timers.ts';
import { createIntake } from './alert-intake.ts';
import { answerAgain } from './answer-again.ts';
import { createBacklog } from './backlog.ts';
import type { Deciders } from './deciders.ts';
import { DOMAIN } from './deciders.ts';
import type { EffectHandlers } from './effect-handler.ts';
import type { EngineHooks, EngineParts } from './engine-parts.ts';
import { WORK_CHANNEL } from './engine-parts.ts';
import { finishTogether } from './finish-together.ts';
import type { FrontDoor } from './front-door.ts';
import { handle } from './handle.ts';
import { createInboxLoop } from './inbox-loop.ts';
import { createOutboxLoop } from './outbox-loop.ts';
import { createPresence } from './presence.ts';
import type { Presence } from './presence.ts';
import { receiveAlerts } from './receive-alerts.ts';
import { createSilenceLoop } from './silence-loop.ts';
import { createRightOfWay } from './right-of-way.ts';
import { createTimerLoop } from './timer-loop.ts';
import type { Loop } from './loop.ts';

/** What an engine is made of. */
export interface EngineOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** Asked at every command, so that a reload takes effect at once. */
  readonly directory: () => Directory;
  /** Made with the front door, through which they answer. */
  readonly handlers: (door: FrontDoor) => EffectHandlers;
  readonly logger: Logger;
  readonly hooks?: EngineHooks;
  readonly deciders?: Deciders;
  /** 0 up to 1; `Math.random` unless given. */
  readonly random?: () => number;
  /** What other processes may know about this one; asked every few seconds. */
  readonly about?: () => Partial<Pick<ProcessRow, 'url' | 'configHash' | 'configProblem'>>;
  /** Names this process among those that share the database; a new name unless given. */
  readonly processId?: string;
}

/** Firebell's engine: what is said is decided and stored, what follows from it is carried out, what is due is said. */
export interface Engine {
  readonly door: FrontDoor;
  /** Takes alerts in. Answers after their commit; throws when they were not stored. */
  readonly receive: (signals: readonly Signal[]) => Promise<void>;
  /** Answers when what was taken in before is decided. */
  readonly caughtUp: () => Promise<void>;
  /** Names this process among those that share the database. */
  readonly processId: string;
  /** Makes the loops look at once whether there is work. */
  readonly wake: () => void;
  readonly start: () => Promise<void>;
  /** Finishes what is in hand and starts nothing new. */
  readonly stop: () => Promise<void>;
  /** Says and does everything that is due by the clock, until nothing is. For tests; not while started. */
  readonly settle: () => Promise<void>;
  readonly stats: () => Promise<{ readonly outbox: OutboxStats; readonly timers: TimerStats }>;
}

/** More alerts than any inbox holds. */
const EVERYTHING = 1_000_000;
/** No test needs more rounds to come to rest. */
const MOST_ROUNDS = 10_000;

/** Makes an engine. It does nothing by itself until it is started. */
export function createEngine(options: EngineOptions): Engine {
  const { store, clock } = options;
  const { processId = randomUUID() } = options;
  const wakeAll = () => {
    outbox.wake();
    timers.wake();
  };
  const engine = partsOf(options, processId, (work) => {
    if (work.effects.length > 0) outbox.wake();
    if (work.timers.length > 0) timers.wake();
  });
  // What this process said itself has woken it already.
  const heard = (by: string) => void (by === processId || wakeAll());
  const door = openDoor(engine);
  const { intake, inbox } = openIntake(engine);
  const outbox = openOutbox(engine, options.handlers(door));
  const timers = createTimerLoop(engine);
  const silences = createSilenceLoop(engine);
  const presence = presenceOf(options, processId);
  let deafen: (() => Promise<void>) | null = null;

  return {
    door,
    receive: intake.take,
    caughtUp: intake.idle,
    processId,
    wake: () => {
      wakeAll();
      silences.wake();
    },
    start: async () => {
      await presence.begin();
      deafen = store.kind === 'postgres' ? await store.listen(WORK_CHANNEL, heard) : null;
      inbox.start();
      outbox.start();
      timers.start();
      silences.start();
    },
    stop: async () => {
      await intake.idle();
      await Promise.all([inbox.stop(), timers.stop(), silences.stop(), outbox.stop()]);
      await deafen?.();
      await presence.end();
    },
    settle: async () => {
      for (let n = 0; n < MOST_ROUNDS; n += 1) {
        const done = [await inbox.tick(), await silences.tick(), await timers.tick(), await outbox.tick()];
        if (done.every((count) => count === 0)) return;
      }
      throw new Error(`expected the engine to come to rest, found work after ${MOST_ROUNDS} rounds`);
    },
    stats: async () => ({
      outbox: await outboxStats(store.db),
      timers: await timerStats(store.db, clock.now()),
    }),
  };
}

function partsOf(options: EngineOptions, processId: string, wake: EngineParts['wake']): EngineParts {
  const { store, clock, directory, logger, hooks = {}, deciders = DOMAIN, random = Math.random } = options;
  const rightOfWay = createRightOfWay(clock);
  return { store, clock, directory, deciders, logger, hooks, random, processId, rightOfWay, wake };
}

function presenceOf({ store, clock, logger, about }: EngineOptions, processId: string): Presence {
  const mine = {
    id: processId,
    host: hostname(),
    pid: process.pid,
    url: null,
    configHash: null,
    configProblem: null,
  };
  return createPresence(store, { about: () => ({ ...mine, ...about?.() }), clock, logger });
}

function openOutbox(engine: EngineParts, handlers: EffectHandlers): Loop {
  const finished = finishTogether((leases) => takeLeased(engine.store.db, leases));
  return createOutboxLoop({ engine, handlers, finished }, engine.processId);
}

/** The way in for alerts. */
function openIntake(engine: EngineParts) {
  const backlog = createBacklog();
  const receive = (signals: readonly Signal[], most: number) =>
    receiveAlerts(engine, { signals, most, inMind: backlog.inMind });
  const inbox = createInboxLoop(engine, { receive, backlog });
  const intake = createIntake({
    decide: async (signals) => {
      try {
        await receive(signals, EVERYTHING);
      } catch (error) {
        // It may be something in the inbox that cannot be decided, and would be in the way of whatever comes.
        inbox.wake();
        throw error;
      }
    },
    keep: async (signals) => {
      engine.rightOfWay.took('alerts', signals.length);
      const id = await keepInInbox(engine.store.db, signals, backlog.forget);
      faultPoint('inbox.kept');
      return id;
    },
    inbox,
    backlog,
  });
  return { intake, inbox };
}

/** The front door over `handle`. */
function openDoor(engine: EngineParts): FrontDoor {
  return {
    say: async (command, once) => {
      const request = { commands: [command], ...(once === undefined ? {} : { once }) };
      const [handled] = await handle(engine, [request]).catch((error: unknown) => answerAgain(engine, error));
      const said = handled?.kind === 'said' ? handled.said[0] : undefined;
      if (!said) throw new Error(`expected an answer to ${command.type}, found none`);
      return said;
    },
  };
}
