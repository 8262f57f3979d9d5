import { importedCalendars } from '../calendar/import/layer.ts';
import type { CalendarParts, ImportedCalendars } from '../calendar/import/layer.ts';
import { rememberingShifts } from '../calendar/import/read-shifts.ts';
import type { Config } from '../config/config.ts';
import type { Directory } from '../domain/directory.ts';
import type { Clock } from '../lib/clock.ts';
import type { Db } from '../store/db.ts';

/** The calendars that schedules come from, and what they are read by. */
export type Calendars = ImportedCalendars & Omit<CalendarParts, 'db'>;

/** Holds the calendars of configurations: of the one that a directory came from, else of the first. */
export function openCalendars(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  configs: () => readonly [OfConfig, ...OfConfig[]],
): Calendars {
  const configOf = (of?: Directory): OfConfig => {
    const [first, ...more] = configs();
    return more.find(({ directory }) => directory === of) ?? first;
  };
  const sources: Omit<CalendarParts, 'db'> = {
    calendars: (of) => configOf(of).calendars,
    holidayFeeds: (of) => configOf(of).holidayFeeds,
    configured: () => configs()[0].directory,
    readShifts: rememberingShifts(clock.now),
  };
  return { ...sources, ...importedCalendars({ db, ...sources }) };
}

/** What of a configuration matters to its calendars. */
export type OfConfig = Pick<Config, 'directory' | 'calendars' | 'holidayFeeds'>;
