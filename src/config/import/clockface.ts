import { WEEKDAYS, type Rotation, type Weekday } from '../../domain/schedule/schedule.ts';
import { isZone, resolveMs, wallTime, type Wall } from '../../domain/schedule/zone.ts';
import type { Notes } from './notes.ts';
import { RAILS_ZONES } from './rails-zones.ts';

/** Ms of a minute, an hour, a day and a week on the wall clock. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;

/** `2026-03-29` of a wall time. */
export function dateOf(wall: Wall): string {
  return new Date(wall).toISOString().slice(0, 10);
}

/** `02:30` of a wall time. */
export function clockOf(wall: Wall): string {
  return new Date(wall).toISOString().slice(11, 16);
}

/** The day of the week of a wall time. */
export function weekdayOf(wall: Wall): Weekday {
  return WEEKDAYS[new Date(wall).getUTCDay()] ?? 'sun';
}

/** A day of the week `days` later. */
export function weekdayAfter(day: Weekday, days: number): Weekday {
  return WEEKDAYS[(((WEEKDAYS.indexOf(day) + days) % 7) + 7) % 7] ?? 'sun';
}

/** How long a turn is, in the units of a rotation. */
export type Turn = Pick<Rotation, 'unit' | 'count'>;

/** A length as turns: whole weeks, days or hours, the largest that fits; null when it is none of them. */
export function turnOf(ms: number): Turn | null {
  const units = [
    ['weeks', WEEK],
    ['days', DAY],
    ['hours', HOUR],
  ] as const;
  const fitting = units.find(([, size]) => ms >= size && ms % size === 0);
  return fitting ? { unit: fitting[0], count: ms / fitting[1] } : null;
}

/** How long a turn is on the wall clock. Months have no length. */
export function lengthOf({ unit, count }: Turn): number {
  return count * { hours: HOUR, days: DAY, weeks: WEEK, months: NaN }[unit];
}

/** A rotation whose first turn begins at a wall time. */
export function rotationFrom(wall: Wall, turn: Turn): Rotation {
  return { ...turn, startDate: dateOf(wall), handoffTime: clockOf(wall) };
}

/** What is noted about an anchor that a wall clock cannot show exactly. */
export interface AnchorNotes {
  readonly notes: Notes;
  readonly about: string;
}

/** What the clock on the wall in `zone` shows at the instant from which turns are counted, to the minute. */
export function anchorOf(at: Date, zone: string, { notes, about }: AnchorNotes): Wall {
  const wall = Math.floor(wallTime(at, zone) / MINUTE) * MINUTE;
  if (at.getTime() % MINUTE !== 0) {
    notes.add(
      'changed',
      about,
      `begins at ${at.toISOString()}; hand-offs are on whole minutes now, so ${clockOf(wall)}.`,
    );
  } else if (resolveMs(wall, zone) !== at.getTime()) {
    notes.add(
      'changed',
      about,
      `its first hand-off is in the second ${clockOf(wall)} of a day whose clocks are set back; it is in the first one now.`,
    );
  }
  return wall;
}

/** The zone of the IANA database that a name stands for, also in the words of Ruby on Rails; null when it is none. */
export function ianaOf(name: string | null | undefined): string | null {
  if (!name) return null;
  if (isZone(name)) return name;
  return RAILS_ZONES.get(name.replace(/^\([^)]*\)\s*/, '')) ?? null;
}

/** A zone that is known; UTC, and a note, for one that is not. */
export function zoneOr(name: string | null | undefined, { notes, about }: AnchorNotes): string {
  const meant = ianaOf(name);
  if (meant !== null) return meant;
  const what = name
    ? `has the time zone "${name}", which is not one of the IANA database`
    : 'names no time zone';
  notes.add('changed', about, `${what}; UTC is used instead. Correct time_zone, and look at every hand-off.`);
  return 'UTC';
}

const UNITS = [
  ['d', DAY],
  ['h', HOUR],
  ['m', MINUTE],
  ['s', 1000],
] as const;

/** A duration as firebell.yaml writes it, exact to the second: `90m` as `1h30m`. */
export function durationOf(ms: number): string {
  let rest = ms;
  const parts = UNITS.flatMap(([unit, size]) => {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    return amount > 0 ? [`${amount}${unit}`] : [];
  });
  return parts.join('') || '0s';
}

/** An instant as firebell.yaml writes it, in UTC: `2026-03-30T08:00:00Z`. */
export function instantOf(at: Date): string {
  return at.toISOString().replace('.000Z', 'Z');
}
