import type { WorkingHours } from '../directory.ts';
import { nextChange, onCallAt, timeline } from './on-call.ts';
import type { Override, Schedule } from './schedule.ts';
import { spanOfDate } from '../holiday/holidays.ts';
import type { Span } from './turns.ts';

const DAY = 86_400_000;

/** Hours on the wall clocks of a zone. */
export interface ZonedHours {
  readonly hours: WorkingHours;
  readonly zone: string;
  /** Dates like `2026-12-25` on which they are closed, from midnight to midnight; none unless given. */
  readonly closed?: readonly string[];
}

/** Whether an instant lies within the hours. */
export function isWithinHours(hours: ZonedHours, at: Date): boolean {
  return onCallAt(scheduleOf(hours, at.getTime()), at).length > 0;
}

/** The instant itself within the hours, or else the first one after it; null when they do not open for more than a year. */
export function openingOf(hours: ZonedHours, at: Date): Date | null {
  const schedule = scheduleOf(hours, at.getTime());
  return onCallAt(schedule, at).length > 0 ? at : nextChange(schedule, at);
}

/** The spans of a range in which the hours are open, ascending. */
export function openSpans(hours: ZonedHours, { start, end }: Span): readonly Span[] {
  return timeline(scheduleOf(hours, start), new Date(start), new Date(end))
    .filter(({ onCall }) => onCall.length > 0)
    .map((open) => ({ start: open.start.getTime(), end: open.end.getTime() }));
}

/** Hours are windows of a schedule, so that clock changes are handled in one place; asked from `from` (ms) on. */
function scheduleOf({ hours, zone, closed = [] }: ZonedHours, from: number): Schedule {
  const window = {
    type: 'daily' as const,
    days: hours.days.map(weekday),
    start: hours.start,
    end: hours.end,
  };
  const rotation = { unit: 'days' as const, count: 1, startDate: '2000-01-01', handoffTime: '00:00' };
  const first = new Date(from - 2 * DAY).toISOString().slice(0, 10);
  const overrides = closed.filter((date) => date >= first).flatMap((date) => closing(date, zone));
  return {
    timeZone: zone,
    layers: [{ participants: ['open'], rotation, restrictions: [window] }],
    overrides,
  };
}

function closing(date: string, zone: string): readonly Override[] {
  const { start, end } = spanOfDate(date, zone);
  if (start >= end) return [];
  const [from, until] = [new Date(start).toISOString(), new Date(end).toISOString()];
  return [{ type: 'replaceAll', start: from, end: until, users: [] }];
}

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

function weekday(day: string): (typeof WEEKDAYS)[number] {
  const found = WEEKDAYS.find((one) => one === day);
  if (!found) throw new Error(`expected one of ${WEEKDAYS.join(', ')}, got ${day}`);
  return found;
}
