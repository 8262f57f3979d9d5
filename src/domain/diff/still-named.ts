import type { Directory, NamedSchedule } from '../directory.ts';
import type { Override, Slot } from '../schedule/schedule.ts';
import type { StillNamed } from './comparison.ts';

/** Whom a schedule or a team still names although nobody of that id is configured. Overrides that are over do not count. */
export function findStillNamed({ people, schedules, teams }: Directory, now: Date): readonly StillNamed[] {
  const found = [
    ...[...schedules.values()].flatMap((named) => namedIn(named, now)),
    ...[...teams.values()].flatMap(({ id, members }) =>
      members.map((person) => ({ person, where: `team ${id}` })),
    ),
  ];
  return found.filter(({ person }) => !people.has(person));
}

function namedIn({ id, schedule }: NamedSchedule, now: Date): readonly StillNamed[] {
  const turns = schedule.layers.flatMap(({ participants, rosterChanges = [] }) => [
    ...participants,
    ...rosterChanges.flatMap((change) => change.participants),
  ]);
  const inTurns = [...new Set(turns.flatMap(peopleIn))].map((person) => ({
    person,
    where: `the rotation of schedule ${id}`,
  }));
  const current = (schedule.overrides ?? []).filter(({ end }) => Date.parse(end) > now.getTime());
  const inOverrides = current.flatMap((override) =>
    peopleOf(override).map((person) => ({
      person,
      where: `an override of schedule ${id} from ${override.start} to ${override.end}`,
    })),
  );
  return [...inTurns, ...inOverrides];
}

function peopleIn(slot: Slot): readonly string[] {
  return typeof slot === 'string' ? [slot] : slot;
}

// Who is replaced is not put on call by it.
function peopleOf(override: Override): readonly string[] {
  switch (override.type) {
    case 'replaceAll':
      return override.users;
    case 'substitute':
      return override.with === null ? [] : [override.with];
    case 'add':
      return [override.user];
  }
}
