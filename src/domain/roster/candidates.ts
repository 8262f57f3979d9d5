import type { Directory, NamedSchedule } from '../directory.ts';
import { isAway } from './absence.ts';
import type { Absence } from './absence.ts';
import type { Period } from './difference.ts';
import { periodsOf } from './shifts.ts';

/**
 * Who could take a turn: whoever takes turns on the schedule or belongs to a team that is paged by it, is not on call there then
 * already, and is not away.
 */
export function candidatesFor(
  { schedule, id }: NamedSchedule,
  period: Period,
  { directory, absences }: { readonly directory: Directory; readonly absences: readonly Absence[] },
): readonly string[] {
  const inTurns = schedule.layers.flatMap((layer) => [
    ...layer.participants.flat(),
    ...(layer.rosterChanges ?? []).flatMap(({ participants }) => participants.flat()),
  ]);
  const inTeams = [...directory.teams.values()].flatMap((team) => (team.schedule === id ? team.members : []));
  return [...new Set([...inTurns, ...inTeams])].filter((person) => {
    const known = directory.people.get(person);
    if (known === undefined || known.access === 'observer') return false;
    return periodsOf(schedule, person, period).length === 0 && !isAway(absences, person, period);
  });
}
