import type { Occurrence } from '../calendar/imported.ts';
import type { Directory } from '../directory.ts';
import { dateAt } from './holidays.ts';
import type { HolidayDates } from './holidays.ts';

const DAY = 86_400_000;
/** An event that is longer is no holiday; it would close a house for ever. */
const LONGEST_MS = 60 * DAY;
const UNNAMED = 'Holiday';

/** The dates on which events of a calendar fall, by the wall of its zone; of two on one date both are named. */
export function daysOfEvents(
  occurrences: readonly Pick<Occurrence, 'start' | 'end' | 'title'>[],
  zone: string,
): HolidayDates {
  const days = new Map<string, string>();
  for (const { start, end, title } of occurrences) {
    const length = Math.min(end.getTime() - start.getTime(), LONGEST_MS);
    const last = dateAt(start.getTime() + Math.max(length - 1, 0), zone);
    const name = title.trim() || UNNAMED;
    for (let date = dateAt(start.getTime(), zone); date <= last; date = dayAfter(date)) {
      const known = days.get(date);
      days.set(date, known === undefined || known === name ? name : `${known}, ${name}`);
    }
  }
  return days;
}

/** A directory with the days of calendars that come from elsewhere; what the file says of a date counts. */
export function withHolidayDays(directory: Directory, read: ReadonlyMap<string, HolidayDates>): Directory {
  const { holidays } = directory;
  if (holidays === undefined || read.size === 0) return directory;
  const calendars = [...holidays.calendars].map(([id, calendar]) => {
    return [id, { ...calendar, days: new Map([...(read.get(id) ?? []), ...calendar.days]) }] as const;
  });
  return { ...directory, holidays: { ...holidays, calendars: new Map(calendars) } };
}

function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + DAY).toISOString().slice(0, 10);
}
