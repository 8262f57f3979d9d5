import { holidaysIn, holidaysOf } from '../../domain/holiday/holidays.ts';
import { isAway } from '../../domain/roster/absence.ts';
import type { Absence } from '../../domain/roster/absence.ts';
import type { Directory } from '../../domain/directory.ts';
import { AHEAD_MS as END_SOUGHT_MS, shiftAt, shiftsOf } from '../../domain/roster/shifts.ts';
import type { OwnShift } from '../../domain/roster/shifts.ts';
import type { Line } from '../../domain/text.ts';
import type { Message } from '../message.ts';
import { listScreen } from './lists.ts';
import { personName } from './plain.ts';
import type { Reading } from './plain.ts';

const DAY = 24 * 60 * 60_000;
const AHEAD_MS = 60 * DAY;
const MOST = 10;
const MOST_HOLIDAYS = 3;

/** When somebody is on call within the next sixty days. */
export function shiftsScreen(
  person: string,
  absences: readonly Absence[],
  reading: Reading & { readonly now: Date },
): Message {
  const { directory, now } = reading;
  const end = new Date(now.getTime() + AHEAD_MS);
  const all = shiftsOf(directory, person, { start: now, end }).map((shift) =>
    shift.end < end ? shift : toItsEnd(shift, person, directory),
  );
  const more = all.length > MOST ? ` The first ${MOST} of ${all.length}.` : '';
  return listScreen(
    {
      heading: `Shifts of ${personName(person, directory)}`,
      items: all
        .slice(0, MOST)
        .map((shift) => [
          ...shiftLine(shift, now),
          ...holidayWords(shift, person, reading),
          ...(isAway(absences, person, shift) ? [' ', { bold: 'away then: needs cover' }] : []),
        ]),
      empty: 'None within the next sixty days.',
      foot: [`Times are those of ${reading.zone}.${more} To have one taken: `, { code: 'cover me' }],
    },
    reading,
  );
}

function holidayWords({ start, end }: OwnShift, person: string, { directory }: Reading): Line {
  const zone = directory.people.get(person)?.zone ?? directory.settings.zone;
  const span = { start: start.getTime(), end: end.getTime() };
  const names = holidaysIn(holidaysOf(person, directory), zone, span).map(({ name }) => name);
  if (names.length === 0) return [];
  const more = names.length > MOST_HOLIDAYS ? ` and ${names.length - MOST_HOLIDAYS} more` : '';
  return [`, holiday: ${names.slice(0, MOST_HOLIDAYS).join(', ')}${more}`];
}

/** The shift as long as it really is, where only the days that are listed cut it. */
function toItsEnd(shift: OwnShift, person: string, { schedules }: Directory): OwnShift {
  const named = schedules.get(shift.schedule);
  const whole = named ? shiftAt(named.schedule, person, shift.start) : null;
  return whole === null ? shift : { ...shift, end: whole.end };
}

function shiftLine({ scheduleName, start, end }: OwnShift, now: Date): Line {
  const isEndless = end.getTime() - start.getTime() >= END_SOUGHT_MS;
  const until: Line = isEndless ? ['on, with no end in sight'] : ['to ', { time: end }];
  return [`${scheduleName}: `, ...(start <= now ? ['now '] : [{ time: start }, ' ']), ...until];
}
