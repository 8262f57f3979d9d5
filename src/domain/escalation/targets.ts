import type { Directory, Target } from '../directory.ts';
import { onCallAt } from '../schedule/on-call.ts';

/** The people a target stands for at an instant: who is on call is looked up when a step starts, not before. */
export function peopleOf(target: Target, directory: Directory, at: Date): readonly string[] {
  switch (target.kind) {
    case 'person':
      return known([target.id], directory);
    case 'schedule': {
      const found = directory.schedules.get(target.id);
      return found ? known(onCallAt(found.schedule, at), directory) : [];
    }
    case 'team': {
      const team = directory.teams.get(target.id);
      if (!team) return [];
      if (team.schedule !== null) return peopleOf({ kind: 'schedule', id: team.schedule }, directory, at);
      return known(team.members, directory);
    }
    case 'channel':
    case 'webhook':
      return [];
  }
}

/** True for targets that are told and never expected to answer. */
export function isOnlyTold(target: Target): boolean {
  return target.kind === 'channel' || target.kind === 'webhook';
}

function known(ids: readonly string[], { people }: Directory): string[] {
  return ids.filter((id) => people.has(id));
}
