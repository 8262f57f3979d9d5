import type { Directory, HolidayCalendar } from '../directory.ts';
import type { Span } from '../schedule/turns.ts';
import { parseWall, resolveMs, wallTime } from '../schedule/zone.ts';

/** A date of the calendar like `2026-12-25` on which nobody works, as a span of instants in somebody's zone. */
export interface Holiday extends Span {
  readonly date: string;
  readonly name: string;
}

/** Dates like `2026-12-25` that are holidays -> what they are called. */
export type HolidayDates = ReadonlyMap<string, string>;

const NONE: HolidayDates = new Map();
const DAY = 86_400_000;

/** A person's holidays: of their own calendars, else of those of their teams, else of those of the house; and what was said of days by hand. */
export function holidaysOf(personId: string, directory: Directory): HolidayDates {
  const { people, teams, settings } = directory;
  const inTeams = [...teams.values()].filter(({ members }) => members.includes(personId));
  const ofTeams = [...new Set(inTeams.flatMap(({ holidays }) => holidays ?? []))];
  const calendars =
    people.get(personId)?.holidays ?? (ofTeams.length > 0 ? ofTeams : (settings.holidays ?? []));
  const scopes = ['everybody', ...inTeams.map(({ id }) => `team:${id}`), `person:${personId}`];
  return merged(directory, calendars, scopes);
}

/** The holidays of a schedule: of its calendars, else of those of the house; and what was said of days for everybody. */
export function holidaysOfSchedule(scheduleId: string, directory: Directory): HolidayDates {
  const calendars = directory.schedules.get(scheduleId)?.holidays ?? directory.settings.holidays ?? [];
  return merged(directory, calendars, ['everybody']);
}

/** The holidays that fall into a period, ascending, each from midnight to midnight on the wall of a zone. */
export function holidaysIn(dates: HolidayDates, zone: string, { start, end }: Span): readonly Holiday[] {
  if (dates.size === 0) return [];
  const [first, last] = [dateAt(start, zone), dateAt(end - 1, zone)];
  return [...dates]
    .filter(([date]) => date >= first && date <= last)
    .map(([date, name]) => ({ date, name, ...spanOfDate(date, zone) }))
    .filter((holiday) => holiday.start < end && start < holiday.end)
    .toSorted((a, b) => a.start - b.start);
}

/** The date that clocks in a zone show at an instant in ms, like `2026-12-25`. */
export function dateAt(at: number, zone: string): string {
  return new Date(wallTime(new Date(at), zone)).toISOString().slice(0, 10);
}

/** A whole date of a zone. A date that a zone skipped is empty. */
export function spanOfDate(date: string, zone: string): Span {
  const midnight = parseWall(date, '00:00');
  if (midnight === null) throw new Error(`expected a date like 2026-12-25, got ${date}`);
  return { start: resolveMs(midnight, zone), end: resolveMs(midnight + DAY, zone) };
}

function merged(
  { holidays }: Directory,
  calendars: readonly string[],
  scopes: readonly string[],
): HolidayDates {
  if (holidays === undefined) return NONE;
  const dates = new Map<string, string>();
  const named = calendars.flatMap((id): readonly HolidayCalendar[] => {
    const calendar = holidays.calendars.get(id);
    return calendar === undefined ? [] : [calendar];
  });
  for (const { days } of named) for (const [date, name] of days) dates.set(date, name);
  for (const scope of scopes) {
    for (const [date, name] of holidays.byHand.get(scope) ?? []) {
      if (name === null) dates.delete(date);
      else dates.set(date, name);
    }
  }
  return dates;
}
