import type { Directory, NamedSchedule } from '../directory.ts';
import { isSamePeople, uniquePeople, type People } from '../schedule/roster.ts';
import type { Layer, RosterChange } from '../schedule/schedule.ts';
import type { Occurrence } from './imported.ts';
import type { WhoIs } from './who.ts';

/** A time `[start, end)` in which these people are on call because a calendar says so. */
export interface ImportedShift {
  readonly start: Date;
  readonly end: Date;
  readonly people: readonly string[];
}

/** Shifts out of a calendar, and the names in it that stand for nobody, each with the first event from `now` on that has it. */
export interface ImportedShifts {
  readonly shifts: readonly ImportedShift[];
  readonly unknown: readonly UnknownName[];
}

/** A name that stands for nobody, and the next time for which that matters. */
export interface UnknownName {
  readonly name: string;
  readonly start: Date;
  readonly count: number;
}

/** Reads who is meant by each event of a calendar. Names in events that are over by `now` are not reported. */
export function shiftsIn(occurrences: readonly Occurrence[], whoIs: WhoIs, now: Date): ImportedShifts {
  const unknown = new Map<string, UnknownName>();
  const shifts = occurrences.flatMap(({ start, end, title, attendees }): readonly ImportedShift[] => {
    const meant = whoIs({ title, attendees });
    for (const name of end > now ? meant.unknown : []) {
      const known = unknown.get(name);
      unknown.set(name, {
        name,
        start: known !== undefined && known.start < start ? known.start : start,
        count: (known?.count ?? 0) + 1,
      });
    }
    return meant.people.length === 0 ? [] : [{ start, end, people: meant.people }];
  });
  return { shifts, unknown: [...unknown.values()] };
}

/** Schedules with the shifts of their calendars laid over the layers of the configuration, which still count where the calendar has nobody. */
export function withImportedShifts(
  directory: Directory,
  shifts: ReadonlyMap<string, readonly ImportedShift[]>,
): Directory {
  if (shifts.size === 0) return directory;
  const schedules = [...directory.schedules].map(([id, named]): [string, NamedSchedule] => {
    const own = shifts.get(id);
    return [id, own === undefined ? named : withLayer(named, own)];
  });
  return { ...directory, schedules: new Map(schedules) };
}

function withLayer(named: NamedSchedule, shifts: readonly ImportedShift[]): NamedSchedule {
  const { layers } = named.schedule;
  const priority = Math.max(0, ...layers.map((layer) => layer.priority ?? 0)) + 1;
  return { ...named, schedule: { ...named.schedule, layers: [...layers, layerOf(shifts, priority)] } };
}

/**
 * One layer in which whoever has a shift is on call. It has one slot, so its turns never matter, and every change of who has a shift is
 * a change of its roster; overrides count over it as over any other layer.
 */
function layerOf(shifts: readonly ImportedShift[], priority: number): Layer {
  return {
    participants: [[]],
    rotation: { unit: 'months', count: 1200, startDate: '1990-01-01', handoffTime: '00:00' },
    timeZone: 'UTC',
    priority,
    rosterChanges: changesOf(shifts),
  };
}

function changesOf(shifts: readonly ImportedShift[]): readonly RosterChange[] {
  const edges = shifts
    .flatMap(({ start, end, people }) => [
      { at: start.getTime(), people, by: 1 },
      { at: end.getTime(), people, by: -1 },
    ])
    .toSorted((a, b) => a.at - b.at);
  const shiftsOf = new Map<string, number>();
  const changes: RosterChange[] = [];
  let on: People = [];
  edges.forEach(({ at, people, by }, i) => {
    for (const id of people) shiftsOf.set(id, (shiftsOf.get(id) ?? 0) + by);
    if (edges[i + 1]?.at === at) return;
    const now = uniquePeople([...shiftsOf].flatMap(([id, count]) => (count > 0 ? [id] : [])));
    if (isSamePeople(on, now)) return;
    changes.push({ at: new Date(at).toISOString(), participants: [now] });
    on = now;
  });
  return changes;
}
