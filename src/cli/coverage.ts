import { plainLine } from '../chat/views/plain.ts';
import type { Directory } from '../domain/directory.ts';
import { coverageOf } from '../domain/report/coverage/coverage.ts';
import type { Coverage } from '../domain/report/coverage/coverage.ts';
import { scopeOf } from '../domain/report/coverage/scope.ts';
import { tellCoverage } from '../domain/report/coverage/told.ts';
import type { Scope } from '../domain/report/coverage/window.ts';
import type { Line } from '../domain/text.ts';
import { nearestWord } from '../lib/edit-distance.ts';
import { SYSTEM_CLOCK } from '../lib/clock.ts';
import { jsonOf } from './json.ts';
import { requireConfig } from './load-config.ts';
import { reachByConfig } from './reach-by-config.ts';
import { readInstant } from './schedule-words.ts';
import { EXIT, UsageError, type Io, type Verb } from './verb.ts';
import { takeApart } from './words.ts';

const HELP = `firebell coverage [SCHEDULE or TEAM] [--from TIME] [--days N] [--least SCORE] [--config FILE] [--json]

Looks ahead and says whether somebody will answer: times with nobody on call, policies that find one person or nobody, people
without a working way to be paged, names of people who are gone, double duty, rests under 11 hours, and how the load is spread.
The score is 100 less a few points for each of these, with a sentence each; how the load is spread takes none.

  --from     now unless given. "2026-03-29", "2026-03-29 02:30", "tomorrow 9am"; in settings.zone
  --days     90 unless given, 366 at most
  --least    exit with 1 when the score is lower, for CI
  --config   the configuration; else the file that CONFIG names, else ./firebell.yaml, else the built-in example
  --json     print {"window", "score", "deductions", "schedules", "policies", "unreachable", "gone", "load", "doubleDuty",
             "shortRests"} on standard output; lengths of time are in ms

Exit code 0: reported. 1: the score is lower than --least. 2: wrong call, or no such name. 3: the configuration does not load.
`;

/** `firebell coverage`: the time to come, by the configuration; overrides made in chat are not in it. */
export const coverageVerb: Verb = {
  name: 'coverage',
  summary: 'Look ahead: gaps, single points of failure, who carries how much',
  help: HELP,
  run: runCoverage,
};

const DAY = 86_400_000;
const MOST_DAYS = 366;

async function runCoverage(argv: readonly string[], io: Io): Promise<number> {
  const words = takeApart(argv, { from: true, days: true, least: true, config: true, json: false });
  const config = await requireConfig(io, words.value('config'));
  const { directory } = config;
  const { zone } = directory.settings;
  const now = SYSTEM_CLOCK.now();
  const from = readInstant(words.value('from') ?? 'now', { option: '--from', now, zone });
  const days = numberOf(words.value('days') ?? '90', { option: '--days', most: MOST_DAYS });
  const least = numberOf(words.value('least') ?? '0', { option: '--least', most: 100 });
  const window = { from, to: new Date(from.getTime() + days * DAY) };
  const scope = findScope(words.positionals.join(' '), directory);
  const report = coverageOf(directory, window, { reach: reachByConfig(config), scope });
  if (words.has('json')) io.out(jsonOf(toJson(report)));
  else io.err(toText(report, { directory, zone }));
  return report.score < least ? EXIT.no : EXIT.ok;
}

function numberOf(
  text: string,
  { option, most }: { readonly option: string; readonly most: number },
): number {
  const number = /^\d{1,4}$/.test(text) ? Number(text) : NaN;
  if (number <= most && (number > 0 || option === '--least')) return number;
  throw new UsageError(`${option} is a whole number up to ${most}, not "${text}"`);
}

function findScope(name: string, directory: Directory): Scope | null {
  if (name === '') return null;
  const [, kind, id = name] = /^(schedule|team)\s+(.+)$/.exec(name) ?? [];
  const isSchedule = directory.schedules.has(id) && kind !== 'team';
  if (isSchedule) return scopeOf({ kind: 'schedule', id }, directory);
  if (directory.teams.has(id) && kind !== 'schedule') return scopeOf({ kind: 'team', id }, directory);
  const known = [...directory.schedules.keys(), ...directory.teams.keys()];
  const meant = nearestWord(id, known);
  const hint = meant === null ? `There are: ${known.join(', ') || 'none'}.` : `Did you mean "${meant}"?`;
  throw new UsageError(`there is no schedule or team "${id}". ${hint}`);
}

/** The stretches of each schedule are left out: they are what \`firebell shifts\` prints. */
function toJson(report: Coverage): object {
  const instants = (spans: readonly { readonly start: number; readonly end: number }[]) =>
    spans.map((span) => ({ ...span, start: new Date(span.start), end: new Date(span.end) }));
  return {
    ...report,
    schedules: report.schedules.map(({ schedule, gaps, hours, endsAt }) => ({
      schedule,
      gaps,
      hours,
      endsAt,
    })),
    policies: report.policies.map(({ policy, nobody, alone }) => ({
      policy,
      nobody: instants(nobody),
      alone: instants(alone),
    })),
  };
}

function toText(report: Coverage, reading: { readonly directory: Directory; readonly zone: string }): string {
  const told = tellCoverage(report, reading);
  const parts: readonly (readonly [string, readonly Line[]])[] = [
    ['', told.deductions],
    ['Nobody on call', told.gaps],
    ['On call in two places at once', told.doubleDuty],
    ['Short rests', told.shortRests],
    ['On call, by person', told.load],
  ];
  const lines = parts.flatMap(([title, list]) => [
    ...(title === '' || list.length === 0 ? [] : [`${title}:`]),
    ...list.map((line) => `  ${plainLine(line, reading)}`),
  ]);
  return `${[`Coverage: ${told.headline} (times in ${reading.zone})`, ...lines].join('\n')}\n`;
}
