import { findConfigFile } from '../config/read-file.ts';
import { compareDirectories } from '../domain/diff/compare.ts';
import type { Period } from '../domain/diff/compare-schedules.ts';
import type { Comparison } from '../domain/diff/comparison.ts';
import type { Directory } from '../domain/directory.ts';
import { SYSTEM_CLOCK, type Clock } from '../lib/clock.ts';
import { loadComparable, type Comparable } from './comparable.ts';
import { describeComparison, warningsOf } from './diff-words.ts';
import { readAtRevision } from './git-file.ts';
import { inputName, readInput } from './input-file.ts';
import { plainDirectory } from './plain-directory.ts';
import { readInstant } from './schedule-words.ts';
import { EXIT, UsageError, type Io, type Verb } from './verb.ts';
import { takeApart } from './words.ts';

const HELP = `firebell diff OLD NEW | firebell diff [NEW] --against REVISION
               [--from TIME] [--days N] [--allow-gaps] [--json]

Says what a changed configuration means: who is on call when instead of whom, times that nobody has any more, and what becomes of
people, teams, services, policies and routes.

  firebell diff old.yaml new.yaml              two files
  firebell diff firebell.yaml --against main   a file and what a git revision holds under its name

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
  const sides = await readSides(words.positionals, words.value('against'), io);
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

/** What is compared with what. */
interface Sides {
  readonly before: string;
  readonly after: Comparable;
  readonly compare: (period: Period) => Promise<Comparison>;
}

async function readSides(files: readonly string[], revision: string | undefined, io: Io): Promise<Sides> {
  const [first, second, ...rest] = files;
  if (rest.length > 0) throw new UsageError(`firebell diff takes OLD and NEW, not also ${rest.join(' ')}`);
  if (second !== undefined && revision !== undefined)
    throw new UsageError('firebell diff takes OLD or --against, not both');
  if (first === '-' && revision !== undefined)
    throw new UsageError('--against needs a FILE: standard input has no name in a revision');
  const file = second ?? first ?? (await findConfigFile(io.env)).path;
  const text = (await readInput(file)).toString('utf8');
  const after = loadComparable(text, { file: inputName(file), env: io.env });
  if (revision !== undefined) return againstRevision({ file, revision }, after, io);
  if (first !== undefined && second !== undefined) return againstFile(first, after, io);
  throw new UsageError('firebell diff needs something to compare with: OLD, or --against REVISION');
}

async function againstFile(file: string, after: Comparable, io: Io): Promise<Sides> {
  const text = (await readInput(file)).toString('utf8');
  const before = loadComparable(text, { file: inputName(file), env: io.env });
  return sidesOf(inputName(file), before.config.directory, after);
}

async function againstRevision(
  { file, revision }: { readonly file: string; readonly revision: string },
  after: Comparable,
  io: Io,
): Promise<Sides> {
  const text = await readAtRevision(file, revision);
  const name = `${file} at ${revision}`;
  if (text === null) return sidesOf(`nothing (${revision} has no ${file})`, plainDirectory(), after);
  return sidesOf(name, loadComparable(text, { file: name, env: io.env }).config.directory, after);
}

function sidesOf(name: string, before: Directory, after: Comparable): Sides {
  const compare = async (period: Period) => compareDirectories(before, after.config.directory, period);
  return { before: name, after, compare };
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
  const lines = describeComparison(comparison);
  const unset = after.unset.length === 0 ? [] : [`(${after.unset.join(', ')} not set here: not compared)`];
  if (lines.length === 0) return [`Nothing changes against ${before}.`, ...unset, ''].join('\n');
  const warnings = warningsOf(comparison).map((warning) => `WARNING: ${warning}`);
  return [...warnings, ...(warnings.length > 0 ? [''] : []), ...lines, ...unset, ''].join('\n');
}
