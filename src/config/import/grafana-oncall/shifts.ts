import {
  WEEKDAYS,
  type Layer,
  type Restriction,
  type Slot,
  type Weekday,
} from '../../../domain/schedule/schedule.ts';
import { parseWall, resolveMs, type Wall } from '../../../domain/schedule/zone.ts';
import {
  clockOf,
  DAY,
  HOUR,
  instantOf,
  MINUTE,
  rotationFrom,
  turnOf,
  WEEK,
  weekdayAfter,
  weekdayOf,
  type Turn,
} from '../clockface.ts';
import type { Notes } from '../notes.ts';
import type { GrafanaShift } from './shapes.ts';

/** What a shift is translated in. */
export interface ShiftContext {
  readonly zone: string;
  readonly about: string;
  readonly notes: Notes;
}

/** Who is on call when within the recurrence of a shift, before its level and its ends are added. */
type Pattern = Pick<Layer, 'participants' | 'rotation' | 'restrictions'>;

/** A shift taken apart: everything on the wall clock of its zone. */
interface Taken {
  readonly start: Wall;
  readonly length: number;
  readonly turn: Turn & { readonly ms: number };
  readonly groups: readonly (readonly string[])[];
  readonly days: readonly Weekday[];
  readonly weekStart: Weekday;
}

const UNITS = { hourly: 'hours', daily: 'days', weekly: 'weeks', monthly: 'months' } as const;
const SIZES = { hourly: HOUR, daily: DAY, weekly: WEEK, monthly: NaN } as const;
/** More turns than a year of days and nights for a few people are not worth writing out. */
const MOST_SLOTS = 2100;

/** A shift as a layer; null, with a note, for a recurrence that no rotation can express. */
export function translateShift(shift: GrafanaShift, context: ShiftContext): Layer | null {
  const { zone, about, notes } = context;
  const groups = groupsOf(shift);
  if (groups.every((group) => group.length === 0)) {
    notes.add('dropped', about, 'has no users.');
    return null;
  }
  const start = wallOf(shift.start);
  const length = shift.duration * 1000;
  const priority = shift.level ? { priority: shift.level } : {};
  if (!shift.frequency) {
    const once = rotationFrom(start, { unit: 'weeks', count: Math.ceil(length / WEEK) });
    return {
      participants: groups.slice(0, 1).map(slotOf),
      rotation: once,
      ...priority,
      activeUntil: instantOf(new Date(resolveMs(start, zone) + length)),
    };
  }
  const turn = {
    unit: UNITS[shift.frequency],
    count: shift.interval ?? 1,
    ms: SIZES[shift.frequency] * (shift.interval ?? 1),
  };
  const taken = {
    start,
    length,
    turn,
    groups,
    days: daysOf(shift.by_day),
    weekStart: daysOf([shift.week_start ?? 'SU'])[0] ?? 'sun',
  };
  const pattern = unusual(shift) ?? patternOf(taken, context);
  if (typeof pattern === 'string') {
    notes.add(
      'dropped',
      about,
      `recurs in a way that no rotation can express (${pattern}). Write it as overrides, or take its calendar.`,
    );
    return null;
  }
  const from = Math.max(start, shift.rotation_start ? wallOf(shift.rotation_start) : start);
  return {
    ...pattern,
    ...priority,
    activeFrom: instantOf(new Date(resolveMs(from, zone))),
    ...(shift.until && {
      activeUntil: instantOf(new Date(resolveMs(endOf(wallOf(shift.until), taken), zone))),
    }),
  };
}

function groupsOf({
  rolling_users: rolling,
  users,
  start_rotation_from_user_index: index,
}: GrafanaShift): readonly (readonly string[])[] {
  const groups = rolling && rolling.length > 0 ? rolling : [users];
  const first = (((index ?? 0) % groups.length) + groups.length) % groups.length;
  return [...groups.slice(first), ...groups.slice(0, first)];
}

function slotOf(group: readonly string[]): Slot {
  return group.length === 1 && group[0] !== undefined ? group[0] : group;
}

function wallOf(local: string): Wall {
  return parseWall(local.slice(0, 10), local.slice(11, 16)) ?? NaN;
}

function daysOf(names: readonly string[] | null | undefined): readonly Weekday[] {
  return (names ?? []).flatMap((name) =>
    WEEKDAYS.filter((day) => day.startsWith(name.toLowerCase().slice(0, 2))),
  );
}

function unusual({
  by_month: months,
  by_monthday: monthDays,
  frequency,
  by_day: days,
  interval,
}: GrafanaShift): string | null {
  if (months && months.length > 0) return 'in some months only';
  if (monthDays && monthDays.length > 0) return 'on some days of the month only';
  if (frequency === 'monthly' && days && days.length > 0) return 'on some weekdays of each month';
  if (frequency === 'daily' && days && days.length > 0 && (interval ?? 1) > 1)
    return 'every few days, on some weekdays only';
  return null;
}

