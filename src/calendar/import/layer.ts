import type { CalendarConfig, ForeignCalendar, HolidayFeed } from '../../config/config.ts';
import type { Occurrence } from '../../domain/calendar/imported.ts';
import { withImportedShifts } from '../../domain/calendar/imported-layer.ts';
import type { Directory } from '../../domain/directory.ts';
import type { HolidayDates } from '../../domain/holiday/holidays.ts';
import { daysOfEvents, withHolidayDays } from '../../domain/holiday/imported-days.ts';
import type { OverlayLayer } from '../../engine/overlay.ts';
import { calendarStates, occurrencesOf } from '../../store/calendar-copies.ts';
import type { CalendarState } from '../../store/calendar-copies.ts';
import type { Db } from '../../store/db.ts';
import type { ReadShifts } from './read-shifts.ts';
import { failureWords, remarkWords, unknownWords, useOfHolidays, useOfSchedule } from './words.ts';
import type { CalendarUse } from './words.ts';

/** What imported calendars are made of. */
export interface CalendarParts {
  readonly db: Db;
  /** Those of the newest configuration, or of the one that this directory is. */
  readonly calendars: (of?: Directory) => readonly CalendarConfig[];
  /** As `calendars`: those that holidays come from. */
  readonly holidayFeeds: (of?: Directory) => readonly HolidayFeed[];
  /** As it is configured: who is meant by a name. */
  readonly configured: () => Directory;
  readonly readShifts: ReadShifts;
}

interface Copy {
  readonly state: CalendarState;
  readonly occurrences: readonly Occurrence[];
}

/** A calendar of holidays that is read from elsewhere. */
export interface HolidaySource {
  /** The key under `holidays`. */
  readonly calendar: string;
  /** When it could last be read; null when it never could. */
  readonly readAt: Date | null;
  /** What is wrong with it, a sentence or two each. */
  readonly problems: readonly string[];
}

/** The calendars that schedules come from, as they were last loaded. */
export interface ImportedCalendars {
  /** Their shifts, out of their last good copies. Names are read by the newest configuration. */
  readonly layer: OverlayLayer;
  /** What is wrong with the calendar of a schedule, a sentence or two each; nothing for one that has none. */
  readonly problemsOf: (scheduleId: string) => readonly string[];
  /** The calendars of holidays that come from elsewhere, and how each is doing. */
  readonly holidaySources: () => readonly HolidaySource[];
  /** How all of them are doing. */
  readonly condition: () => { readonly ok: boolean; readonly detail: string };
}

/** Holds the copies of calendars that are kept in the database. */
export function importedCalendars(parts: CalendarParts): ImportedCalendars {
  const copies = new Map<string, Copy>();
  const problemsOf = (scheduleId: string): readonly string[] =>
    parts
      .calendars()
      .filter(({ schedule }) => schedule === scheduleId)
      .flatMap((calendar) => problemsIn(calendar, copies.get(calendar.id), parts));
  const holidaySources = (): readonly HolidaySource[] =>
    parts.holidayFeeds().map((feed) => {
      const copy = copies.get(feed.id);
      const problems = problemsOfCopy(feed, copy, useOfHolidays(feed.calendar));
      return { calendar: feed.calendar, readAt: copy?.state.readAt ?? null, problems };
    });
  return {
    problemsOf,
    holidaySources,
    layer: {
      name: 'calendars',
      load: async () => {
        await load(parts.db, copies);
        return (directory) =>
          withHolidayDays(
            withImportedShifts(directory, shiftsOf(copies, directory, parts)),
            daysOf(copies, directory, parts),
          );
      },
    },
    condition: () => {
      const feeds = holidaySources();
      const problems = [
        ...parts.calendars().flatMap(({ schedule }) => problemsOf(schedule)),
        ...feeds.flatMap((feed) => feed.problems),
      ];
      const detail = problems.join(' ') || `${parts.calendars().length + feeds.length} read`;
      return { ok: problems.length === 0, detail: detail.slice(0, 1000) };
    },
  };
}

async function load(db: Db, copies: Map<string, Copy>): Promise<void> {
  const states = await calendarStates(db);
  const stale = states.filter(({ id, version }) => copies.get(id)?.state.version !== version);
  const fresh = await occurrencesOf(
    db,
    stale.map(({ id }) => id),
  );
  const read = new Map(fresh.map(({ id, occurrences }) => [id, occurrences]));
  const before = new Map(copies);
  copies.clear();
  for (const state of states) {
    const occurrences = read.get(state.id) ?? before.get(state.id)?.occurrences ?? [];
    copies.set(state.id, { state, occurrences });
  }
}

function shiftsOf(
  copies: ReadonlyMap<string, Copy>,
  directory: Directory,
  { calendars, readShifts }: CalendarParts,
) {
  return new Map(
    calendars(directory).flatMap((calendar) => {
      const copy = copies.get(calendar.id);
      if (copy === undefined) return [];
      return [[calendar.schedule, readShifts(calendar, copy.occurrences, directory.people).shifts] as const];
    }),
  );
}

function problemsIn(
  calendar: CalendarConfig,
  copy: Copy | undefined,
  { readShifts, configured }: CalendarParts,
): readonly string[] {
  const { schedule, zone } = calendar;
  const ofCopy = problemsOfCopy(calendar, copy, useOfSchedule(schedule));
  if (copy === undefined) return ofCopy;
  const { unknown } = readShifts(calendar, copy.occurrences, configured().people);
  return [...ofCopy, ...(unknown.length === 0 ? [] : [unknownWords(schedule, unknown, zone)])];
}

function problemsOfCopy(
  { zone }: ForeignCalendar,
  copy: Copy | undefined,
  use: CalendarUse,
): readonly string[] {
  if (copy === undefined) return [`The calendar of ${use.name} has not been read yet.`];
  const { failure, remarks } = copy.state;
  return [
    ...(failure === null ? [] : [failureWords(use, copy.state, zone)]),
    ...(remarks.length === 0 ? [] : [remarkWords(use, remarks)]),
  ];
}

/** The days of each calendar of holidays, out of the last good copies. */
function daysOf(
  copies: ReadonlyMap<string, Copy>,
  directory: Directory,
  { holidayFeeds }: CalendarParts,
): ReadonlyMap<string, HolidayDates> {
  return new Map(
    holidayFeeds(directory).flatMap(({ id, calendar, zone }) => {
      const copy = copies.get(id);
      return copy === undefined ? [] : [[calendar, daysOfEvents(copy.occurrences, zone)] as const];
    }),
  );
}
