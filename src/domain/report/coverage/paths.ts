import type { Condition, Directory, Policy, Step, Target } from '../../directory.ts';
import type { Reach } from '../../forecast/play.ts';
import type { Span } from '../../schedule/turns.ts';
import { closedOn } from '../../escalation/condition.ts';
import { openSpans } from '../../schedule/hours.ts';
import { stretchesOf } from './gaps.ts';
import type { ScheduleCoverage, Stretch } from './gaps.ts';
import { canBeReached } from './reachable.ts';
import { intersect } from './spans.ts';
import type { Scope } from './window.ts';

/** A time in which only one person would answer, whatever the step. */
export interface Alone extends Span {
  readonly person: string;
}

/** How many people a policy would find, over all of its steps and the policies that take over from it. */
export interface PathCoverage {
  readonly policy: string;
  /** Times in which no step finds anybody who can be reached: only the last resort is left. */
  readonly nobody: readonly Span[];
  /** Times in which all steps together find one and the same person. */
  readonly alone: readonly Alone[];
}

/** What paths are judged by. */
interface Judging {
  readonly reach: Reach;
  readonly scope: Scope | null;
  /** Schedules that are worked out already. */
  readonly schedules: readonly ScheduleCoverage[];
}

/** Every policy that something pages. Steps are taken as for the worst severity: one for lesser things alone does not count. */
export function pathsOf(directory: Directory, window: Span, judging: Judging): readonly PathCoverage[] {
  const { reach, scope, schedules } = judging;
  const wanted = [...policiesInUse(directory)].filter((id) => scope?.policies.has(id) ?? true);
  const known = new Map(schedules.map(({ schedule, stretches }) => [schedule, stretches] as const));
  const scheduleAt = (id: string): readonly Stretch[] => {
    const named = directory.schedules.get(id);
    const made = known.get(id) ?? (named ? stretchesOf(named.schedule, window) : []);
    known.set(id, made);
    return made;
  };
  const isThere = reachableIn(directory, reach);
  return wanted.map((policy) => pathOf(policy, { directory, window, scheduleAt, isThere }));
}

/** The policies that services, routes and the settings name. */
export function policiesInUse({ services, routes, policies, settings }: Directory): ReadonlySet<string> {
  const named = [
    ...[...services.values()].map(({ policy }) => policy),
    ...routes.flatMap(({ policy }) => policy ?? []),
    settings.defaultPolicy,
  ];
  return new Set(named.filter((id) => policies.has(id)));
}

/** A policy and those that take over from it, each once. */
export function chainOf(id: string, { policies }: Directory): readonly Policy[] {
  const chain = new Map<string, Policy>();
  for (let next = policies.get(id); next && !chain.has(next.id);) {
    chain.set(next.id, next);
    next = next.followedBy === null ? undefined : policies.get(next.followedBy);
  }
  return [...chain.values()];
}

interface Looking {
  readonly directory: Directory;
  readonly window: Span;
  readonly scheduleAt: (id: string) => readonly Stretch[];
  readonly isThere: (personId: string) => boolean;
}

function reachableIn({ people }: Directory, reach: Reach): (personId: string) => boolean {
  const known = new Map([...people.values()].map((person) => [person.id, canBeReached(person, reach)]));
  return (id) => known.get(id) ?? false;
}

function pathOf(policy: string, looking: Looking): PathCoverage {
  const steps = chainOf(policy, looking.directory).flatMap((one) => one.steps);
  const duties = steps.flatMap((step) => dutiesOf(step, looking));
  const nobody: Span[] = [];
  const alone: Alone[] = [];
  for (const { start, end, people } of together(duties, looking.window)) {
    const [person, ...others] = people;
    if (person === undefined) extend(nobody, { start, end }, () => true);
    else if (others.length === 0) extend(alone, { start, end, person }, (last) => last.person === person);
  }
  return { policy, nobody, alone };
}

function extend<S extends Span>(list: S[], span: S, isAlike: (last: S) => boolean): void {
  const last = list.at(-1);
  if (last?.end === span.start && isAlike(last)) list[list.length - 1] = { ...last, end: span.end };
  else list.push(span);
}

function dutiesOf(step: Step, looking: Looking): readonly Stretch[] {
  const open = step.conditions.reduce<readonly Span[]>(
    (spans, condition) => intersect(spans, spansOf(condition, looking)),
    [looking.window],
  );
  if (open.length === 0) return [];
  const ownHours = step.conditions.some(({ kind }) => kind === 'own_hours');
  const isAround = (id: string): boolean => looking.isThere(id) && !(ownHours && hasHours(id, looking));
  return step.targets.flatMap((target) =>
    stretchesTo(target, looking).flatMap((stretch) => {
      const people = stretch.people.filter(isAround);
      return people.length === 0 ? [] : intersect([stretch], open).map((span) => ({ ...span, people }));
    }),
  );
}

function hasHours(id: string, { directory: { people, settings } }: Looking): boolean {
  return (people.get(id)?.workingHours ?? settings.workingHours) !== null;
}

function spansOf(condition: Condition, { directory, window }: Looking): readonly Span[] {
  switch (condition.kind) {
    case 'severity_at_least':
    case 'own_hours':
      return [window];
    case 'urgency':
      return directory.severities[0]?.urgency === condition.urgency ? [window] : [];
    case 'within_hours':
      return openSpans({ ...condition, closed: closedOn(condition, directory) }, window);
  }
}

function stretchesTo(target: Target, { directory, window, scheduleAt }: Looking): readonly Stretch[] {
  switch (target.kind) {
    case 'person':
      return [{ ...window, people: [target.id] }];
    case 'schedule':
      return scheduleAt(target.id);
    case 'team': {
      const team = directory.teams.get(target.id);
      if (!team) return [];
      return team.schedule === null ? [{ ...window, people: team.members }] : scheduleAt(team.schedule);
    }
    case 'channel':
    case 'webhook':
    case 'user_group':
      return [];
  }
}

/** Everybody of any of the lists, piece by piece over the window. */
function together(duties: readonly Stretch[], window: Span): readonly Stretch[] {
  const cuts = [...new Set([window.start, window.end, ...duties.flatMap(({ start, end }) => [start, end])])];
  const edges = cuts.sort((a, b) => a - b);
  const begins = duties.toSorted((a, b) => a.start - b.start);
  const pieces: Stretch[] = [];
  let on: readonly Stretch[] = [];
  let next = 0;
  edges.slice(0, -1).forEach((start, i) => {
    on = on.filter(({ end }) => end > start);
    for (let duty = begins[next]; duty && duty.start <= start; duty = begins[next]) {
      on = [...on, duty];
      next += 1;
    }
    const people = [...new Set(on.flatMap((duty) => duty.people))].sort();
    pieces.push({ start, end: edges[i + 1] ?? window.end, people });
  });
  return pieces;
}
