import { isAbsolute, resolve } from 'node:path';
import { expandApart } from '../calendar/import/expand-apart.ts';
import { readSource, wantedAt } from '../calendar/import/read-source.ts';
import type { CalendarConfig, CalendarSource, Config } from '../config/config.ts';
import { shiftsIn, withImportedShifts, type ImportedShifts } from '../domain/calendar/imported-layer.ts';
import { readNames } from '../domain/calendar/who.ts';
import { timeline } from '../domain/schedule/on-call.ts';
import type { Schedule } from '../domain/schedule/schedule.ts';
import { formatInZone, isZone } from '../domain/schedule/zone.ts';
import { SYSTEM_CLOCK } from '../lib/clock.ts';
import { findSchedule } from './schedule-words.ts';
import { EXIT, FailedError, UsageError, type Io } from './verb.ts';

/** What is checked: a calendar that is not configured yet, or the one of a schedule. */
export interface CheckCall {
  readonly place: string | undefined;
  readonly schedule: string | undefined;
  readonly zone: string | undefined;
  readonly json: boolean;
}

const DAY = 86_400_000;
const SHOWN_MS = 56 * DAY;
const MOST_SHOWN = 60;

/** Says in words what would be imported from a calendar. Exit code 1 when something in it would be lost. */
export async function checkCalendar(call: CheckCall, config: Config, io: Io): Promise<number> {
  const calendar = calendarOf(call, config);
  const now = SYSTEM_CLOCK.now();
  const fetched = await readSource(calendar, { etag: null, lastModified: null });
  if (fetched.kind !== 'read') {
    throw new FailedError(fetched.kind === 'failed' ? fetched.reason : 'the calendar was not sent');
  }
  const apart = await expandApart(fetched.text, wantedAt(now, calendar));
  if (apart.kind === 'refused') throw new FailedError(`${call.place ?? 'the calendar'} ${apart.reason}`);
  const read = shiftsIn(apart.occurrences, readNames(calendar.names, config.directory.people), now);
  const outcome = { ...read, problems: apart.problems, events: apart.occurrences.length };
  if (call.json) io.out(`${JSON.stringify({ zone: calendar.zone, ...outcome }, null, 2)}\n`);
  else io.err(describe(outcome, { calendar, config, now }));
  return read.unknown.length + apart.problems.length === 0 ? EXIT.ok : EXIT.no;
}

function calendarOf({ place, schedule, zone }: CheckCall, config: Config): CalendarConfig {
  if (zone !== undefined && !isZone(zone)) throw new UsageError(`--zone: there is no time zone "${zone}"`);
  const named = schedule === undefined ? null : findSchedule(schedule, config.directory);
  const configured = config.calendars.find((one) => one.schedule === named?.id);
  if (place === undefined) {
    if (configured) return configured;
    throw new UsageError(
      named === null
        ? 'firebell calendar check needs the URL or the FILE of a calendar, or --schedule NAME'
        : `the schedule ${named.id} does not come from a calendar: name a URL or a FILE, or add \`ical\` to it`,
    );
  }
  return {
    id: 'checked',
    schedule: named?.id ?? '',
    refreshMs: DAY,
    dayStartsMs: configured?.dayStartsMs ?? 0,
    names: configured?.names ?? { map: {}, from: 'auto', title: null },
    zone: zone ?? named?.schedule.timeZone ?? config.directory.settings.zone,
    source: sourceOf(place),
  };
}

/** Whoever types an address means it, wherever it is. */
function sourceOf(place: string): CalendarSource {
  const url = place.replace(/^webcals?:\/\//i, 'https://');
  if (!/^https?:\/\//i.test(url)) return { file: isAbsolute(place) ? place : resolve(place) };
  if (!URL.canParse(url)) throw new UsageError(`"${place}" is not an address`);
  return { url, privateNetwork: true };
}

type Outcome = ImportedShifts & { readonly problems: readonly string[]; readonly events: number };

interface Telling {
  readonly calendar: CalendarConfig;
  readonly config: Config;
  readonly now: Date;
}

function describe({ shifts, unknown, problems, events }: Outcome, telling: Telling): string {
  const { zone } = telling.calendar;
  const names = unknown.map(
    ({ name, start, count }) =>
      `  "${name}": ${count === 1 ? 'once' : `${count} times`}, next ${formatInZone(start, zone)}`,
  );
  const lines = [
    `${events} ${events === 1 ? 'event' : 'events'} from two months back to 500 days ahead; ${shifts.length} of them put somebody on call.`,
    ...(names.length > 0
      ? [`Names that stand for nobody, so nobody is on call by them:`, ...names, ADVICE]
      : []),
    ...(problems.length > 0 ? ['Events that cannot be read:', ...problems.map((line) => `  ${line}`)] : []),
    `Who would be on call in the next eight weeks (${zone}):`,
    ...shownShifts(shifts, telling),
  ];
  return `${lines.join('\n')}\n`;
}

const ADVICE =
  'Say who they are under `map:` of the calendar, name -> person; [] leaves an event out. `title:` says what titles look like.';

function shownShifts(
  shifts: ImportedShifts['shifts'],
  { calendar, config: { directory }, now }: Telling,
): readonly string[] {
  const schedule: Schedule = directory.schedules.get(calendar.schedule)?.schedule ?? {
    timeZone: calendar.zone,
    layers: [],
  };
  const id = calendar.schedule;
  const schedules = new Map([[id, { id, name: id, schedule }]]);
  const overlaid = withImportedShifts({ ...directory, schedules }, new Map([[id, shifts]]));
  const segments = timeline(
    overlaid.schedules.get(id)?.schedule ?? schedule,
    now,
    new Date(now.getTime() + SHOWN_MS),
  );
  const lines = segments
    .slice(0, MOST_SHOWN)
    .map(
      ({ start, end, onCall }) =>
        `  ${formatInZone(start, calendar.zone)} to ${formatInZone(end, calendar.zone)}  ${onCall.join(', ') || 'nobody'}`,
    );
  const more = segments.length - lines.length;
  return more > 0 ? [...lines, `  and ${more} more`] : lines;
}
