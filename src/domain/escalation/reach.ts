import type { Given } from '../given.ts';
import type { Incident } from '../incident/incident.ts';
import { holds } from './condition.ts';
import type { EscalationEvent, NewPage } from './events.ts';
import type { FrozenPolicy, Position, Run } from './run.ts';
import { isOnlyTold, peopleOf } from './targets.ts';

type Step = FrozenPolicy['steps'][number];
type StepPosition = Extract<Position, { at: 'step' }>;

/** Where a run begins. */
export const FIRST: Position = { at: 'step', policy: 0, round: 0, step: 0 };

/**
 * Enters a position. Steps that can reach nobody are passed over at once, on the record, so that no time is lost;
 * the last resort is always entered, even when it reaches nobody, because it is called again.
 */
export function reach(from: Position, run: Run, incident: Incident, given: Given): EscalationEvent[] {
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
    const why = reasonToSkip(step, run, incident, given);
    if (why === null) return [...events, enter(position, step, run, given)];
    events.push({ type: 'escalation.step_skipped', runId: run.id, position, reason: why });
    position = after(position, run);
  }
  if (run.position.at === 'step') events.push({ type: 'escalation.exhausted', runId: run.id });
  return [...events, callLastResort(position, run, given)];
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

function reasonToSkip(step: Step, run: Run, incident: Incident, given: Given): 'condition' | 'nobody' | null {
  const { directory, now } = given;
  if (!step.conditions.every((condition) => holds(condition, incident, directory, now))) return 'condition';
  if (step.targets.some(isOnlyTold)) return null;
  return responders(step, run, given).length === 0 ? 'nobody' : null;
}

function enter(position: StepPosition, step: Step, run: Run, given: Given): EscalationEvent {
  return {
    type: 'escalation.step_reached',
    runId: run.id,
    position,
    pages: newPages(responders(step, run, given), run),
    told: step.targets.filter(isOnlyTold),
    ackBy: later(given.now, step.ackWithinMs),
  };
}

function callLastResort(position: Position, run: Run, given: Given): EscalationEvent {
  const { targets, everyMs } = run.lastResort;
  const people = targets.flatMap((target) => peopleOf(target, given.directory, given.now));
  return {
    type: 'escalation.step_reached',
    runId: run.id,
    position,
    // Even those who declined: at the end of the line anybody is better than nobody.
    pages: newPages([...new Set(people)], run),
    told: targets.filter(isOnlyTold),
    ackBy: later(given.now, everyMs),
  };
}

/** Who is paged by a step: each person once, those who cannot take it left out, one target in turn for round robin. */
function responders(step: Step, run: Run, { directory, now }: Given): string[] {
  const targets = step.targets.filter((target) => !isOnlyTold(target));
  const chosen = step.strategy === 'round_robin' ? inTurn(targets, run) : targets;
  const people = chosen.flatMap((target) => peopleOf(target, directory, now));
  return [...new Set(people)].filter((id) => !run.declined.includes(id));
}

function inTurn<T>(targets: readonly T[], run: Run): readonly T[] {
  const target = targets[run.turn % Math.max(1, targets.length)];
  return target === undefined ? [] : [target];
}

/** Pages for these people, numbered on within the run. */
export function newPages(people: readonly string[], run: Run): NewPage[] {
  return people.map((personId, i) => ({ pageId: `${run.id}/${run.pagesStarted + i + 1}`, personId }));
}

/** An instant so many milliseconds later. */
export function later(instant: Date, ms: number): Date {
  return new Date(instant.getTime() + ms);
}
