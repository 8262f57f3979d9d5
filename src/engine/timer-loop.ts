import { BOT } from '../domain/actor.ts';
import { TimerCommand } from '../domain/timer.ts';
import { faultPoint } from '../lib/fault-point.ts';
import { isConnectionFailure } from '../store/failure.ts';
import { queueEffects } from '../store/outbox.ts';
import { claimDueTimers, dueTimers, nextDueAt, postponeTimer } from '../store/timers.ts';
import type { SeenTimer } from '../store/timers.ts';
import type { EngineParts } from './engine-parts.ts';
import { handle, handleFound } from './handle.ts';
import type { Handled, Request } from './handle.ts';
import { createLoop } from './loop.ts';
import type { Loop } from './loop.ts';

/** So many timers are looked at together and taken in one transaction. */
const BATCH = 200;
/** The loop looks again after so long at the latest, whatever it knows and whoever was to wake it. */
const SAFETY_MS = 1_000;
/** What is due and held by somebody else is looked at again after so long, and waited for once it is late by more than patience. */
const HELD_MS = 25;
const PATIENCE_MS = 1_000;
const MOST_HELD = 10;
const FIRST_PUT_OFF_MS = 30_000;
const LONGEST_PUT_OFF_MS = 15 * 60_000;

/** Says what timers say, when they are due. Any number of processes may do it: each timer is taken once. */
export function createTimerLoop(parts: EngineParts): Loop {
  return createLoop({ round: () => round(parts), tick: () => tick(parts, 0) });
}

/** One round; answers how many ms there are until the next one. */
async function round(parts: EngineParts): Promise<number> {
  try {
    if ((await tick(parts, PATIENCE_MS)) > 0) return 0;
    const next = await nextDueAt(parts.store.db);
    const wait = next ? next.getTime() - parts.clock.now().getTime() : SAFETY_MS;
    return wait < 0 ? HELD_MS : Math.min(SAFETY_MS, Math.max(1, wait));
  } catch (err) {
    parts.logger.error({ err }, 'Timers could not be looked at; trying again');
    return SAFETY_MS;
  }
}

/** Takes what is due and free. Only if there is nothing free, what is late by `patienceMs` is waited for. */
async function tick(parts: EngineParts, patienceMs: number): Promise<number> {
  const free = await takeFree(parts);
  if (free > 0) return free;
  const lateBy = new Date(parts.clock.now().getTime() - patienceMs);
  const held = await dueTimers(parts.store.db, lateBy, MOST_HELD);
  for (const timer of held) await takeOne(parts, timer);
  return held.length;
}

async function takeFree(parts: EngineParts): Promise<number> {
  let seen: readonly SeenTimer[] = [];
  let requests: readonly Request[] = [];
  try {
    const handled = await handleFound(parts, async (tx) => {
      seen = await claimDueTimers(tx, parts.clock.now(), BATCH);
      if (seen.length > 0) faultPoint('timer.seen');
      parts.rightOfWay.took('timers', seen.length);
      requests = seen.flatMap(readable);
      return requests;
    });
    if (handled.length > 0) faultPoint('timer.taken');
    tellTaken(parts, requests, handled);
    const read = new Set(requests.map(({ firedBy }) => firedBy));
    for (const timer of seen) if (!read.has(timer)) await takeOne(parts, timer);
  } catch (error) {
    if (isConnectionFailure(error)) throw error;
    for (const timer of seen) await takeOne(parts, timer);
  }
  return seen.length;
}

/** What its timer says; nothing when that cannot be read. */
function readable(timer: SeenTimer): readonly Request[] {
  const command = TimerCommand.safeParse(timer.command);
  return command.success ? [{ commands: [{ ...command.data, by: BOT }], firedBy: timer }] : [];
}

/** Takes a timer by itself, so that one that fails holds no other up. */
async function takeOne(parts: EngineParts, timer: SeenTimer): Promise<void> {
  try {
    const request: Request = {
      commands: [{ ...TimerCommand.parse(timer.command), by: BOT }],
      firedBy: timer,
    };
    tellTaken(parts, [request], await handle(parts, [request]));
  } catch (error) {
    if (isConnectionFailure(error)) throw error;
    await putOff(parts, timer, error);
  }
}

function tellTaken(parts: EngineParts, requests: readonly Request[], handled: readonly Handled[]): void {
  const now = parts.clock.now().getTime();
  for (const [i, { firedBy }] of requests.entries()) {
    if (firedBy && handled[i]?.kind === 'said') parts.hooks.timerTaken?.(now - firedBy.dueAt.getTime());
  }
}

/** A timer whose command fails is tried again later and later, and holds nobody else up. The admins hear of it once. */
async function putOff(parts: EngineParts, timer: SeenTimer, error: unknown): Promise<void> {
  const { key, incidentId, failures } = timer;
  const now = parts.clock.now();
  const waitMs = Math.min(LONGEST_PUT_OFF_MS, FIRST_PUT_OFF_MS * 2 ** failures);
  parts.logger.error(
    { err: error, incident: incidentId, timer: key, waitMs },
    'What a timer says failed; it is tried again',
  );
  const isOurs = await postponeTimer(parts.store.db, timer, new Date(now.getTime() + waitMs));
  if (!isOurs) return;
  parts.hooks.timerFailed?.();
  if (failures > 0) return;
  const text = `A timer of #${incidentId} (${key}) fails and is tried again. This is a bug in Firebell: the log has the details.`;
  await queueEffects(parts.store.db, [{ type: 'chat.tell_admins', incidentId, text }], now);
  parts.wake({ effects: [text], timers: [] });
}
