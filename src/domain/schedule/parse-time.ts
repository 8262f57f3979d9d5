import { parseDuration } from '../../lib/duration.ts';
import { WEEKDAYS } from './schedule.ts';
import { instantsOf, isZone, parseWall, resolveWall, wallTime, type Wall } from './zone.ts';

/** What a time that a person typed is read against. `prefer` decides which occurrence of a bare clock time or weekday is meant; the future unless said. */
export interface TimeContext {
  readonly now: Date;
  readonly zone: string;
  readonly prefer?: 'past' | 'future';
}

/** An instant, or what is wrong and what to type instead. */
export type ParsedTime = { readonly at: Date } | { readonly problem: string };

const DAY = 86_400_000;
const LONGEST_TEXT = 80;
const EXAMPLES =
  'Write for example 14:05, 9am, tomorrow 9am, mon 10:00, in 30m, 2026-03-29 02:30 or 2026-03-29T02:30Z.';

/**
 * Reads a time as people type it in chat, in their zone: `14:05`, `until 18:00`, `9am`, `tomorrow 9am`, `mon 10:00`, `in 30m`,
 * `20m ago`, `2026-03-29 02:30`, or ISO 8601 with `Z` or an offset. A bare clock time or a weekday is its next occurrence after
 * `now`, or with `prefer: 'past'` the latest one not after `now`. Skipped and repeated wall times follow `resolveWall`.
 */
export function parseInstant(text: string, context: TimeContext): ParsedTime {
  if (!isZone(context.zone)) return { problem: `Unknown time zone "${shorten(context.zone)}".` };
  const words = normalise(text);
  if (words === '') return { problem: `No time given. ${EXAMPLES}` };
  if (text.length > LONGEST_TEXT) return { problem: `That is too long for a time. ${EXAMPLES}` };
  for (const read of [readNow, readIso, readRelative, readDate, readDay, readClockAlone]) {
    const parsed = read(words, context);
    if (parsed) return parsed;
  }
  return { problem: `"${shorten(text.trim())}" is not a time I understand. ${EXAMPLES}` };
}

function normalise(text: string): string {
  return text
    .slice(0, LONGEST_TEXT)
    .toLowerCase()
    .replaceAll(/[\s,]+/g, ' ')
    .trim()
    .replace(/^(at|until|till|from|since|by|on|@) ?(?=\S)/, '');
}

function readNow(words: string, { now }: TimeContext): ParsedTime | null {
  return words === 'now' ? { at: now } : null;
}

function readIso(words: string): ParsedTime | null {
  const match =
    /^(\d{4}-\d\d-\d\d)[t ](\d\d:\d\d)(?::([0-5]\d(?:\.\d{1,9})?))? ?(?:(z|utc)|([+-])(\d\d):?([0-5]\d))$/.exec(
      words,
    );
  if (!match) return null;
  const [, date = '', clock = '', seconds = '0', , sign, hours = '0', minutes = '0'] = match;
  const wall = parseWall(date, clock);
  if (wall === null || Number(hours) > 23) return noSuchTime(words);
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
  return { at: new Date(wall + Math.floor(Number(seconds) * 1000) - offset) };
}

function readRelative(words: string, { now }: TimeContext): ParsedTime | null {
  const match = /^(?:in (?<ahead>.+)|(?<hence>.+) from now|(?<ago>.+) ago)$/.exec(words);
  if (!match) return null;
  const { ahead, hence, ago } = match.groups ?? {};
  const distance = parseDuration(ahead ?? hence ?? ago ?? '');
  if (distance === null) {
    return {
      problem: `"${shorten(words)}" has no duration I understand. Write for example in 30m, in 1h30m or 2 hours ago; 365 days at most.`,
    };
  }
  return { at: new Date(now.getTime() + (ago === undefined ? distance : -distance)) };
}

