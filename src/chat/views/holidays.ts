import type { Directory } from '../../domain/directory.ts';
import { dateAt, holidaysOf, spanOfDate } from '../../domain/holiday/holidays.ts';
import { scopeWords } from '../../domain/holiday/said.ts';
import type { HolidayCommand, HolidayScope } from '../../domain/holiday/said.ts';
import { shiftsOf } from '../../domain/roster/shifts.ts';
import { sayDay } from '../../domain/schedule/say-time.ts';
import type { Line } from '../../domain/text.ts';
import { people as named } from '../../domain/timeline/phrase.ts';
import type { Message } from '../message.ts';
import type { Asking } from '../step.ts';
import { note } from './blocks.ts';
import { listScreen } from './lists.ts';

const MOST = 12;
const MOST_PEOPLE = 5;

/** The holidays to come of a person, a team or everybody; whose they are, where they are not of all, and who is on call then. */
export function holidaysScreen(scope: HolidayScope, asking: Asking): Message {
  const { directory, now, zone } = asking;
  const who = peopleOf(scope, directory);
  const today = dateAt(now.getTime(), zone);
  const days = holidaysFrom(today, who, directory);
  const more = days.length > MOST ? ` The first ${MOST} of ${days.length}.` : '';
  return listScreen(
    {
      heading: `Holidays of ${scopeWords(scope, directory)}`,
      items: days.slice(0, MOST).map((day) => dayLine(day, who.length, directory)),
      empty: 'None that I know of.',
      foot: [
        `Nobody is taken off call by a holiday.${more} To add one: `,
        { code: 'holidays add 2026-12-24 Christmas Eve' },
      ],
    },
    asking,
  );
}

/** A holiday, and whose of those who were asked about. */
export interface HolidayOf {
  /** Like `2026-12-25`. */
  readonly date: string;
  readonly name: string;
  readonly people: readonly string[];
}

/** The holidays of these people from a date like `2026-12-25` on, the earliest first. */
export function holidaysFrom(
  today: string,
  who: readonly string[],
  directory: Directory,
): readonly HolidayOf[] {
  const found = new Map<string, HolidayOf>();
  for (const person of who) {
    for (const [date, name] of holidaysOf(person, directory)) {
      if (date < today) continue;
      const key = JSON.stringify([date, name]);
      found.set(key, { date, name, people: [...(found.get(key)?.people ?? []), person] });
    }
  }
  return [...found.values()].toSorted((a, b) => (a.date < b.date ? -1 : 1));
}

function dayLine({ date, name, people }: HolidayOf, all: number, directory: Directory): Line {
  const onCall = people.filter((person) => isOnCall(person, date, directory));
  const whose: Line =
    people.length === all
      ? []
      : [
          ' (',
          ...named(people.slice(0, MOST_PEOPLE)),
          ...(people.length > MOST_PEOPLE ? [` and ${people.length - MOST_PEOPLE} more`] : []),
          ')',
        ];
  return [
    { bold: dateWords(date) },
    ` ${name}`,
    ...whose,
    ...(onCall.length === 0 ? [] : [', on call: ', ...named(onCall)]),
  ];
}

/** Whether a person is on call at some time of a date of their zone. */
export function isOnCall(person: string, date: string, directory: Directory): boolean {
  const { start, end } = spanOfDate(date, directory.people.get(person)?.zone ?? directory.settings.zone);
  return shiftsOf(directory, person, { start: new Date(start), end: new Date(end) }).length > 0;
}

/** What was understood of a holiday. */
export function holidaySaid({ scope, date, name }: HolidayCommand, asking: Asking): Message {
  const whose = scopeWords(scope, asking.directory);
  const line =
    name === null
      ? `${dateWords(date)} is a working day for ${whose} now.`
      : `${dateWords(date)} is a holiday for ${whose} now: ${name}.`;
  return note([[`${line} Who is on call does not change by it.`]], asking, { tone: 'good' });
}

/** A date like `2026-12-25` with its weekday, and its year. */
export function dateWords(date: string): string {
  return `${sayDay(new Date(`${date}T00:00:00Z`), 'UTC')} ${date.slice(0, 4)}`;
}

function peopleOf(scope: HolidayScope, { people, teams }: Directory): readonly string[] {
  if (scope === 'everybody') return [...people.keys()];
  const id = scope.slice(scope.indexOf(':') + 1);
  return scope.startsWith('team:') ? (teams.get(id)?.members ?? []) : [id];
}
