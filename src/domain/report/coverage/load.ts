import type { Directory } from '../../directory.ts';
import { holidaysIn, holidaysOf } from '../../holiday/holidays.ts';
import type { Span } from '../../schedule/turns.ts';
import { resolveMs, wallTime } from '../../schedule/zone.ts';
import type { ScheduleCoverage } from './gaps.ts';
import { intersect, lengthOf, mergeTouching } from './spans.ts';

/** What somebody carries in a window: time in which they are on call anywhere counts once. */
export interface PersonLoad {
  readonly person: string;
  readonly ms: number;
  /** Nights, from 22:00 to 06:00 in their own zone, of which they are on call for three hours or more. */
  readonly nights: number;
  /** Weekends, Saturday and Sunday in their own zone, of which they are on call for three hours or more. */
  readonly weekends: number;
  /** Holidays of theirs, from midnight to midnight in their own zone, of which they are on call for three hours or more. */
  readonly holidays: number;
}

/** Somebody who is on call in several schedules at once. */
export interface DoubleDuty {
  readonly person: string;
  readonly schedules: readonly string[];
  readonly ms: number;
  readonly first: Date;
}

/** Less than eleven hours between two shifts, and no eleven hours off within a day of the first one's beginning. */
export interface ShortRest {
  readonly person: string;
  readonly from: Date;
  readonly to: Date;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The least rest within a day: Directive 2003/88/EC, article 3. */
const LEAST_REST_MS = 11 * HOUR;
/** The same directive calls somebody a night worker from three hours on. */
const COUNTS_FROM_MS = 3 * HOUR;

interface Duty extends Span {
  readonly schedule: string;
}

/** How the time on call is spread over people. */
export function loadOf(directory: Directory, schedules: readonly ScheduleCoverage[], window: Span) {
  const duties = dutiesByPerson(schedules);
  const load: PersonLoad[] = [];
  const doubleDuty: DoubleDuty[] = [];
  const shortRests: ShortRest[] = [];
  for (const [person, all] of duties) {
    const spans = mergeTouching(all);
    const zone = directory.people.get(person)?.zone ?? directory.settings.zone;
    const counted = {
      nights: countNights(spans, zone, window),
      weekends: countWeekends(spans, zone, window),
      holidays: holidaysIn(holidaysOf(person, directory), zone, window).filter((day) => isMuch(spans, day))
        .length,
    };
    load.push({ person, ms: lengthOf(spans), ...counted });
    doubleDuty.push(...doubleOf(person, all));
    shortRests.push(...restsOf(person, spans));
  }
  return {
    load: load.toSorted((a, b) => b.ms - a.ms),
    doubleDuty: doubleDuty.toSorted((a, b) => b.ms - a.ms),
    shortRests: shortRests.toSorted((a, b) => a.from.getTime() - b.from.getTime()),
  };
}

function dutiesByPerson(schedules: readonly ScheduleCoverage[]): ReadonlyMap<string, readonly Duty[]> {
  const duties = new Map<string, Duty[]>();
  for (const { schedule, stretches } of schedules) {
    for (const { start, end, people } of stretches) {
      for (const person of people) {
        const list = duties.get(person) ?? [];
        list.push({ schedule, start, end });
        duties.set(person, list);
      }
    }
  }
  return duties;
}

function doubleOf(person: string, duties: readonly Duty[]): readonly DoubleDuty[] {
  const sorted = duties.toSorted((a, b) => a.start - b.start);
  const found = new Map<string, DoubleDuty>();
  let on: readonly Duty[] = [];
  for (const duty of sorted) {
    on = on.filter(({ end }) => end > duty.start);
    for (const other of on) {
      if (other.schedule === duty.schedule) continue;
      const schedules = [other.schedule, duty.schedule].sort();
      const key = JSON.stringify(schedules);
      const before = found.get(key);
      const ms = Math.min(other.end, duty.end) - duty.start + (before?.ms ?? 0);
      found.set(key, { person, schedules, ms, first: before?.first ?? new Date(duty.start) });
    }
    on = [...on, duty];
  }
  return [...found.values()];
}

function restsOf(person: string, spans: readonly Span[]): readonly ShortRest[] {
  return spans.flatMap((duty, i): readonly ShortRest[] => {
    const next = spans[i + 1];
    if (!next || next.start - duty.end >= LEAST_REST_MS || hasRested(duty, spans.slice(i))) return [];
    return [{ person, from: new Date(duty.end), to: new Date(next.start) }];
  });
}

/** Whether eleven hours in a row are off within a day of the beginning of a shift; `spans` begin with it. */
function hasRested(duty: Span, spans: readonly Span[]): boolean {
  const end = duty.start + DAY;
  let free = duty.start;
  for (const span of spans) {
    if (span.start >= end) break;
    if (span.start - free >= LEAST_REST_MS) return true;
    free = span.end;
  }
  return end - free >= LEAST_REST_MS;
}

function countNights(spans: readonly Span[], zone: string, window: Span): number {
  const nights = datesIn(window, zone).map((date) => ({
    start: resolveMs(date + 22 * HOUR, zone),
    end: resolveMs(date + DAY + 6 * HOUR, zone),
  }));
  return nights.filter((night) => isMuch(spans, night)).length;
}

function countWeekends(spans: readonly Span[], zone: string, window: Span): number {
  const saturdays = datesIn(window, zone).filter((date) => new Date(date).getUTCDay() === 6);
  return saturdays
    .map((date) => ({ start: resolveMs(date, zone), end: resolveMs(date + 2 * DAY, zone) }))
    .filter((weekend) => isMuch(spans, weekend)).length;
}

/** Every date on which a night or a weekend of the window may begin, as its midnight on the wall. */
function datesIn({ start, end }: Span, zone: string): readonly number[] {
  const first = Math.floor(wallTime(new Date(start), zone) / DAY) - 2;
  const last = Math.floor(wallTime(new Date(end), zone) / DAY);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * DAY);
}

function isMuch(spans: readonly Span[], part: Span): boolean {
  const near = spans.slice(firstEndingAfter(spans, part.start));
  return lengthOf(intersect([part], near)) >= COUNTS_FROM_MS;
}

function firstEndingAfter(spans: readonly Span[], at: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((spans[middle]?.end ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
