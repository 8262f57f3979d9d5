import ICAL from 'ical.js';
import { isZone, resolveWall, wallTime } from '../../domain/schedule/zone.ts';
import { wallOf, wallsOfRule, type ZoneRules } from './walls.ts';

/** The zone of instants that say so with a Z. */
export const UTC_RULES: ZoneRules = { instantOf: (wall) => wall, wallAt: (instant) => instant };

/** The rules of a zone of the IANA database. */
export function ianaRules(name: string): ZoneRules {
  return {
    instantOf: (wall) => resolveWall(wall, name).getTime(),
    wallAt: (instant) => wallTime(new Date(instant), name),
  };
}

/**
 * The rules for a TZID. A name of the IANA database means that zone, because a calendar's own copy of its rules may be out of date;
 * any other name means what the calendar defines for it. Null when that is nothing.
 */
export function rulesFor(tzid: string, calendar: ICAL.Component): ZoneRules | null {
  const name = ianaName(tzid);
  if (name !== null) return ianaRules(name);
  const defined = calendar
    .getAllSubcomponents('vtimezone')
    .find((zone) => zone.getFirstPropertyValue('tzid') === tzid);
  if (defined) return rulesOf(defined);
  return isZone(tzid) ? ianaRules(tzid) : null;
}

/** `Europe/Berlin`, or the same with a prefix, as in `/mozilla.org/20070129_1/Europe/Berlin`. */
function ianaName(tzid: string): string | null {
  const name = /^\/.*?\/((?:[A-Z]\w+)(?:\/[\w+-]+){1,2})$/.exec(tzid)?.[1] ?? tzid;
  return isZone(name) && (name.includes('/') || /^(UTC|GMT|Etc)/i.test(name)) ? name : null;
}

interface Change {
  readonly at: number;
  readonly offset: number;
}

const DAY = 86_400_000;
const LAST_WALL = Date.UTC(2100, 0, 1);

function rulesOf(zone: ICAL.Component): ZoneRules | null {
  const parts = [...zone.getAllSubcomponents('standard'), ...zone.getAllSubcomponents('daylight')];
  const changes = parts.flatMap(changesOf).toSorted((a, b) => a.at - b.at);
  const first = parts.map(observance).toSorted((a, b) => a.start - b.start)[0];
  if (!first) return null;
  const offsetAt = (at: number) => changes.findLast((change) => change.at <= at)?.offset ?? first.from;
  return {
    wallAt: (instant) => instant + offsetAt(instant),
    instantOf: (wall) => {
      let offset = offsetAt(wall - 2 * DAY);
      for (const change of changes) {
        if (change.at <= wall - 2 * DAY || change.at > wall + 2 * DAY) continue;
        if (wall - offset < change.at || wall - change.offset < change.at) return wall - offset;
        offset = change.offset;
      }
      return wall - offset;
    },
  };
}

function changesOf(part: ICAL.Component): readonly Change[] {
  const { start, from, to } = observance(part);
  const local = { wallAt: (instant: number) => instant + from, instantOf: (wall: number) => wall - from };
  const dates = part.getAllProperties('rdate').flatMap((property) => property.getValues());
  const walls = [
    start,
    ...dates.flatMap((value) => (value instanceof ICAL.Time ? [wallOf(value)] : [])),
    ...part
      .getAllProperties('rrule')
      .flatMap((property) => [
        ...wallsOfRule(property.getFirstValue(), { start, zone: local, until: LAST_WALL }),
      ]),
  ];
  return walls.map((wall) => ({ at: wall - from, offset: to }));
}

function observance(part: ICAL.Component) {
  const start = part.getFirstPropertyValue('dtstart');
  const [from, to] = ['tzoffsetfrom', 'tzoffsetto'].map((name) => part.getFirstPropertyValue(name));
  if (!(start instanceof ICAL.Time) || !(from instanceof ICAL.UtcOffset) || !(to instanceof ICAL.UtcOffset)) {
    throw new Error('expected DTSTART, TZOFFSETFROM and TZOFFSETTO in every part of a VTIMEZONE');
  }
  return { start: wallOf(start), from: from.toSeconds() * 1000, to: to.toSeconds() * 1000 };
}
