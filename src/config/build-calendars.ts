import { resolve } from 'node:path';
import type { CalendarConfig } from './config.ts';
import type { ConfigFile } from './schema.ts';
import type { ScheduleCalendar } from './schema/calendars.ts';

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

function buildCalendar(
  form: ScheduleCalendar,
  folder: string,
): Omit<CalendarConfig, 'id' | 'schedule' | 'zone'> {
  const { url, file, refresh, private_network, map, names_from, title, day_starts } = form;
  return {
    source:
      url === undefined ? { file: resolve(folder, file ?? '') } : { url, privateNetwork: private_network },
    refreshMs: refresh,
    dayStartsMs: Date.parse(`1970-01-01T${day_starts}Z`),
    names: {
      map: Object.fromEntries(Object.entries(map).map(([name, who]) => [name, [who].flat()])),
      from: names_from,
      title: title ?? null,
    },
  };
}
