import ICAL from 'ical.js';
import { z } from 'zod';
import { Occurrence } from '../../domain/calendar/imported.ts';
import type { Attendee } from '../../domain/calendar/imported.ts';
import { cleanLine } from '../../lib/clean-text.ts';
import { EventProblem, readingTimes, type ReadingTimes } from './event-times.ts';
import { happeningsOf, type EventWithChanges, type Happening } from './expand-event.ts';
import { CalendarLimit } from './walls.ts';

/** What is worked out of a calendar. */
export const Wanted = z.object({
  from: z.coerce.date(),
  to: z.coerce.date(),
  /** IANA zone of all-day events and of times that name none. */
  zone: z.string(),
  dayStartsMs: z.int(),
});
export type Wanted = z.infer<typeof Wanted>;

/** Every time in the range that a calendar holds, the earliest first, and what in it cannot be read. */
export const Expanded = z.object({ occurrences: z.array(Occurrence), problems: z.array(z.string()) });
export type Expanded = z.infer<typeof Expanded>;

/** Why a text as a whole is not taken, in words that go on after the calendar's name. */
export class CalendarProblem extends Error {}

const MOST_OCCURRENCES = 10_000;
const MOST_PROBLEMS = 50;
const LONGEST_TITLE = 300;

/** Works out every time in a calendar. Throws CalendarProblem when the text is no calendar or asks for too much. */
export function expandCalendar(text: string, wanted: Wanted): Expanded {
  const problems: string[] = [];
  const happenings = calendarsIn(text, problems).flatMap((calendar) => {
    const reading = readingTimes(calendar, wanted);
    const found: Happening[] = [];
    for (const event of eventsOf(calendar)) {
      try {
        found.push(...happeningsOf(event, { from: wanted.from.getTime(), to: wanted.to.getTime() }, reading));
        if (found.length > MOST_OCCURRENCES) throw tooMany();
      } catch (error) {
        problems.push(problemOf(error, event, reading));
      }
    }
    return found;
  });
  if (happenings.length > MOST_OCCURRENCES) throw tooMany();
  const occurrences = happenings.map(occurrenceOf).toSorted((a, b) => a.start.getTime() - b.start.getTime());
  return { occurrences, problems: problems.slice(0, MOST_PROBLEMS) };
}

function tooMany(): CalendarProblem {
  return new CalendarProblem(
    `has more than ${MOST_OCCURRENCES.toLocaleString('en')} events in the next months, which no schedule needs`,
  );
}

function calendarsIn(text: string, problems: string[]): readonly ICAL.Component[] {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (!/^BEGIN:VCALENDAR/i.test(trimmed)) {
    throw new CalendarProblem(
      'is not a calendar: it does not begin with BEGIN:VCALENDAR. Is it the address of a web page?',
    );
  }
  try {
    return parseAll(trimmed);
  } catch (error) {
    return withoutBroken(trimmed, problems, error);
  }
}

function parseAll(text: string): readonly ICAL.Component[] {
  // One calendar gives its parts, several a list of such: the types do not say so.
  const parsed: unknown[] = ICAL.parse(text);
  const all = Array.isArray(parsed[0]) ? parsed : [parsed];
  return all.map((jcal) => new ICAL.Component(jcal as unknown[]));
}

const EVENT = /^BEGIN:VEVENT\r?\n[^]*?^END:VEVENT\r?(?:\n|$)/gim;

/** One event that cannot be parsed must not take the others off call. */
function withoutBroken(text: string, problems: string[], error: unknown): readonly ICAL.Component[] {
  const sound = text.replaceAll(EVENT, (event) => {
    try {
      ICAL.parse(event);
      return event;
    } catch (cause) {
      const title = /^SUMMARY[^:\r\n]*:(.*)$/im.exec(event)?.[1] ?? '';
      problems.push(`"${cleanLine(title, 60)}" cannot be read: ${cleanLine(messageOf(cause), 120)}.`);
      return '';
    }
  });
  try {
    if (sound !== text) return parseAll(sound);
  } catch {
    // What is broken is not in an event: the first reason says it.
  }
  throw new CalendarProblem(`cannot be read as a calendar: ${cleanLine(messageOf(error), 200)}`, {
    cause: error,
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Events by their id. Where there are several of one id that change no single time, the newest counts. */
function eventsOf(calendar: ICAL.Component): readonly EventWithChanges[] {
  const byId = new Map<string, ICAL.Component[]>();
  calendar.getAllSubcomponents('vevent').forEach((event, i) => {
    const uid = String(event.getFirstPropertyValue('uid') ?? `#${i}`);
    byId.set(uid, [...(byId.get(uid) ?? []), event]);
  });
  return [...byId.values()].map((all) => {
    const isChange = (event: ICAL.Component) => event.hasProperty('recurrence-id');
    const masters = all.filter((event) => !isChange(event));
    return {
      master: masters.toSorted((a, b) => sequenceOf(b) - sequenceOf(a))[0] ?? null,
      changes: newest(all.filter(isChange)),
    };
  });
}

function newest(changes: readonly ICAL.Component[]): readonly ICAL.Component[] {
  const byTime = new Map<string, ICAL.Component>();
  for (const change of changes.toSorted((a, b) => sequenceOf(a) - sequenceOf(b))) {
    byTime.set(String(change.getFirstProperty('recurrence-id')?.toICALString()), change);
  }
  return [...byTime.values()];
}

function sequenceOf(event: ICAL.Component): number {
  return Number(event.getFirstPropertyValue('sequence') ?? 0) || 0;
}

function problemOf(error: unknown, { master, changes }: EventWithChanges, { zone }: ReadingTimes): string {
  if (error instanceof CalendarProblem) throw error;
  const event = master ?? changes[0];
  const start = event?.getFirstPropertyValue('dtstart');
  const when = start instanceof ICAL.Time ? ` (${cleanLine(start.toString().replace('T', ' '), 40)})` : '';
  const title = `"${cleanLine(titleOf(event), 60)}"${when}`;
  if (error instanceof EventProblem || error instanceof CalendarLimit) return `${title} ${error.message}.`;
  return `${title} cannot be read (times in ${zone}): ${cleanLine(messageOf(error), 120)}.`;
}

function occurrenceOf({ start, end, event }: Happening): Occurrence {
  return {
    start: new Date(start),
    end: new Date(end),
    title: cleanLine(titleOf(event), LONGEST_TITLE),
    attendees: event.getAllProperties('attendee').flatMap(attendeeOf).slice(0, 50),
  };
}

function titleOf(event: ICAL.Component | undefined): string {
  return String(event?.getFirstPropertyValue('summary') ?? '');
}

const NO_PERSON = new Set(['RESOURCE', 'ROOM', 'GROUP']);

/** Rooms, groups and whoever declined are not meant. */
function attendeeOf(property: ICAL.Property): readonly Attendee[] {
  const parameter = (name: string) => property.getFirstParameter(name) as string | undefined;
  const kind = parameter('cutype')?.toUpperCase() ?? '';
  if (NO_PERSON.has(kind) || parameter('partstat')?.toUpperCase() === 'DECLINED') return [];
  const value = String(property.getFirstValue() ?? '');
  const email = /^mailto:(.+)$/i.exec(value.trim())?.[1] ?? parameter('email') ?? null;
  const name = parameter('cn') ?? null;
  return [
    {
      email: email === null ? null : cleanLine(email, 200),
      name: name === null ? null : cleanLine(name.replace(/^"|"$/g, ''), 200),
    },
  ];
}
