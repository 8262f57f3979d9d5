import { timeline, type Segment } from '../domain/schedule/on-call.ts';
import { formatInZone } from '../domain/schedule/zone.ts';
import { SYSTEM_CLOCK } from '../lib/clock.ts';
import { knownSchedules } from './known-schedules.ts';
import { warnOfCalendars } from './calendar-warning.ts';
import { showInstant } from './schedule-document.ts';
import { findSchedule, readInstant } from './schedule-words.ts';
import { EXIT, UsageError, type Io, type Verb } from './verb.ts';
import { takeApart } from './words.ts';

const HELP = `firebell shifts --schedule NAME --from TIME --to TIME [--config FILE] [--json]

Lists the shifts of a schedule from one time to another, at most 400 days. Times with nobody on call are listed too.

Finds the running bots by DATABASE_URL, or by DATA_DIR (./data) for the embedded database, and answers as they do, with the overrides,
swaps and absences that were made in chat. Where none answers it says so, and reads the file alone.

  --from, --to   "2026-03-29T01:00:00Z", "2026-03-29 02:30", "2026-03-29" (its midnight), "tomorrow 9am" or "in 2h"; without an
                 offset it is the wall clock of the schedule's zone
  --config       the configuration alone, by this file; without it, the running bot is asked, and where none answers, it is the file that
                 CONFIG names, else ./firebell.yaml, else the built-in example
  --json         print {"schedule", "from", "to", "shifts": [{"start", "end", "onCall": [ids]}]} on standard output

Exit code 0: answered. 2: wrong call, or no such schedule. 3: the configuration does not load.
`;

/** `firebell shifts`: who is on call when, as the running bots know it; by the configuration alone where none answers. */
export const shiftsVerb: Verb = {
  name: 'shifts',
  summary: 'List the shifts of a schedule',
  help: HELP,
  run: runShifts,
};

const LONGEST_MS = 400 * 86_400_000;

async function runShifts(argv: readonly string[], io: Io): Promise<number> {
  const words = takeApart(argv, { schedule: true, from: true, to: true, config: true, json: false });
  if (words.positionals.length > 0) {
    throw new UsageError(`firebell shifts takes options only, not "${words.positionals.join(' ')}"`);
  }
  const [name, from, to] = [words.value('schedule'), words.value('from'), words.value('to')];
  if (name === undefined || from === undefined || to === undefined) {
    throw new UsageError('firebell shifts needs --schedule NAME, --from TIME and --to TIME');
  }
  const { schedules, calendars } = await knownSchedules(io, words.value('config'));
  const named = findSchedule(name, { schedules });
  const { id, schedule } = named;
  warnOfCalendars(io, calendars, [named]);
  const range = readRange({ from, to }, schedule.timeZone);
  const shifts = timeline(schedule, range.from, range.to);
  if (!words.has('json')) io.err(shifts.map((shift) => toLine(shift, schedule.timeZone)).join(''));
  else io.out(`${JSON.stringify(toJson(id, range, shifts), null, 2)}\n`);
  return EXIT.ok;
}

interface Range<T> {
  readonly from: T;
  readonly to: T;
}

function readRange({ from, to }: Range<string>, zone: string): Range<Date> {
  const now = SYSTEM_CLOCK.now();
  const start = readInstant(from, { option: '--from', now, zone });
  const end = readInstant(to, { option: '--to', now, zone });
  if (end <= start)
    throw new UsageError(`--to (${showInstant(end)}) must be later than --from (${showInstant(start)})`);
  if (end.getTime() - start.getTime() > LONGEST_MS) {
    throw new UsageError('--from and --to are more than 400 days apart: ask for a shorter time');
  }
  return { from: start, to: end };
}

function toJson(schedule: string, { from, to }: Range<Date>, shifts: readonly Segment[]) {
  const shown = shifts.map(({ start, end, onCall }) => ({
    start: showInstant(start),
    end: showInstant(end),
    onCall,
  }));
  return { schedule, from: showInstant(from), to: showInstant(to), shifts: shown };
}

function toLine({ start, end, onCall }: Segment, zone: string): string {
  const people = onCall.length === 0 ? 'nobody' : onCall.join(', ');
  return `${formatInZone(start, zone)} to ${formatInZone(end, zone)}  ${people}\n`;
}
