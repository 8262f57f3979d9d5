import type { Command, IncidentSideCommand } from '../domain/command.ts';
import { Effect } from '../domain/effect.ts';
import { backoffMs } from '../lib/backoff.ts';
import { faultPoint } from '../lib/fault-point.ts';
import { buryEffect, LONGEST_WAIT_MS, retryEffect, waitWithEffect } from '../store/outbox.ts';
import type { LeasedEffect } from '../store/outbox.ts';
import type { EffectHandlers, Outcome } from './effect-handler.ts';
import type { EngineParts } from './engine-parts.ts';
import type { Finish } from './finish-together.ts';
import { givingUp } from './give-up.ts';
import { handle } from './handle.ts';
import type { Request } from './handle.ts';
import { surely } from './surely.ts';

/** What carrying effects out works with. */
export interface CarryingParts {
  readonly engine: EngineParts;
  readonly handlers: EffectHandlers;
  readonly finished: Finish;
}

const MINUTE = 60_000;
/** For how long an effect is tried: a page must move on to the next way of reaching the person. */
const BUDGET_MS = { page: 10 * MINUTE, other: 6 * 60 * MINUTE };
/** Waits between tries grow up to here. */
const LONGEST_BACKOFF_MS = { page: 30_000, other: 5 * MINUTE };
const FIRST_BACKOFF_MS = 1_000;
const SHORTEST_WAIT_MS = 100;
/** A handler that has not answered by then is tried again. */
const TIME_OUT_MS = { 'page.send': 20_000, 'postmortem.publish': 120_000, other: 45_000 };

/** Carries one effect out and settles what came of it. Throws only when the database does. */
export async function carryOut(parts: CarryingParts, leased: LeasedEffect): Promise<void> {
  const read = Effect.safeParse(leased.effect);
  if (!read.success) return bury(parts.engine, leased, read.error);
  faultPoint('effect.before');
  const started = performance.now();
  const outcome = await tryOnce(parts, leased, read.data);
  faultPoint('effect.after');
  const last = await settle(parts, { leased, effect: read.data, outcome });
  faultPoint('effect.settled');
  parts.engine.hooks.effectTried?.(read.data.type, last, performance.now() - started);
}

async function bury(
  { store, clock, logger, hooks }: EngineParts,
  leased: LeasedEffect,
  err: unknown,
): Promise<void> {
  logger.error({ err, effect: leased.id }, 'An effect in the outbox cannot be read; it is set aside');
  const reason = err instanceof Error ? err.message : String(err);
  await buryEffect(store.db, leased, { now: clock.now(), reason });
  hooks.effectTried?.('unreadable', 'dead', 0);
}

async function tryOnce({ handlers }: CarryingParts, leased: LeasedEffect, effect: Effect): Promise<Outcome> {
  const attempting = { key: `effect:${leased.id}`, attempt: leased.attempts, since: leased.createdAt };
  // The registry has for each type a handler of that type; the compiler cannot follow one lookup through the union.
  const carry = handlers[effect.type] as (effect: Effect, about: typeof attempting) => Promise<Outcome>;
  const timeOutMs =
    effect.type === 'page.send' || effect.type === 'postmortem.publish'
      ? TIME_OUT_MS[effect.type]
      : TIME_OUT_MS.other;
  try {
    return await within(timeOutMs, carry(effect, attempting));
  } catch (error) {
    return { kind: 'retry', afterMs: null, reason: error instanceof Error ? error.message : String(error) };
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

interface Tried {
  readonly leased: LeasedEffect;
  readonly effect: Effect;
  readonly outcome: Outcome;
}

async function settle(parts: CarryingParts, tried: Tried): Promise<Outcome['kind']> {
  const { engine } = parts;
  const outcome = withinBudget(engine, tried);
  if (outcome.kind === 'wait') {
    await comeBack(engine, tried.leased, outcome.afterMs);
    return 'wait';
  }
  if (outcome.kind === 'retry') {
    await tryLater(engine, tried, outcome);
    const commands = sayable(tried.effect, outcome.next);
    if (commands.length > 0) await surely(() => handle(engine, [{ commands }]));
    return 'retry';
  }
  try {
    const request = finishing(engine, { ...tried, outcome });
    await surely(() => finish(parts, request));
    return outcome.kind;
  } catch (error) {
    engine.logger.error(
      { err: error, effect: tried.effect.type, ...about(tried.effect) },
      'What came of an effect could not be stored; it is tried again',
    );
    await tryLater(engine, tried, { kind: 'retry', afterMs: null, reason: String(error) });
    return 'retry';
  }
}

/** Most effects have nothing to say: they need no transaction of their own. */
async function finish({ engine, finished }: CarryingParts, request: Finishing): Promise<void> {
  if (request.commands.length > 0 || request.effects.length > 0) await handle(engine, [request]);
  else await finished(request.finishes);
}

/** A retry after the time is up is a giving up. */
function withinBudget({ clock }: EngineParts, { leased, effect, outcome }: Tried): Outcome {
  if (outcome.kind !== 'retry') return outcome;
  const spent = clock.now().getTime() - leased.createdAt.getTime();
  const budget = effect.type === 'page.send' ? BUDGET_MS.page : BUDGET_MS.other;
  if (spent + (outcome.afterMs ?? 0) < budget) return outcome;
  return { kind: 'give_up', reason: `${outcome.reason} (tried ${leased.attempts} times)` };
}

type Finishing = Request & Required<Pick<Request, 'finishes' | 'effects'>>;

function finishing(engine: EngineParts, { leased, effect, outcome }: Tried): Finishing {
  if (outcome.kind === 'give_up') {
    engine.logger.error(
      { effect: effect.type, reason: outcome.reason, ...about(effect) },
      'An effect was given up',
    );
    return { ...givingUp(effect, outcome.reason), finishes: leased };
  }
  const next = outcome.kind === 'done' ? outcome.next : [];
  return { commands: sayable(effect, next), finishes: leased, effects: [] };
}

function sayable(effect: Effect, next: readonly Command[] = []): readonly IncidentSideCommand[] {
  return next.map((command) => {
    if (command.type === 'alert.receive')
      throw new Error(`expected ${effect.type} to answer about an incident, found ${command.type}`);
    return command;
  });
}

type Retry = Extract<Outcome, { kind: 'retry' }>;

async function tryLater(
  engine: EngineParts,
  { leased, effect }: Tried,
  { afterMs, reason }: Retry,
): Promise<void> {
  const maxMs = effect.type === 'page.send' ? LONGEST_BACKOFF_MS.page : LONGEST_BACKOFF_MS.other;
  const backoff = backoffMs(leased.attempts, { baseMs: FIRST_BACKOFF_MS, maxMs, random: engine.random });
  const waitMs = Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, afterMs ?? 0, backoff));
  const notBefore = new Date(engine.clock.now().getTime() + waitMs);
  engine.logger.info(
    { effect: effect.type, attempt: leased.attempts, waitMs, reason, ...about(effect) },
    'An effect will be tried again',
  );
  await surely(() => retryEffect(engine.store.db, leased, { notBefore, reason }));
}

async function comeBack({ clock, store }: EngineParts, leased: LeasedEffect, afterMs: number): Promise<void> {
  const now = clock.now();
  const waitMs = Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, afterMs));
  await surely(() => waitWithEffect(store.db, leased, { now, until: new Date(now.getTime() + waitMs) }));
}

function about(effect: Effect): { readonly incident?: number } {
  return 'incidentId' in effect && effect.incidentId !== null ? { incident: effect.incidentId } : {};
}
