import type { Holidays } from '../domain/directory.ts';
import type { HolidayCalendar as HolidayForm } from './schema/holidays.ts';

/** The calendars of holidays as the domain sees them; those that come from elsewhere are laid over them once they are read. */
export function buildHolidays(forms: Readonly<Record<string, HolidayForm>>): Holidays {
  const calendars = Object.entries(forms).map(([id, { name, dates }]) => {
    return [id, { id, name: name ?? id, days: new Map(Object.entries(dates)) }] as const;
  });
  return { calendars: new Map(calendars), byHand: new Map() };
}
