import { and, gt, isNull, min } from 'drizzle-orm';
import { setTimeout as pause } from 'node:timers/promises';
import { BOT } from '../../src/domain/actor.ts';
import type { Directory } from '../../src/domain/directory.ts';
import type { Effect } from '../../src/domain/effect.ts';
import type { PageNotice } from '../../src/domain/page/notice.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import type { Engine, EngineOptions } from '../../src/engine/create-engine.ts';
import type { EffectHandlers, Outcome } from '../../src/engine/effect-handler.ts';
import type { FrontDoor } from '../../src/engine/front-door.ts';
import type { Delivery, NotificationChannel } from '../../src/engine/notification-channel.ts';
import { sendPage, syncPage } from '../../src/engine/send-page.ts';
import { storeBundles } from '../../src/engine/store-bundles.ts';
import { createLogger } from '../../src/lib/logger.ts';
import type { Store } from '../../src/store/db.ts';
import { outbox } from '../../src/store/schema/core.ts';
import { nextDueAt } from '../../src/store/timers.ts';
import { incidentAlerts, worldOf } from '../../src/store/reads.ts';
import { aDirectory } from './directory.ts';
import { NO_ADDRESSES } from './no-addresses.ts';

/** When the tests of the engine begin. */
export const NOON = new Date('2026-03-01T12:00:00Z');

/** A clock that tests move. */
export interface MovableClock {
  readonly now: () => Date;
  readonly move: (ms: number) => void;
}

/** Makes a clock that stands still until it is moved. */
export function movableClock(from = NOON): MovableClock {
  let at = from.getTime();
  return {
    now: () => new Date(at),
    move: (ms) => {
      at += ms;
    },
  };
}

/** An engine on a store, with a channel `dm` that writes down what it is told to send. */
export interface EngineWorld {
  readonly engine: Engine;
  readonly store: Store;
  readonly clock: MovableClock;
  /** Every page that went out, in order. */
  readonly paged: PageNotice[];
  /** Every other effect that was carried out, in order. */
  readonly done: Effect[];
  /** Moves the clock from one thing that is due to the next, and lets each happen. */
  readonly wait: (ms: number) => Promise<void>;
}

/** What a test of the engine may set. */
export interface WorldOptions {
  readonly clock?: MovableClock;
  readonly directory?: Directory;
  /** Whether one message of the channel can tell of several pages; not unless said. */
  readonly bundles?: boolean;
  readonly deliver?: (notice: PageNotice) => Promise<Delivery>;
  readonly handlers?: Partial<EffectHandlers>;
  readonly engine?: Partial<EngineOptions>;
}

/** Makes an engine on a store. */
export function engineWorld(store: Store, options: WorldOptions = {}): EngineWorld {
  const { clock = movableClock(), directory = aDirectory() } = options;
  const paged: PageNotice[] = [];
  const done: Effect[] = [];
  const deliver =
    options.deliver ?? ((notice) => Promise.resolve({ kind: 'sent', messageId: `dm-${notice.attemptId}` }));
  const dm: NotificationChannel = {
    name: 'dm',
    bundles: options.bundles ?? false,
    reaches: () => true,
    send: (notice) => {
      paged.push(notice);
      return deliver(notice);
    },
  };
  const engine = createEngine({
    store,
    clock,
    directory: () => directory,
    handlers: (door) => ({ ...handlersOf({ store, door, dm, directory, done, clock }), ...options.handlers }),
    logger: createLogger({ level: 'silent' }),
    random: () => 0.5,
    ...options.engine,
  });
  const wait = async (ms: number) => {
    const end = clock.now().getTime() + ms;
    await engine.settle();
    for (let left = ms; left > 0; left = end - clock.now().getTime()) {
      clock.move(Math.min(left, Math.max(1, (await nextDue(store, clock.now())) - clock.now().getTime())));
      await engine.settle();
    }
  };
  return { engine, store, clock, paged, done, wait };
}

/** When something is due next: a timer, or an effect that is tried again. */
async function nextDue({ db }: Store, now: Date): Promise<number> {
  const timer = await nextDueAt(db);
  const [effect] = await db
    .select({ at: min(outbox.notBefore) })
    .from(outbox)
    .where(and(isNull(outbox.deadAt), gt(outbox.notBefore, now)));
  return Math.min(timer?.getTime() ?? Infinity, effect?.at?.getTime() ?? Infinity);
}

interface HandlerParts {
  readonly store: Store;
  readonly door: FrontDoor;
  readonly dm: NotificationChannel;
  readonly directory: Directory;
  readonly done: Effect[];
  readonly clock: MovableClock;
}

function handlersOf({ store, door, dm, directory, done, clock }: HandlerParts): EffectHandlers {
  const paging = {
    door,
    channels: new Map([[dm.name, dm]]),
    directory: () => directory,
    worldOf: (id: number) => worldOf(store.db, id),
    alertsOf: (id: number) => incidentAlerts(store.db, id, 10),
    urlOf: () => null,
    contacts: NO_ADDRESSES,
    clock,
    bundles: storeBundles({ db: store.db, clock, windowMs: () => directory.settings.bundleWithinMs }),
  };
  const note = (effect: Effect): Promise<Outcome> => {
    done.push(effect);
    return Promise.resolve({ kind: 'done' });
  };
  return {
    'chat.open_room': (effect) => {
      done.push(effect);
      const { incidentId } = effect;
      const room = { platform: 'console', roomId: `room-${incidentId}`, name: `inc-${incidentId}` };
      return Promise.resolve({
        kind: 'done',
        next: [{ type: 'incident.record_room', by: BOT, incidentId, room }],
      });
    },
    'chat.leave_room': note,
    'chat.sync_room': note,
    'chat.sync_card': note,
    'chat.announce': note,
    'chat.sync_test_report': note,
    'chat.broadcast': note,
    'chat.tell_group': note,
    'chat.tell_channel': note,
    'chat.tell_admins': note,
    'chat.tell_person': note,
    'chat.tell_room': note,
    'notify.call_webhook': note,
    'page.send': sendPage(paging),
    'page.sync': syncPage(paging),
    'page.fold': note,
    'incident.note_silence': note,
    'postmortem.publish': note,
  };
}

/** Answers when the condition holds; throws when it does not come to hold in time. For what runs on the machine's own clock. */
export async function until(holds: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
  for (const end = performance.now() + withinMs; performance.now() < end; await pause(5)) {
    if (await holds()) return;
  }
  throw new Error(`expected ${holds.toString()} within ${withinMs} ms`);
}
