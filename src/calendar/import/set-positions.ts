import ICAL from 'ical.js';
import type { Wall } from '../../domain/schedule/zone.ts';

const DAY = 86_400_000;

/** What a rule with BYSETPOS chooses from, and how. */
export interface PositionedRule {
  /** The rule without BYSETPOS, COUNT and UNTIL, in which all that it takes from its start is written out. */
  readonly all: ICAL.Recur;
  /** Where `all` is counted from: the beginning of the period that `start` lies in, so that its set is whole. */
  readonly from: Wall;
  /** The times that are meant, of the times of one period in order. */
  readonly choose: (set: readonly Wall[]) => readonly Wall[];
  /** Says of a time in which period it lies: equal numbers, equal period. */
  readonly periodOf: (wall: Wall) => number;
}

/**
 * Takes a rule with BYSETPOS apart (RFC 5545, 3.3.10); null for a rule without. A position counts in the whole set of its day, week,
 * month or year, also in what lies before the start or after UNTIL. The library counts so with some frequencies only, and takes
 * the first time of the first month for its last.
 */
export function positionedRule(recur: ICAL.Recur, start: Wall): PositionedRule | null {
  const positions = recur.getComponent('BYSETPOS').map(Number);
  if (positions.length === 0) return null;
  const all = recur.clone();
  // The library would take an empty list for one that names no place.
  delete all.parts.BYSETPOS;
  all.count = null;
  all.until = null;
  for (const [part, values] of impliedParts(all, new Date(start))) all.setComponent(part, [...values]);
  return {
    all,
    from: periodStart(all, start),
    choose: (set) => set.filter((_, i) => positions.includes(i + 1) || positions.includes(i - set.length)),
    periodOf: (wall) => periodStart(all, wall),
  };
}

type Part = readonly [name: string, values: readonly (number | string)[]];

/** What RFC 5545 lets a rule take from its start where it does not say it. */
function impliedParts(recur: ICAL.Recur, start: Date): readonly Part[] {
  const says = (part: string) => recur.getComponent(part).length > 0;
  const clock: readonly Part[] = [
    ['BYSECOND', [start.getUTCSeconds()]],
    ['BYMINUTE', [start.getUTCMinutes()]],
    ['BYHOUR', [start.getUTCHours()]],
  ];
  // A rule that repeats every hour takes minutes and seconds from its start, one that repeats every minute seconds alone.
  const coarser = ['SECONDLY', 'MINUTELY', 'HOURLY'].indexOf(recur.freq);
  const taken = clock.slice(0, coarser === -1 ? clock.length : coarser).filter(([part]) => !says(part));
  return [...taken, ...impliedDays(recur, start, says)];
}

function impliedDays({ freq }: ICAL.Recur, start: Date, says: (part: string) => boolean): readonly Part[] {
  const weekday: Part = ['BYDAY', [ICAL.Recur.numericDayToIcalDay(start.getUTCDay() + 1)]];
  const day: Part = ['BYMONTHDAY', [start.getUTCDate()]];
  if (says('BYDAY') || says('BYMONTHDAY') || says('BYYEARDAY')) return [];
  if (freq === 'WEEKLY' || (freq === 'YEARLY' && says('BYWEEKNO'))) return [weekday];
  if (freq === 'MONTHLY' || (freq === 'YEARLY' && says('BYMONTH'))) return [day];
  return freq === 'YEARLY' ? [['BYMONTH', [start.getUTCMonth() + 1]], day] : [];
}

function periodStart({ freq, wkst }: ICAL.Recur, wall: Wall): Wall {
  const date = new Date(wall);
  const midnight = Math.floor(wall / DAY) * DAY;
  switch (freq) {
    case 'YEARLY':
      return Date.UTC(date.getUTCFullYear(), 0, 1);
    case 'MONTHLY':
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
    case 'WEEKLY':
      return midnight - ((date.getUTCDay() + 8 - wkst) % 7) * DAY;
    case 'DAILY':
      return midnight;
    case 'HOURLY':
      return Math.floor(wall / 3_600_000) * 3_600_000;
    case 'MINUTELY':
      return Math.floor(wall / 60_000) * 60_000;
    default:
      return wall;
  }
}
