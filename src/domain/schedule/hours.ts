import type { WorkingHours } from '../directory.ts';
import { nextChange, onCallAt, timeline } from './on-call.ts';
import type { Schedule } from './schedule.ts';
import type { Span } from './turns.ts';

/** Hours on the wall clocks of a zone. */
export interface ZonedHours {
  readonly hours: WorkingHours;
  readonly zone: string;
}

/** Whether an instant lies within the hours. */
export function isWithinHours({ hours, zone }: ZonedHours, at: Date): boolean {
  return onCallAt(scheduleOf(hours, zone), at).length > 0;
}

/** The instant itself within the hours, or else the first one after it; null when they do not open for more than a year. */
export function openingOf({ hours, zone }: ZonedHours, at: Date): Date | null {
  const schedule = scheduleOf(hours, zone);
  return onCallAt(schedule, at).length > 0 ? at : nextChange(schedule, at);
}

/** The spans of a range in which the hours are open, ascending. */
export function openSpans({ hours, zone }: ZonedHours, { start, end }: Span): readonly Span[] {
  return timeline(scheduleOf(hours, zone), new Date(start), new Date(end))
    .filter(({ onCall }) => onCall.length > 0)
    .map((open) => ({ start: open.start.getTime(), end: open.end.getTime() }));
}

/** Hours are windows of a schedule, so that clock changes are handled in one place. */
function scheduleOf(hours: WorkingHours, zone: string): Schedule {
  const window = {
    type: 'daily' as const,
    days: hours.days.map(weekday),
    start: hours.start,
    end: hours.end,
  };
  const rotation = { unit: 'days' as const, count: 1, startDate: '2000-01-01', handoffTime: '00:00' };
  return { timeZone: zone, layers: [{ participants: ['open'], rotation, restrictions: [window] }] };
}

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

function weekday(day: string): (typeof WEEKDAYS)[number] {
  const found = WEEKDAYS.find((one) => one === day);
  if (!found) throw new Error(`expected one of ${WEEKDAYS.join(', ')}, got ${day}`);
  return found;
}
