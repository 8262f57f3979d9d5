import { findSubject } from '../chat/commands/subject.ts';
import { findNamed } from '../chat/commands/names.ts';
import { plainLine } from '../chat/views/plain.ts';
import type { Directory } from '../domain/directory.ts';
import type { Refusal } from '../domain/decision.ts';
import { forecast } from '../domain/forecast/forecast.ts';
import type { Forecast } from '../domain/forecast/path.ts';
import type { Question } from '../domain/forecast/question.ts';
import { tellForecast } from '../domain/forecast/tell.ts';
import { isZone } from '../domain/schedule/zone.ts';
import { SYSTEM_CLOCK } from '../lib/clock.ts';
import { jsonOf } from './json.ts';
import { requireConfig } from './load-config.ts';
import { reachByConfig } from './reach-by-config.ts';
import { readInstant } from './schedule-words.ts';
import { EXIT, UsageError, type Io, type Verb } from './verb.ts';
import { takeApart, type Words } from './words.ts';

const HELP = `firebell whopages NAME [--at TIME] [--away PERSON] [--severity NAME] [--impact NAME] [--urgency NAME] [--zone ZONE] [--config FILE] [--json]

Prints the whole path of a page that nobody answers: each step, when it begins, who is on call then, how and when each of them is
told, what is skipped and why, and the last resort. Nobody is paged. NAME is a service, or "policy NAME", "schedule NAME",
"team NAME" or "@person".

  --at        when it begins; now unless given. "2026-03-29T01:00:00Z", "2026-03-29 02:30", "14:05", "tomorrow 9am" or "in 2h"
  --away      people who are not there, by name, with commas between them; nobody stands in for them
  --severity  of the incident; what the service's route or the settings say unless given
  --impact    with --urgency instead of a severity, in the words of severity_matrix; the service's own unless given
  --urgency   one of severity_matrix; or, without --impact, high or low: asks about a severity that pages so
  --zone      in which times are read and shown; settings.zone unless given
  --config    the configuration; else the file that CONFIG names, else ./firebell.yaml, else the built-in example
  --json      print {"question", "severity", "urgency", "policies", "moments": [{"kind": "step" | "skip" | "repeat" | "last_resort",
              "at", ...}], "reachesSomebody"} on standard output

It knows the configuration alone: overrides made in chat, and whose turn it is in a step by turns, are only known to a running bot;
there, ask \`/inc whopages\`.

Exit code 0: somebody is reached. 1: nobody is reached on the whole path. 2: wrong call, or no such name. 3: the configuration does
not load.
`;

/** `firebell whopages`: whom something would page, by the configuration. */
export const whopagesVerb: Verb = {
  name: 'whopages',
  summary: 'Say whom an incident would page, step by step with times',
  help: HELP,
  run: runWhopages,
};

const OPTIONS = {
  at: true,
  away: true,
  severity: true,
  impact: true,
  urgency: true,
  zone: true,
  config: true,
  json: false,
} as const;

async function runWhopages(argv: readonly string[], io: Io): Promise<number> {
  const words = takeApart(argv, OPTIONS);
  if (words.positionals.length === 0) throw new UsageError('firebell whopages needs the NAME of a service');
  const config = await requireConfig(io, words.value('config'));
  const { directory } = config;
  const zone = zoneOf(words, directory);
  const asked = questionOf(words, directory, zone);
  const told = orThrow(forecast(asked, { directory, reach: reachByConfig(config), policyRuns: new Map() }));
  if (words.has('json')) io.out(jsonOf(told));
  else io.err(toText(told, { directory, zone }));
  return told.reachesSomebody ? EXIT.ok : EXIT.no;
}

type Asked = Words<typeof OPTIONS>;

function questionOf(words: Asked, directory: Directory, zone: string): Question {
  const scope = { directory, platform: 'console' };
  const { kind, id } = orThrow(findSubject(words.positionals.join(' '), scope));
  return {
    about: { kind, id },
    at: readInstant(words.value('at') ?? 'now', { option: '--at', now: SYSTEM_CLOCK.now(), zone }),
    away: (words.value('away') ?? '')
      .split(',')
      .filter((name) => name.trim() !== '')
      .map((name) => personCalled(name.trim(), directory)),
    severity: words.value('severity') ?? null,
    ...urgencyAsked(words, directory),
  };
}

function zoneOf(words: Asked, { settings }: Directory): string {
  const zone = words.value('zone') ?? settings.zone;
  if (!isZone(zone))
    throw new UsageError(`--zone: unknown time zone "${zone}": use an IANA name like Europe/London`);
  return zone;
}

function personCalled(name: string, directory: Directory): string {
  const match = findNamed(name, { directory, platform: 'console', kinds: ['person'] });
  if (match.kind === 'one') return match.target.id;
  const found = match.kind === 'many' ? match.targets : [...directory.people.values()];
  const names = found
    .slice(0, 20)
    .map(({ id }) => id)
    .join(', ');
  throw new UsageError(`--away: "${name}" is not one person. People are: ${names}.`);
}

function urgencyAsked(words: Asked, { severityMatrix }: Directory): Pick<Question, 'urgency' | 'badness'> {
  const impact = words.value('impact') ?? null;
  const urgency = words.value('urgency') ?? null;
  const [impacts, urgencies] = [severityMatrix?.impacts ?? [], severityMatrix?.urgencies ?? []];
  if (impact !== null && !impacts.includes(impact)) throw unknownWord('--impact', impact, impacts);
  if (impact === null && (urgency === null || urgency === 'high' || urgency === 'low')) return { urgency };
  if (urgency !== null && !urgencies.includes(urgency))
    throw unknownWord('--urgency', urgency, impact === null ? ['high', 'low', ...urgencies] : urgencies);
  return { urgency: null, badness: { impact, urgency } };
}

function unknownWord(option: string, word: string, known: readonly string[]): UsageError {
  const words = known.length === 0 ? 'no severity_matrix is configured' : `it is one of ${known.join(', ')}`;
  return new UsageError(`${option} cannot be "${word}": ${words}`);
}

function orThrow<T extends object>(found: T | Refusal): T {
  if (!('why' in found)) return found;
  throw new UsageError([found.why, found.hint ?? ''].join(' ').replaceAll('`', '').trim());
}

function toText(told: Forecast, reading: { readonly directory: Directory; readonly zone: string }): string {
  const { heading, asked, path, notes } = tellForecast(told, reading);
  const lines = [asked, ...path.map((line) => ['  ', ...line]), ...notes];
  return `${[heading, ...lines.map((line) => plainLine(line, reading))].join('\n')}\n`;
}
