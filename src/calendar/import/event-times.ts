import ICAL from 'ical.js';
import { resolveWall, wallTime, type Wall } from '../../domain/schedule/zone.ts';
import { wallOf, type ZoneRules } from './walls.ts';
import { rulesFor, UTC_RULES } from './zone-rules.ts';

/** What times without a zone of their own are read by. */
export interface ReadingTimes {
  /** IANA zone of all-day events, and of times that name none. */
  readonly zone: string;
  /** Where in the day an all-day event begins and ends, in ms after midnight. */
  readonly dayStartsMs: number;
  /** Answers with the rules of a TZID; null when nobody knows it. */
  readonly rulesOf: (tzid: string) => ZoneRules | null;
}

/** A time of a calendar: what the clock shows, and whose clock it is. */
export interface ReadTime {
  readonly wall: Wall;
  readonly zone: ZoneRules;
  readonly isDate: boolean;
}

/** Something in an event that cannot be read, in words that go on after its name. */
export class EventProblem extends Error {}

/** How the times of one calendar are read. Every zone is worked out once. */
export function readingTimes(
  calendar: ICAL.Component,
  { zone, dayStartsMs }: Pick<ReadingTimes, 'zone' | 'dayStartsMs'>,
): ReadingTimes {
  const known = new Map<string, ZoneRules | null>();
  return {
    zone,
    dayStartsMs,
    rulesOf: (tzid) => {
      const rules = known.has(tzid) ? known.get(tzid) : rulesFor(tzid, calendar);
      known.set(tzid, rules ?? null);
      return rules ?? null;
    },
  };
}

/** Reads one value of a property. Throws EventProblem when it is no time, or of a zone that nobody knows. */
export function readTime(value: unknown, property: ICAL.Property, reading: ReadingTimes): ReadTime {
  if (!(value instanceof ICAL.Time) || Number.isNaN(wallOf(value))) {
    throw new EventProblem(`has a ${property.name.toUpperCase()} that is no time`);
  }
  const own = ownClock(reading.zone);
  if (value.isDate) return { wall: wallOf(value) + reading.dayStartsMs, zone: own, isDate: true };
  return { wall: wallOf(value), zone: zoneOf(value, property, reading) ?? own, isDate: false };
}

function zoneOf(value: ICAL.Time, property: ICAL.Property, { rulesOf }: ReadingTimes): ZoneRules | null {
  if (value.zone === ICAL.Timezone.utcTimezone) return UTC_RULES;
  const tzid = property.getFirstParameter('tzid');
  if (!tzid) return null;
  const rules = rulesOf(tzid);
  if (rules === null)
    throw new EventProblem(`is in the zone "${tzid}", which neither the calendar nor Firebell knows`);
  return rules;
}

function ownClock(zone: string): ZoneRules {
  return {
    instantOf: (wall) => resolveWall(wall, zone).getTime(),
    wallAt: (instant) => wallTime(new Date(instant), zone),
  };
}

const DAY = 86_400_000;

/**
 * How the end of an event follows from the wall time of its beginning. DTEND moves on the wall clock, as calendar programs show it: a
 * shift from Monday 09:00 to Monday 09:00 ends at 09:00 also in the week in which clocks change. Of a DURATION the days and weeks
 * do, and the hours are real ones.
 */
export function endsOf(
  event: ICAL.Component,
  start: ReadTime,
  reading: ReadingTimes,
): (wall: Wall) => number {
  const end = event.getFirstProperty('dtend');
  if (end) {
    const { wall: endWall, zone } = readTime(end.getFirstValue(), end, reading);
    return (wall) => zone.instantOf(endWall + wall - start.wall);
  }
  const duration = event.getFirstPropertyValue('duration');
  if (duration instanceof ICAL.Duration) return (wall) => after(wall, duration, start.zone);
  if (start.isDate) return (wall) => start.zone.instantOf(wall + DAY);
  throw new EventProblem('has no end');
}

/** The instant so long after a wall time. */
export function after(wall: Wall, duration: ICAL.Duration, zone: ZoneRules): number {
  const { weeks, days, hours, minutes, seconds, isNegative } = duration;
  if (isNegative) throw new EventProblem('has a negative duration');
  return zone.instantOf(wall + (weeks * 7 + days) * DAY) + ((hours * 60 + minutes) * 60 + seconds) * 1000;
}
