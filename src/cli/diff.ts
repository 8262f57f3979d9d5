import type { Period } from '../domain/diff/compare-schedules.ts';
import type { Comparison } from '../domain/diff/comparison.ts';
import { SYSTEM_CLOCK, type Clock } from '../lib/clock.ts';
import { readSides, type Sides } from './diff-sides.ts';
import { showComparison } from './diff-words.ts';
import { readInstant } from './schedule-words.ts';
import { EXIT, UsageError, type Io, type Verb } from './verb.ts';
import { takeApart } from './words.ts';

const HELP = `firebell diff [OLD] NEW [--against REVISION] [--from TIME] [--days N] [--allow-gaps] [--json]

Says what a changed configuration means: who is on call when instead of whom, times that nobody has any more, and what becomes of
people, teams, services, policies and routes.

  firebell diff old.yaml new.yaml              two files
  firebell diff firebell.yaml --against main   a file and what a git revision holds under its name
  firebell diff firebell.yaml                  a file and what the running bot has, overrides made in chat over both

  --from        where to begin looking: now unless given. "2026-03-29T01:00:00Z", "2026-03-29 02:30" or "mon 9:00", in the file's zone
  --days        how far to look: 90 unless given, 400 at most
  --allow-gaps  a new time with nobody on call is told, and is no reason for exit code 1
  --json        print everything as one JSON object on standard output

Variables like \${SMTP_PASSWORD} need not be set for a comparison.

Exit code 0: compared. 1: somebody was on call and nobody will be, or a new schedule has times with nobody. 2: wrong call.
3: a file cannot be read or does not load, or the bot does not answer.
`;

/** `firebell diff`: what a configuration changes, in people's words; for pull requests, and before an apply. */
export const diffVerb: Verb = {
  name: 'diff',
  summary: 'Say who is on call instead of whom after a change of the configuration',
  help: HELP,
  run: (argv, io) => runDiff(argv, io, SYSTEM_CLOCK),
};

const DAY = 86_400_000;
const USUAL_DAYS = 90;
const MOST_DAYS = 400;

/** Compares as the call says, by this clock; answers with the exit code. */
export async function runDiff(argv: readonly string[], io: Io, clock: Clock): Promise<number> {
  const words = takeApart(argv, {
    against: true,
    from: true,
    days: true,
    'allow-gaps': false,
    json: false,
  });
  const sides = await readSides({ files: words.positionals, revision: words.value('against') }, io, clock);
  const { settings } = sides.after.config.directory;
  const period = readPeriod(
    { from: words.value('from'), days: words.value('days'), zone: settings.zone },
    clock.now(),
  );
  const comparison = await sides.compare(period);
  if (words.has('json')) io.out(`${JSON.stringify(comparison, null, 2)}\n`);
  else io.err(toText(comparison, sides));
  const hasNewGap = comparison.schedules.some(({ newGaps }) => newGaps > 0);
  return hasNewGap && !words.has('allow-gaps') ? EXIT.no : EXIT.ok;
}

interface PeriodWords {
  readonly from: string | undefined;
  readonly days: string | undefined;
  readonly zone: string;
}

function readPeriod({ from, days = String(USUAL_DAYS), zone }: PeriodWords, now: Date): Period {
  if (!/^\d{1,3}$/.test(days) || Number(days) < 1 || Number(days) > MOST_DAYS)
    throw new UsageError(`--days must be a whole number from 1 to ${MOST_DAYS}, not "${days}"`);
  const begin = from === undefined ? now : readInstant(from, { option: '--from', now, zone });
  return { now, from: begin, to: new Date(begin.getTime() + Number(days) * DAY) };
}

function toText(comparison: Comparison, { before, after }: Sides): string {
  const unset = after.unset.length === 0 ? [] : [`(${after.unset.join(', ')} not set here: not compared)`];
  return [...showComparison(comparison, before), ...unset, ''].join('\n');
}
