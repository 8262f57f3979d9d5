import ICAL from 'ical.js';
import type { Wall } from '../../domain/schedule/zone.ts';
import { after, endsOf, EventProblem, readTime, type ReadingTimes, type ReadTime } from './event-times.ts';
import { wallsOfRule } from './walls.ts';

/** One time of an event, in ms; `event` is the component that says what it is. */
export interface Happening {
  readonly start: number;
  readonly end: number;
  readonly event: ICAL.Component;
}

/** An event with all the changes that were made to single times of it. */
export interface EventWithChanges {
  readonly master: ICAL.Component | null;
  readonly changes: readonly ICAL.Component[];
}

/** What is looked at, `[from, to)` in ms. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

const DAY = 86_400_000;

/** Every time of an event that lies in the range, in no order. Throws EventProblem, or CalendarLimit. */
export function happeningsOf(
  { master, changes }: EventWithChanges,
  range: Range,
  reading: ReadingTimes,
): readonly Happening[] {
  const changed = changes.map((change) => changeOf(change, reading));
  const single = changed.map(({ event, start, endOf }) => ({ start, end: endOf(), event }));
  const regular = master ? regularOf(master, range, reading) : [];
  const kept = regular
    .filter(({ start }) => !changed.some(({ instead }) => instead === start))
    .map((happening) => moved(happening, changed));
  return [...kept, ...single].filter(
    ({ start, end, event }) => start < range.to && end > range.from && start < end && !isCancelled(event),
  );
}

function isCancelled(event: ICAL.Component): boolean {
  return String(event.getFirstPropertyValue('status') ?? '').toUpperCase() === 'CANCELLED';
}

interface Change {
  /** The instant at which it would have been. */
  readonly instead: number;
  readonly start: number;
  readonly endOf: () => number;
  readonly event: ICAL.Component;
  /** Holds for every later time as well. */
  readonly andLater: boolean;
}

function changeOf(event: ICAL.Component, reading: ReadingTimes): Change {
  const id = event.getFirstProperty('recurrence-id');
  if (!id) throw new Error('expected a change to name the time that it changes');
  const { wall: original, zone } = readTime(id.getFirstValue(), id, reading);
  const start = startOf(event, reading);
  const end = endsOf(event, start, reading);
  return {
    instead: zone.instantOf(original),
    start: start.zone.instantOf(start.wall),
    endOf: () => end(start.wall),
    event,
    andLater: id.getFirstParameter('range')?.toUpperCase() === 'THISANDFUTURE',
  };
}

/** A time after a change that holds for later ones too is moved by as much, lasts as long, and is what the change says. */
function moved(happening: Happening, changes: readonly Change[]): Happening {
  const change = changes
    .filter(({ andLater, instead }) => andLater && instead < happening.start)
    .toSorted((a, b) => b.instead - a.instead)[0];
  if (!change) return happening;
  const start = happening.start + change.start - change.instead;
  return { start, end: start + change.endOf() - change.start, event: change.event };
}

function startOf(event: ICAL.Component, reading: ReadingTimes): ReadTime {
  const start = event.getFirstProperty('dtstart');
  if (!start) throw new EventProblem('has no beginning');
  return readTime(start.getFirstValue(), start, reading);
}

/** The times that the event's own rules give: DTSTART, RRULE and RDATE without EXDATE. */
function regularOf(event: ICAL.Component, { to }: Range, reading: ReadingTimes): readonly Happening[] {
  const start = startOf(event, reading);
  const { zone } = start;
  const endOf = endsOf(event, start, reading);
  const until = zone.wallAt(to) + DAY;
  const walls = new Set<Wall>([start.wall]);
  for (const rule of event.getAllProperties('rrule')) {
    for (const wall of wallsOfRule(rule.getFirstValue(), { start: start.wall, zone, until })) walls.add(wall);
  }
  // Where clocks jump, two wall times are one instant: the earlier one counts, and rules before additions. A later entry of a Map wins.
  const regular = [...walls]
    .toSorted((a, b) => b - a)
    .map((wall) => [zone.instantOf(wall), endOf(wall)] as const);
  const times = new Map([...extraTimes(event, { zone, endOf, reading }), ...regular]);
  const isLeftOut = leftOut(event, start, reading);
  return [...times].filter(([at]) => !isLeftOut(at)).map(([at, end]) => ({ start: at, end, event }));
}

interface Rules {
  readonly zone: ReadTime['zone'];
  readonly endOf: (wall: Wall) => number;
  readonly reading: ReadingTimes;
}

function extraTimes(
  event: ICAL.Component,
  { zone, endOf, reading }: Rules,
): readonly (readonly [number, number])[] {
  return event.getAllProperties('rdate').flatMap((property) =>
    property.getValues().map((value): readonly [number, number] => {
      if (value instanceof ICAL.Period) return periodOf(value, property, reading);
      const read = readTime(value, property, reading);
      const at = read.zone.instantOf(read.wall);
      return [at, endOf(zone.wallAt(at))];
    }),
  );
}

function periodOf(
  period: ICAL.Period,
  property: ICAL.Property,
  reading: ReadingTimes,
): readonly [number, number] {
  const start = readTime(period.start, property, reading);
  const at = start.zone.instantOf(start.wall);
  if (period.duration instanceof ICAL.Duration) return [at, after(start.wall, period.duration, start.zone)];
  const end = readTime(period.end, property, reading);
  return [at, end.zone.instantOf(end.wall)];
}

/** What EXDATE takes away: instants, and where it names dates alone, every time of that day on the event's own clock. */
function leftOut(event: ICAL.Component, start: ReadTime, reading: ReadingTimes): (at: number) => boolean {
  const instants = new Set<number>();
  const days = new Set<number>();
  for (const property of event.getAllProperties('exdate')) {
    for (const value of property.getValues()) {
      const { wall, zone, isDate } = readTime(value, property, reading);
      if (isDate && !start.isDate) days.add(Math.floor((wall - reading.dayStartsMs) / DAY));
      else instants.add(zone.instantOf(wall));
    }
  }
  return (at) => instants.has(at) || days.has(Math.floor(start.zone.wallAt(at) / DAY));
}
