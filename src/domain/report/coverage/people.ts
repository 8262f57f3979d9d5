import type { Directory, NamedSchedule, Person } from '../../directory.ts';
import type { Reach } from '../../forecast/play.ts';
import type { Schedule, Slot } from '../../schedule/schedule.ts';
import { chainOf, policiesInUse } from './paths.ts';
import { canBeReached } from './reachable.ts';
import type { Scope } from './window.ts';

/** Somebody who may be paged and has no working way to be told. */
export interface Unreachable {
  readonly person: string;
  /** Why not, for each channel of their rules; empty when they have no rule at all. */
  readonly reasons: readonly string[];
}

/** A name that stands for nobody any more, and where it still stands. */
export interface Gone {
  readonly person: string;
  readonly schedules: readonly string[];
  readonly teams: readonly string[];
  readonly policies: readonly string[];
}

interface Looking {
  readonly reach: Reach;
  readonly scope: Scope | null;
  readonly schedules: readonly NamedSchedule[];
}

/** Those who may be paged and cannot be reached, and those who are named and are not there any more. */
export function peopleTrouble(directory: Directory, { reach, scope, schedules }: Looking) {
  const bySchedule = schedules.map(({ id, schedule }) => ({ id, names: namesOn(schedule) }));
  const used = [...policiesInUse(directory)].filter((id) => scope?.policies.has(id) ?? true);
  const chain = [...new Set(used.flatMap((id) => chainOf(id, directory)))];
  const byPolicy = chain.map(({ id, steps }) => ({
    id,
    names: steps.flatMap(({ targets }) => targets.flatMap((one) => (one.kind === 'person' ? [one.id] : []))),
    teams: steps.flatMap(({ targets }) => targets.flatMap((one) => (one.kind === 'team' ? [one.id] : []))),
  }));
  const teamIds = new Set(scope === null ? directory.teams.keys() : byPolicy.flatMap(({ teams }) => teams));
  const byTeam = [...directory.teams.values()]
    .filter(({ id }) => teamIds.has(id))
    .map(({ id, members }) => ({ id, names: members }));
  const paged = byTeam.filter(({ id }) => byPolicy.some(({ teams }) => teams.includes(id)));
  const named = new Set([...bySchedule, ...byPolicy, ...paged].flatMap(({ names }) => names));
  const placesOf = (lists: typeof byTeam, person: string) =>
    lists.filter(({ names }) => names.includes(person)).map(({ id }) => id);
  const absent = new Set([...bySchedule, ...byPolicy, ...byTeam].flatMap(({ names }) => names));
  return {
    unreachable: [...named].toSorted().flatMap((id) => unreachable(directory.people.get(id), reach)),
    gone: [...absent]
      .filter((id) => !directory.people.has(id))
      .toSorted()
      .map((person): Gone => ({
        person,
        schedules: placesOf(bySchedule, person),
        teams: placesOf(byTeam, person),
        policies: placesOf(byPolicy, person),
      })),
  };
}

function unreachable(person: Person | undefined, reach: Reach): readonly Unreachable[] {
  if (!person || canBeReached(person, reach)) return [];
  const reasons = person.rules.high.map(({ channel }) => reach(person, channel, false) ?? '');
  return [{ person: person.id, reasons: [...new Set(reasons)] }];
}

/** Everybody whom a schedule names. */
export function namesOn({ layers, overrides = [] }: Schedule): readonly string[] {
  const slots = layers.flatMap((layer): readonly Slot[] => [
    ...layer.participants,
    ...(layer.rosterChanges ?? []).flatMap(({ participants }) => participants),
  ]);
  const stands = overrides.flatMap((override): readonly string[] => {
    if (override.type === 'replaceAll') return override.users;
    return override.type === 'substitute' ? (override.with === null ? [] : [override.with]) : [override.user];
  });
  return [...new Set([...slots.flat(), ...stands])];
}
