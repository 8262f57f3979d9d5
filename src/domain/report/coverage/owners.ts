import type { Directory } from '../../directory.ts';
import { scopeOf } from './scope.ts';

/**
 * Who answers for a schedule being covered: its owner, else the people of the teams whose schedule it is, else those of the teams
 * whose services it is paged for, else the admins. Only people who are configured.
 */
export function ownersOf(schedule: string, directory: Directory): readonly string[] {
  const { teams, people, schedules } = directory;
  const owner = schedules.get(schedule)?.owner;
  const named = owner === undefined ? [] : (teams.get(owner)?.members ?? [owner]);
  const own = [...teams.values()].filter((team) => team.schedule === schedule);
  const candidates = [named, own.flatMap(({ members }) => members), membersPaging(schedule, directory)];
  const found = candidates.map((ids) => [...new Set(ids)].filter((id) => people.has(id)));
  return found.find((ids) => ids.length > 0) ?? adminsOf(directory);
}

/** The people who may change everything. */
export function adminsOf({ people }: Directory): readonly string[] {
  return [...people.values()].filter(({ access }) => access === 'admin').map(({ id }) => id);
}

function membersPaging(schedule: string, directory: Directory): readonly string[] {
  const { policies } = scopeOf({ kind: 'schedule', id: schedule }, directory);
  const services = [...directory.services.values()].filter(({ policy }) => policies.has(policy));
  return services.flatMap(({ owner }) => (owner === null ? [] : (directory.teams.get(owner)?.members ?? [])));
}
