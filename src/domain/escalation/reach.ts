import type { Given } from '../given.ts';
import type { Incident } from '../incident/incident.ts';
import { holds, urgencyOf } from './condition.ts';
import type { EscalationEvent, NewPage } from './events.ts';
import { isByHand } from './run.ts';
import type { Delay, FrozenPolicy, Position, Run } from './run.ts';
import { findPeople, isOnlyTold } from './targets.ts';
import type { Found } from './targets.ts';
import { delayOf, isAtWork } from './working-hours.ts';

type Step = FrozenPolicy['steps'][number];
type StepPosition = Extract<Position, { at: 'step' }>;

/** Where a run begins. */
export const FIRST: Position = { at: 'step', policy: 0, round: 0, step: 0 };

/** What is of low urgency waits for working hours, unless somebody wants it now. */
export type Pace = 'in_hours' | 'at_once';

/** Of what a run makes its way. */
export interface Way {
  readonly run: Run;
  readonly incident: Incident;
  readonly given: Given;
  /** `in_hours` unless said. */
  readonly pace?: Pace;
}

/**
 * Enters a position. Steps that can reach nobody are passed over at once, on the record, so that no time is lost;
 * the last resort is always entered, even when it reaches nobody, because it is called again.
 */
export function reach(from: Position, way: Way): EscalationEvent[] {
  const { run } = way;
  const events: EscalationEvent[] = [];
  let position = from;
  // The position at which this call saw its first step: a whole round in vain at one instant need not be repeated.
  const seen = new Set<string>();
  while (position.at === 'step') {
    const step = stepAt(position, run);
    const place = `${position.policy}/${position.step}`;
    if (!step || seen.has(place)) {
      position = nextPolicy(position, run);
      continue;
    }
    seen.add(place);
    const why = reasonToSkip(step, way);
    if (why === null) return [...events, enter(position, step, way)];
    events.push({ type: 'escalation.step_skipped', runId: run.id, position, reason: why });
    position = after(position, run);
  }
  if (run.position.at === 'step') events.push({ type: 'escalation.exhausted', runId: run.id });
  return [...events, callLastResort(position, way)];
}

/** The position that follows. */
export function after(position: Position, run: Run): Position {
  if (position.at === 'last_resort') return { at: 'last_resort', call: position.call + 1 };
  const policy = run.policies[position.policy];
  if (policy && position.step + 1 < policy.steps.length) return { ...position, step: position.step + 1 };
  if (policy && position.round + 1 < policy.rounds)
    return { ...position, round: position.round + 1, step: 0 };
  return nextPolicy(position, run);
}

function nextPolicy(position: StepPosition, run: Run): Position {
  if (position.policy + 1 >= run.policies.length) return { at: 'last_resort', call: 0 };
  return { at: 'step', policy: position.policy + 1, round: 0, step: 0 };
}

/** The step at a position; undefined for the last resort. */
export function stepAt(position: Position, run: Run): Step | undefined {
  return position.at === 'step' ? run.policies[position.policy]?.steps[position.step] : undefined;
}

function reasonToSkip(step: Step, way: Way): 'condition' | 'nobody' | null {
  const { directory, now } = way.given;
  if (!step.conditions.every((condition) => holds(condition, way.incident, directory, now)))
    return 'condition';
  if (responders(step, way).length > 0) return null;
  if (step.targets.some(isOnlyTold)) return null;
  return someoneOf(step, way).length > 0 ? 'condition' : 'nobody';
}

function enter(position: StepPosition, step: Step, way: Way): EscalationEvent {
  return begin(position, way, {
    people: responders(step, way),
    told: step.targets.filter(isOnlyTold),
    waitMs: step.ackWithinMs,
  });
}

function callLastResort(position: Position, way: Way): EscalationEvent {
  const { targets, everyMs } = way.run.lastResort;
  // Even those who declined: at the end of the line anybody is better than nobody.
  const people = targets.flatMap((target) => findPeople(target, way.given.directory, way.given.now));
  return begin(position, way, { people: once(people), told: targets.filter(isOnlyTold), waitMs: everyMs });
}

interface Beginning {
  readonly people: readonly Found[];
  readonly told: Step['targets'];
  readonly waitMs: number;
}

/** A position begins as soon as one of its people is at work; those who are not yet have their pages held. */
function begin(position: Position, way: Way, { people, told, waitMs }: Beginning): EscalationEvent {
  const { run, given } = way;
  const delays = new Map(people.map((found) => [found.personId, delayFor(found, way)]));
  const first = earliest([...delays.values()]);
  if (first !== null) return { type: 'escalation.step_delayed', runId: run.id, position, delay: first };
  const ids = people.map(({ personId }) => personId);
  return {
    type: 'escalation.step_reached',
    runId: run.id,
    position,
    pages: newPages(ids, run).map((page) => ({
      ...page,
      heldUntil: delays.get(page.personId)?.until ?? null,
    })),
    told,
    ackBy: later(given.now, waitMs),
  };
}

function delayFor(found: Found, { run, incident, given, pace }: Way): Delay | null {
  const canWait = pace !== 'at_once' && !run.rulesNow && !isByHand(run);
  if (!canWait || urgencyOf(incident.severity, given.directory) === 'high') return null;
  return delayOf(found, given.directory, given.now);
}

/** The delay that ends first; null when somebody has none, or nobody is there to be waited for. */
function earliest(delays: readonly (Delay | null)[]): Delay | null {
  const real = delays.filter((delay) => delay !== null);
  if (real.length < delays.length) return null;
  return real.toSorted((a, b) => a.until.getTime() - b.until.getTime())[0] ?? null;
}

/** Who is paged by a step: of those whom it stands for the ones who are at work, where it asks for that. */
function responders(step: Step, way: Way): readonly Found[] {
  const { directory, now } = way.given;
  const people = someoneOf(step, way);
  if (!step.conditions.some(({ kind }) => kind === 'own_hours')) return people;
  return people.filter((found) => isAtWork(found, directory, now));
}

/** Whom a step stands for: each person once, those who cannot take it left out, one target in turn for round robin. */
function someoneOf(step: Step, { run, given }: Way): readonly Found[] {
  const targets = step.targets.filter((target) => !isOnlyTold(target));
  const chosen = step.strategy === 'round_robin' ? inTurn(targets, run) : targets;
  const people = chosen.flatMap((target) => findPeople(target, given.directory, given.now));
  return once(people).filter(({ personId }) => !run.declined.includes(personId));
}

function once(people: readonly Found[]): readonly Found[] {
  const ids = people.map(({ personId }) => personId);
  return people.filter(({ personId }, i) => ids.indexOf(personId) === i);
}

/** Round robin: the one target whose turn it is in this run, in a list; empty when there is none. */
export function inTurn<T>(targets: readonly T[], run: Run): readonly T[] {
  const target = targets[run.turn % Math.max(1, targets.length)];
  return target === undefined ? [] : [target];
}

/** Pages for these people, numbered on within the run. */
export function newPages(people: readonly string[], run: Run): NewPage[] {
  return people.map((personId, i) => ({
    pageId: `${run.id}/${run.pagesStarted + i + 1}`,
    personId,
    heldUntil: null,
  }));
}

/** An instant so many milliseconds later. */
export function later(instant: Date, ms: number): Date {
  return new Date(instant.getTime() + ms);
}
