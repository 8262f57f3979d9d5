import type { Directory, Target } from '../directory.ts';
import { onCallAt } from '../schedule/on-call.ts';

/** Somebody whom a target stands for, and the schedule on which they were found. */
export interface Found {
  readonly personId: string;
  readonly scheduleId: string | null;
}

/** Whom a target stands for at an instant: who is on call is looked up when a step starts, not before. */
export function findPeople(target: Target, directory: Directory, at: Date): readonly Found[] {
  switch (target.kind) {
    case 'person':
      return known([target.id], directory, null);
    case 'schedule':
      return onSchedule(target.id, directory, at);
    case 'team': {
      const team = directory.teams.get(target.id);
      if (!team) return [];
      if (team.schedule !== null) return onSchedule(team.schedule, directory, at);
      return known(team.members, directory, null);
    }
    case 'user_group':
    case 'channel':
    case 'webhook':
      return [];
  }
}

/** The people a target stands for at an instant. */
export function peopleOf(target: Target, directory: Directory, at: Date): readonly string[] {
  return findPeople(target, directory, at).map(({ personId }) => personId);
}

/** True for targets that are told and never expected to answer. */
export function isOnlyTold({ kind }: Target): boolean {
  return kind === 'user_group' || kind === 'channel' || kind === 'webhook';
}

function onSchedule(scheduleId: string, directory: Directory, at: Date): Found[] {
  const found = directory.schedules.get(scheduleId);
  return found ? known(onCallAt(found.schedule, at), directory, scheduleId) : [];
}

function known(ids: readonly string[], { people }: Directory, scheduleId: string | null): Found[] {
  return ids.filter((id) => people.has(id)).map((personId) => ({ personId, scheduleId }));
}
