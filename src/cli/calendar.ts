import type { FeedSubject } from '../domain/calendar/subject.ts';
import type { Directory } from '../domain/directory.ts';
import { calendarUrl } from '../engine/calendar-links.ts';
import type { Desk } from '../ingest/desk.ts';
import type { KeptFeed } from '../store/calendar-feeds.ts';
import { atDesk } from './at-desk.ts';
import { checkCalendar } from './calendar-check.ts';
import { requireConfig } from './load-config.ts';
import { environmentOf } from './open.ts';
import { EXIT, UsageError } from './verb.ts';
import type { Io, Verb } from './verb.ts';
import { takeApart } from './words.ts';
import type { Words } from './words.ts';

const HELP = `firebell calendar link --person ID | --team ID | --schedule ID
firebell calendar list [--json]
firebell calendar revoke ID
firebell calendar check [URL | FILE] [--schedule ID] [--zone ZONE] [--json]

Makes and ends the secret addresses at which calendar programs read who is on call, and looks at calendars that schedules come from.

  link        an address of the shifts of a person (on all schedules), of a team, or of a schedule with its gaps
  list        every address: id, what for, by whom and when made, last read, ended (--json: as JSON)
  revoke ID   end an address; whoever still reads there gets 410
  check       say in words who would be on call by a calendar in iCal form, which of its names stand for nobody, and what in it
              cannot be read. With --schedule alone it is the calendar that the configuration has for it; with a URL or a FILE too,
              that one is read by the rules of the schedule. --zone is for whole days and times without a zone

"link" prints the address alone, so that it can be piped. It is shown this once: only a hash of it is kept. People get their own
by typing "calendar" in chat.
Works beside a running bot. Reads DATABASE_URL, or DATA_DIR (./data) for the embedded database, and CONFIG (./firebell.yaml).

Exit code 0: done. 1: there is no such address, or the calendar has names or events that would be lost. 2: wrong call.
3: the database cannot be opened, or the calendar cannot be read.
`;

const OPTIONS = { person: true, team: true, schedule: true, zone: true, json: false } as const;
type CalendarWords = Words<typeof OPTIONS>;

/** `firebell calendar`: makes, lists and ends calendar addresses, also while the bot runs on the embedded database. */
export const calendarVerb: Verb = {
  name: 'calendar',
  summary: 'Make a calendar address, or look at a calendar that is to be imported',
  help: HELP,
  run: runCalendar,
};

async function runCalendar(argv: readonly string[], io: Io): Promise<number> {
  const words = takeApart(argv, OPTIONS);
  const [action, ...rest] = words.positionals;
  switch (action) {
    case 'link':
      if (rest.length > 0) throw new UsageError(`firebell calendar link takes no ${rest.join(' ')}`);
      return link(words, io);
    case 'list':
      if (rest.length > 0) throw new UsageError(`firebell calendar list takes no ${rest.join(' ')}`);
      return atDesk(io, (desk) => list(desk, words.has('json'), io));
    case 'revoke': {
      const id = readId(rest);
      return atDesk(io, (desk) => revoke(desk, id, io));
    }
    case 'check':
      return check(words, rest, io);
    case undefined:
    default:
      throw new UsageError(`firebell calendar knows link, list, revoke and check, not "${action ?? ''}"`);
  }
}

async function link(words: CalendarWords, io: Io): Promise<number> {
  const config = await requireConfig(io);
  const subject = readSubject(words, config.directory);
  return atDesk(io, async (desk) => {
    const { id, secret } = await desk.createFeed(subject);
    const base = config.url ?? `http://localhost:${environmentOf(io).PORT}`;
    io.out(`${calendarUrl(base, secret)}\n`);
    io.err(
      `Calendar ${id} of the ${subject.kind} ${subject.id}. It is shown this once; whoever has it can read it.\n`,
    );
    if (config.url === null) {
      io.err(`The configuration has no "url", so ${base} is a guess: put your own address in front.\n`);
    }
    return EXIT.ok;
  });
}

async function check(words: CalendarWords, [place, ...rest]: readonly string[], io: Io): Promise<number> {
  if (rest.length > 0)
    throw new UsageError(`firebell calendar check takes one calendar, not also ${rest.join(' ')}`);
  const config = await requireConfig(io);
  const call = {
    place,
    schedule: words.value('schedule'),
    zone: words.value('zone'),
    json: words.has('json'),
  };
  return checkCalendar(call, config, io);
}

const NOT_ONE = 'firebell calendar link needs one of --person ID, --team ID and --schedule ID, and one only';

function readSubject(words: CalendarWords, directory: Directory): FeedSubject {
  const known = { person: directory.people, team: directory.teams, schedule: directory.schedules } as const;
  const given = (['person', 'team', 'schedule'] as const).flatMap((kind) => {
    const id = words.value(kind);
    return id === undefined ? [] : [{ kind, id }];
  });
  const [subject, ...more] = given;
  if (subject === undefined || more.length > 0) throw new UsageError(NOT_ONE);
  const ids = [...known[subject.kind].keys()];
  if (ids.includes(subject.id)) return subject;
  throw new UsageError(
    `the configuration has no ${subject.kind} "${subject.id}"; known are ${ids.slice(0, 50).join(', ') || 'none'}`,
  );
}

function readId([id, ...rest]: readonly string[]): number {
  if (id === undefined || rest.length > 0 || !/^\d{1,15}$/.test(id)) {
    throw new UsageError(
      'firebell calendar revoke needs the ID of one address, as "firebell calendar list" shows it',
    );
  }
  return Number(id);
}

async function list(desk: Desk, json: boolean, io: Io): Promise<number> {
  const feeds = await desk.feeds();
  if (json) io.out(`${JSON.stringify(feeds, null, 2)}\n`);
  else if (feeds.length === 0)
    io.err('There are no calendars yet. Make one with "firebell calendar link".\n');
  else io.out(feeds.map(lineOf).join(''));
  return EXIT.ok;
}

function lineOf({ id, subject, madeBy, createdAt, lastUsedAt, revokedAt }: KeptFeed): string {
  const made = `made ${createdAt.toISOString()} by ${madeBy ?? 'the command line'}`;
  const used = lastUsedAt ? `last read ${lastUsedAt.toISOString()}` : 'never read';
  const ended = revokedAt ? `, ended ${revokedAt.toISOString()}` : '';
  return `${id}\t${subject.kind} ${subject.id}\t${made}, ${used}${ended}\n`;
}

async function revoke(desk: Desk, id: number, io: Io): Promise<number> {
  if (await desk.revokeFeed(id)) {
    io.err(`Calendar ${id} has ended.\n`);
    return EXIT.ok;
  }
  io.err(`There is no calendar ${id}, or it has ended before. "firebell calendar list" shows them all.\n`);
  return EXIT.no;
}
