import type { Directory, NamedSchedule } from '../directory.ts';
import { withRoster } from './roster.ts';
import type { Roster } from './roster.ts';

/** The directory in which every schedule has what people have changed about it. Rosters of schedules that are gone change nothing. */
export function withRosters(directory: Directory, rosters: ReadonlyMap<string, Roster>): Directory {
  if (rosters.size === 0) return directory;
  const overlaid = [...directory.schedules].map(([id, named]): [string, NamedSchedule] => {
    const roster = rosters.get(id);
    return [id, roster === undefined ? named : overlay(named, roster)];
  });
  return { ...directory, schedules: new Map(overlaid) };
}

function overlay(named: NamedSchedule, roster: Roster): NamedSchedule {
  return { ...named, schedule: withRoster(named.schedule, roster), planned: named.schedule };
}

/** A schedule as it would be if people had changed nothing about it by an override. */
export function plannedOf({ schedule, planned }: NamedSchedule): NamedSchedule['schedule'] {
  return planned ?? schedule;
}