function readDate(words: string, { zone }: TimeContext): ParsedTime | null {
  const match = /^(\d{4}-\d\d-\d\d)(?:[t ](.+))?$/.exec(words);
  if (!match) return null;
  const [, date = '', time] = match;
  const midnight = parseWall(date, '00:00');
  if (midnight === null) return noSuchTime(date);
  if (time === undefined) return { problem: `Add a clock time to the date, like ${date} 09:00.` };
  const clock = readClock(time);
  return clock === null ? noSuchTime(time) : { at: resolveWall(midnight + clock, zone) };
}

function readDay(words: string, context: TimeContext): ParsedTime | null {
  const day =
    '(?<day>today|tomorrow|yesterday|(?:sun|mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?)(?:day)?)';
  const match =
    new RegExp(`^${day}(?: (?:at )?(?<time>.+))?$`).exec(words) ??
    new RegExp(`^(?<time>.+) (?:on )?${day}$`).exec(words);
  const { day: name = '', time } = match?.groups ?? {};
  if (name === '') return null;
  if (time === undefined) return { problem: `Add a clock time to the day, like ${name} 09:00.` };
  const clock = readClock(time);
  if (clock === null) return noSuchTime(time);
  const shift = { yesterday: -1, today: 0, tomorrow: 1 }[name];
  if (shift !== undefined) return { at: resolveWall((today(context) + shift) * DAY + clock, context.zone) };
  const weekday = WEEKDAYS.findIndex((known) => name.startsWith(known));
  return nearest(clock, context, (date) => new Date(date * DAY).getUTCDay() === weekday);
}

function readClockAlone(words: string, context: TimeContext): ParsedTime | null {
  if (/^\d{1,2}$/.test(words)) {
    return {
      problem: `Is "${words}" an hour? Write it like ${words}:00, or ${words}am, or in ${words}m for minutes.`,
    };
  }
  const clock = readClock(words);
  if (clock !== null) return nearest(clock, context, () => true);
  return /^\d{1,2}:\d{2}/.test(words) ? noSuchTime(words) : null;
}

/** A clock time as the ms since midnight on the wall, or null. */
function readClock(text: string): Wall | null {
  if (text === 'noon') return DAY / 2;
  if (text === 'midnight') return 0;
  const match = /^(\d{1,2})(?::([0-5]\d)(?::([0-5]\d))?)?(?: ?([ap])\.?m\.?)?$/.exec(text);
  if (!match) return null;
  const [, hour = '', minutes, seconds = '0', half] = match;
  const hours = half === undefined ? Number(hour) : readHalfDayHour(Number(hour), half);
  // A number alone may be anything; with am or pm, or minutes, it is an hour.
  if (hours === null || hours > 23 || (half === undefined && minutes === undefined)) return null;
  return ((hours * 60 + Number(minutes ?? 0)) * 60 + Number(seconds)) * 1000;
}

function readHalfDayHour(hour: number, half: string): number | null {
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half === 'p' ? 12 : 0);
}

function nearest(clock: Wall, context: TimeContext, isWanted: (date: number) => boolean): ParsedTime {
  const { now, zone, prefer = 'future' } = context;
  const dates = Array.from({ length: 21 }, (_, i) => today(context) - 10 + i).filter(isWanted);
  const instants = dates
    .flatMap((date) => instantsOf(date * DAY + clock, zone))
    .sort((a, b) => a.getTime() - b.getTime());
  const at =
    prefer === 'past'
      ? instants.findLast((instant) => instant <= now)
      : instants.find((instant) => instant > now);
  if (!at)
    throw new Error(`expected an occurrence of every clock time within ten days of ${now.toISOString()}`);
  return { at };
}

function today({ now, zone }: TimeContext): number {
  return Math.floor(wallTime(now, zone) / DAY);
}

function noSuchTime(words: string): ParsedTime {
  return { problem: `There is no time "${shorten(words)}". ${EXAMPLES}` };
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