function patternOf(taken: Taken, { about, notes }: ShiftContext): Pattern | string {
  const { turn, length, days, groups } = taken;
  if (turn.unit === 'months') {
    if (length < 28 * DAY) return 'a part of each month';
    notes.add(
      'changed',
      about,
      'lasts a fixed number of seconds each month; here it lasts until the next month’s.',
    );
    return plain(taken);
  }
  if (length > turn.ms && days.length === 0) {
    notes.add(
      'changed',
      about,
      'its shifts are longer than their interval and overlap; here each ends when the next begins.',
    );
    return plain(taken);
  }
  if (days.length > 0) return onDays(taken);
  if (length === turn.ms) return plain(taken);
  if (turn.unit === 'weeks' && length < WEEK) return weekly(taken);
  if (length < DAY && turn.ms % DAY === 0) return inSlots(taken, DAY);
  const size = greatestCommonDivisor(turn.ms, length);
  if (size % HOUR !== 0) return 'shifts that are no whole number of hours';
  if ((groups.length * turn.ms) / size > MOST_SLOTS) return 'too many turns to write out';
  return inSlots(taken, size);
}

function plain({ start, turn: { unit, count }, groups }: Taken): Pattern {
  return { participants: groups.map(slotOf), rotation: rotationFrom(start, { unit, count }) };
}

/** One stretch of each turn's first week. */
function weekly({ start, length, turn, groups }: Taken): Pattern {
  return {
    participants: groups.flatMap((group) => [
      slotOf(group),
      ...Array.from({ length: turn.count - 1 }, () => []),
    ]),
    rotation: rotationFrom(start, { unit: 'weeks', count: 1 }),
    restrictions: [weeklyWindow(start, length)],
  };
}

/** Turns cut into equal parts, of days or hours: the group's own, then empty ones until the next group's. */
function inSlots({ start, length, turn, groups }: Taken, size: number): Pattern {
  const busy = Math.max(1, length / size);
  const slots = groups.flatMap((group) =>
    Array.from({ length: turn.ms / size }, (_, i) => (i < busy ? slotOf(group) : [])),
  );
  return {
    participants: slots,
    rotation: rotationFrom(start, turnOf(size) ?? { unit: 'hours', count: size / HOUR }),
    ...(length < size && { restrictions: [dailyWindow(start, length)] }),
  };
}

function onDays(taken: Taken): Pattern | string {
  const { start, length, turn, groups, days, weekStart } = taken;
  if (turn.unit === 'hours') return 'every few hours, on some weekdays only';
  if (groups.length === 1 && turn.count === 1) {
    return {
      participants: groups.map(slotOf),
      rotation: rotationFrom(start, { unit: 'weeks', count: 1 }),
      restrictions: windowsOn(days, start, length),
    };
  }
  if (turn.unit === 'days')
    return length <= DAY ? byTheDay(taken) : 'shifts of several days that change daily';
  // The week of a group begins with its first selected day, so that no window is cut by the hand-off.
  const order = (day: Weekday) => (WEEKDAYS.indexOf(day) - WEEKDAYS.indexOf(weekStart) + 7) % 7;
  const first = days.toSorted((a, b) => order(a) - order(b))[0] ?? weekStart;
  const anchor = start + (order(first) - order(weekdayOf(start))) * DAY;
  return {
    participants: groups.map(slotOf),
    rotation: rotationFrom(anchor, { unit: 'weeks', count: turn.count }),
    restrictions: windowsOn(days, start, length),
  };
}

/** A rotation that counts the selected days only: written out, day by day, until it comes back to its beginning. */
function byTheDay({ start, length, groups, days }: Taken): Pattern | string {
  const weeks = groups.length / greatestCommonDivisor(groups.length, days.length);
  if (weeks * 7 > MOST_SLOTS) return 'too many people to take turns on some weekdays';
  let turn = 0;
  const slots = Array.from({ length: weeks * 7 }, (_, i): Slot => {
    if (!days.includes(weekdayOf(start + i * DAY))) return [];
    const group = groups[turn % groups.length] ?? [];
    turn += 1;
    return slotOf(group);
  });
  return {
    participants: slots,
    rotation: rotationFrom(start, { unit: 'days', count: 1 }),
    ...(length < DAY && { restrictions: [dailyWindow(start, length)] }),
  };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function windowsOn(days: readonly Weekday[], start: Wall, length: number): readonly Restriction[] {
  if (length <= DAY) return [{ ...dailyWindow(start, length), days: [...new Set(days)] }];
  const monday = start - ((WEEKDAYS.indexOf(weekdayOf(start)) + 6) % 7) * DAY;
  return days.map((day) =>
    weeklyWindow(monday + ((WEEKDAYS.indexOf(day) + 6) % 7) * DAY, Math.min(length, WEEK)),
  );
}

function dailyWindow(start: Wall, length: number): Restriction & { readonly type: 'daily' } {
  return { type: 'daily', start: clockOf(start), end: clockOf(start + wholeMinutes(length)) };
}

function weeklyWindow(start: Wall, length: number): Restriction {
  const end = start + wholeMinutes(length);
  const startDay = weekdayOf(start);
  const days = Math.floor(end / DAY) - Math.floor(start / DAY);
  return {
    type: 'weekly',
    startDay,
    startTime: clockOf(start),
    endDay: weekdayAfter(startDay, days),
    endTime: clockOf(end),
  };
}

function wholeMinutes(ms: number): number {
  return Math.ceil(ms / MINUTE) * MINUTE;
}

/** The end of the last shift that starts at or before `until`. */
function endOf(until: Wall, { start, length, turn, days }: Taken): Wall {
  if (turn.unit === 'months') return until;
  const step = days.length > 0 ? DAY : turn.ms;
  const last = start + Math.max(0, Math.floor((until - start) / step)) * step;
  return last + Math.min(length, days.length > 0 ? WEEK : turn.ms);
}
