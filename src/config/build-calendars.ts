import { resolve } from 'node:path';
import type { CalendarConfig, CalendarSource, HolidayFeed } from './config.ts';
import type { ConfigFile } from './schema.ts';
import type { HolidaySource, ScheduleCalendar } from './schema/calendars.ts';

/** The calendars that schedules come from. Files are named from the folder of the configuration. */
export function buildCalendars(
  { schedules }: Pick<ConfigFile, 'schedules'>,
  folder: string,
): readonly CalendarConfig[] {
  return Object.entries(schedules).flatMap(([id, { ical, time_zone, schedule }]) => {
    const zone = time_zone ?? schedule?.timeZone;
    if (ical === undefined || zone === undefined) return [];
    return [{ id: `schedule:${id}`, schedule: id, zone, ...buildCalendar(ical, folder) }];
  });
}

/** The calendars that holidays come from. Their days are those of the house's zone, which only matters for events with a time of day. */
export function buildHolidayFeeds(
  { holidays, settings: { zone } }: Pick<ConfigFile, 'holidays' | 'settings'>,
  folder: string,
): readonly HolidayFeed[] {
  return Object.entries(holidays).flatMap(([calendar, { ical }]) => {
    if (ical === undefined) return [];
    const source = buildSource(ical, folder);
    return [{ id: `holidays:${calendar}`, calendar, zone, source, refreshMs: ical.refresh, dayStartsMs: 0 }];
  });
}

function buildSource({ url, file, private_network }: HolidaySource, folder: string): CalendarSource {
  return url === undefined ? { file: resolve(folder, file ?? '') } : { url, privateNetwork: private_network };
}

function buildCalendar(
  form: ScheduleCalendar,
  folder: string,
): Omit<CalendarConfig, 'id' | 'schedule' | 'zone'> {
  const { refresh, map, names_from, title, day_starts } = form;
  return {
    source: buildSource(form, folder),
    refreshMs: refresh,
    dayStartsMs: Date.parse(`1970-01-01T${day_starts}Z`),
    names: {
      map: Object.fromEntries(Object.entries(map).map(([name, who]) => [name, [who].flat()])),
      from: names_from,
      title: title ?? null,
    },
  };
}
