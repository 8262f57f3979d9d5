import type { NamedSchedule } from '../domain/directory.ts';
import { nextChange, onCallAt } from '../domain/schedule/on-call.ts';
import { formatInZone } from '../domain/schedule/zone.ts';
import { SYSTEM_CLOCK } from '../lib/clock.ts';
import { knownSchedules } from './known-schedules.ts';
import { showInstant } from './schedule-document.ts';
import { findSchedule, readInstant } from './schedule-words.ts';
import { warnOfCalendars } from './calendar-warning.ts';
import { zoneName } from './zone-name.ts';
import { EXIT, UsageError, type Io, type Verb } from './verb.ts';
import { takeApart } from './words.ts';

const HELP = `firebell oncall [--schedule NAME] [--at TIME] [--config FILE] [--json]

Says who is on call, until when, and who is next. Without --schedule, for every schedule.

Finds the running bots by DATABASE_URL, or by DATA_DIR (./data) for the embedded database, and answers as they do, with the overrides,
swaps and absences that were made in chat. Where none answers it says so, and reads the file alone.

  --at       now unless given. "2026-03-29T01:00:00Z", "2026-03-29 02:30", "14:05", "tomorrow 9am" or "in 2h"; without an offset it is
             the wall clock of the schedule's zone
  --config   the configuration alone, by this file; without it, the running bot is asked, and where none answers, it is the file that
             CONFIG names, else ./firebell.yaml, else the built-in example
  --json     print {"schedule", "at", "onCall": [ids], "nextChange", "next": [ids]} on standard output; a list of these without
             --schedule. "nextChange" is null, and "next" empty, when nothing changes within 400 days

Exit code 0: answered. 2: wrong call, or no such schedule. 3: the configuration does not load.
`;

/** `firebell oncall`: who is on call, as the running bots know it; by the configuration alone where none answers. */
export const oncallVerb: Verb = {
  name: 'oncall',
  summary: 'Say who is on call, until when, and who is next',
  help: HELP,
  run: runOncall,
};

interface Answer {
  readonly schedule: string;
  readonly zone: string;
  readonly at: Date;
  readonly onCall: readonly string[];
  readonly nextChange: Date | null;
  readonly next: readonly string[];
}

async function runOncall(argv: readonly string[], io: Io): Promise<number> {
  const words = takeApart(argv, { schedule: true, at: true, config: true, json: false });
  if (words.positionals.length > 0) {
    throw new UsageError(
      `firebell oncall takes options only, not "${words.positionals.join(' ')}"; is it --schedule?`,
    );
  }
  const { schedules: known, calendars } = await knownSchedules(io, words.value('config'));
  const name = words.value('schedule');
  const now = SYSTEM_CLOCK.now();
  const schedules = name === undefined ? [...known.values()] : [findSchedule(name, { schedules: known })];
  warnOfCalendars(io, calendars, schedules);
  const answers = schedules.map((schedule) => answer(schedule, { at: words.value('at') ?? 'now', now }));
  if (!words.has('json')) io.err((await Promise.all(answers.map(toLine))).join(''));
  else
    io.out(`${JSON.stringify(name === undefined ? answers.map(toJson) : answers.map(toJson)[0], null, 2)}\n`);
  return EXIT.ok;
}

function answer({ id, schedule }: NamedSchedule, asked: { readonly at: string; readonly now: Date }): Answer {
  const zone = schedule.timeZone;
  const at = readInstant(asked.at, { option: '--at', now: asked.now, zone });
  const change = nextChange(schedule, at);
  const next = change ? onCallAt(schedule, change) : [];
  return { schedule: id, zone, at, onCall: onCallAt(schedule, at), nextChange: change, next };
}

function toJson({
  schedule,
  at,
  onCall,
  nextChange: change,
  next,
}: Answer): Readonly<Record<string, unknown>> {
  return { schedule, at: showInstant(at), onCall, nextChange: change && showInstant(change), next };
}

async function toLine({ schedule, zone, onCall, nextChange: change, next }: Answer): Promise<string> {
  const until = change
    ? `until ${formatInZone(change, zone)} ${await zoneName(change, zone)} (${zone}), then ${showPeople(next)}`
    : 'and nothing changes within 400 days';
  return `${schedule}: ${showPeople(onCall)} ${until}\n`;
}

function showPeople(people: readonly string[]): string {
  return people.length === 0 ? 'nobody' : people.join(', ');
}
