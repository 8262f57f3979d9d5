import ICAL from 'ical.js';
import type { Wall } from '../../domain/schedule/zone.ts';
import { positionedRule } from './set-positions.ts';

/** How the wall clock of a zone is read. */
export interface ZoneRules {
  /** The instant of a wall time: the first of two, and a skipped one by the offset before the jump (RFC 5545, 3.3.5). */
  readonly instantOf: (wall: Wall) => number;
  readonly wallAt: (instant: number) => Wall;
}

/** The wall clock that a time of a calendar shows. */
export function wallOf({ year, month, day, hour, minute, second }: ICAL.Time): Wall {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** A wall time for the rules of a calendar, which count on the clock and know of no zone. */
function floating(wall: Wall): ICAL.Time {
  const date = new Date(wall);
  const fields = {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    isDate: false,
  };
  return new ICAL.Time(fields, ICAL.Timezone.localTimezone);
}

/** More turns than any schedule takes; a rule that goes on beyond them is refused. */
const MOST_TURNS = 100_000;
const LAST_SECOND_MS = 86_399_000;
const LONGEST_PERIOD = 366 * 86_400_000;

/** A calendar that asks for more than Firebell works out. */
export class CalendarLimit extends Error {}

/**
 * The wall times of a RRULE from `start` up to `until`, ascending. The start always counts as the first (RFC 5545, 3.8.5.3), also where
 * the rule would not find it. UNTIL is read in the zone of the event.
 */
export function* wallsOfRule(
  rule: unknown,
  { start, zone, until }: { readonly start: Wall; readonly zone: ZoneRules; readonly until: Wall },
): Generator<Wall> {
  if (!(rule instanceof ICAL.Recur)) throw new Error('expected a RRULE that can be read');
  const last = Math.min(until, rule.until ? lastWall(rule.until, zone) : until);
  // Counted here, because the library counts a start that the rule does not find with some frequencies and not with others.
  const count = rule.count ?? Number.POSITIVE_INFINITY;
  let found = 1;
  yield start;
  for (const wall of wallsFound(rule, start, last)) {
    if (wall > last || found >= count) return;
    if (wall <= start) continue;
    found += 1;
    yield wall;
  }
}

/** What a rule finds up to `last` and a little beyond, whatever its COUNT; also before `start` in the period that it lies in. */
function* wallsFound(rule: ICAL.Recur, start: Wall, last: Wall): Generator<Wall> {
  const positioned = positionedRule(rule, start);
  if (!positioned) {
    const endless = rule.clone();
    endless.count = null;
    endless.until = null;
    yield* turns(endless, start, last);
    return;
  }
  const { all, from, choose, periodOf } = positioned;
  let set: Wall[] = [];
  for (const wall of turns(all, from, last + LONGEST_PERIOD)) {
    if (set[0] !== undefined && periodOf(set[0]) !== periodOf(wall)) {
      yield* choose(set);
      set = [];
    }
    set.push(wall);
  }
  yield* choose(set);
}

/** What the library finds up to `last`. Throws CalendarLimit when that is more than anybody looks at. */
function* turns(recur: ICAL.Recur, start: Wall, last: Wall): Generator<Wall> {
  const iterator = recur.iterator(floating(start));
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const next = iterator.next();
    // The types promise a time, yet there is none once the rule has ended.
    if ((next as ICAL.Time | null | undefined) == null) return;
    const wall = wallOf(next);
    if (wall > last) return;
    if (isInMonths(wall, recur)) yield wall;
  }
  throw new CalendarLimit(
    `repeats more than ${MOST_TURNS.toLocaleString('en')} times before it comes to our day`,
  );
}

/** The library makes March 2 of a February 30 that a rule asks for; RFC 5545 leaves such a day out. */
function isInMonths(wall: Wall, { parts }: ICAL.Recur): boolean {
  const months: unknown = Reflect.get(parts, 'BYMONTH');
  return !Array.isArray(months) || months.map(Number).includes(new Date(wall).getUTCMonth() + 1);
}

function lastWall(until: ICAL.Time, zone: ZoneRules): Wall {
  const wall = wallOf(until);
  if (until.isDate) return wall + LAST_SECOND_MS;
  return until.zone === ICAL.Timezone.utcTimezone ? zone.wallAt(wall) : wall;
}
