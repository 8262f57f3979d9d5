import type { Directory, Target } from '../domain/directory.ts';
import { onCallAt } from '../domain/schedule/on-call.ts';

/** The people whom paging a target would reach at an instant, each once; empty when nobody is on call there. */
export function peopleOfTarget(target: Target, directory: Directory, at: Date): readonly string[] {
  switch (target.kind) {
    case 'person':
      return directory.people.has(target.id) ? [target.id] : [];
    case 'schedule': {
      const named = directory.schedules.get(target.id);
      return named === undefined ? [] : onCallAt(named.schedule, at);
    }
    case 'team': {
      const team = directory.teams.get(target.id);
      if (team === undefined) return [];
      if (team.schedule === null) return team.members;
      return peopleOfTarget({ kind: 'schedule', id: team.schedule }, directory, at);
    }
    case 'channel':
    case 'webhook':
      return [];
  }
}

/** The people of several targets, each once. */
export function peopleOfTargets(
  targets: readonly Target[],
  directory: Directory,
  at: Date,
): readonly string[] {
  return [...new Set(targets.flatMap((target) => peopleOfTarget(target, directory, at)))];
}
