import type { Config } from '../config/config.ts';
import { showProblem, type Problem } from '../config/problem.ts';
import { findConfig, reasonOf, type FoundConfig } from './load-config.ts';
import { EXIT, UsageError, type Io, type Verb } from './verb.ts';
import { takeApart } from './words.ts';

const HELP = `firebell check [FILE] [--json]

Reads a configuration as "start" would, and names everything that is wrong with it, with line, column and what to do.
Without FILE it is the file that CONFIG names, else ./firebell.yaml, else the built-in example.

  --json   print {"file", "ok", "problems": [{"severity", "line", "column", "path", "message", ...}], "defines"} on standard output

Exit code 0: it loads, perhaps with warnings. 1: it has errors. 2: wrong call. 3: there is no such file.
`;

/** `firebell check`: every problem of a configuration, or what it defines. */
export const checkVerb: Verb = {
  name: 'check',
  summary: 'Check a configuration and name every problem in it',
  help: HELP,
  run: runCheck,
};

async function runCheck(argv: readonly string[], io: Io): Promise<number> {
  const words = takeApart(argv, { json: false });
  const [file, ...rest] = words.positionals;
  if (rest.length > 0) throw new UsageError(`firebell check takes one FILE, not also ${rest.join(' ')}`);
  const checked = await findConfig(io, file);
  if (words.has('json')) io.out(`${JSON.stringify(toJson(checked), null, 2)}\n`);
  else io.err(toText(checked));
  return 'config' in checked.loaded ? EXIT.ok : EXIT.no;
}

function problemsOf({ loaded }: FoundConfig): readonly Problem[] {
  return 'config' in loaded ? loaded.warnings : loaded.problems;
}

function toJson(checked: FoundConfig): Readonly<Record<string, unknown>> {
  const { found, loaded } = checked;
  const defines = 'config' in loaded ? { defines: countsOf(loaded.config) } : {};
  return { file: found.path, ok: 'config' in loaded, problems: problemsOf(checked), ...defines };
}

function toText(checked: FoundConfig): string {
  const { found, loaded } = checked;
  const lines = problemsOf(checked).map(showProblem);
  const file = `${found.path}${reasonOf(found)}`;
  const verdict = 'config' in loaded ? describe(file, loaded.config) : refuse(file, loaded.problems);
  return [...lines, ...(lines.length > 0 ? [''] : []), verdict, ''].join('\n');
}

function refuse(file: string, problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return `${file} does not load: ${count(errors, 'error')}. Correct ${errors === 1 ? 'it' : 'them'} and check again.`;
}

function countsOf({ directory, sources, notify }: Config): Readonly<Record<string, number>> {
  return {
    people: directory.people.size,
    teams: directory.teams.size,
    services: directory.services.size,
    schedules: directory.schedules.size,
    policies: directory.policies.size,
    routes: directory.routes.length,
    severities: directory.severities.length,
    sources: sources.size,
    webhooks: notify.webhooks.size,
  };
}

function describe(file: string, config: Config): string {
  const { directory } = config;
  const { settings, lastResort } = directory;
  const last = lastResort.targets.map(({ kind, id }) => `${kind} ${id}`).join(', ');
  return [
    `${file} is fine: ${count(directory.people.size, 'person', 'people')}, ${count(directory.teams.size, 'team')}, ${count(directory.services.size, 'service')},`,
    `${count(directory.schedules.size, 'schedule')}, ${count(directory.policies.size, 'policy', 'policies')} and ${count(directory.routes.length, 'route')}.`,
    `What belongs to no service is paged by the policy ${settings.defaultPolicy}; when nobody answers, the last resort is ${last}.`,
    `Alerts come from ${[...config.sources.keys()].join(', ') || 'nowhere'}. Mail is ${config.notify.email ? 'on' : 'off'}. People sign in ${
      config.chat.signIn === 'sandbox'
        ? 'as whom they like (sandbox, on this machine only)'
        : 'with a token of their own'
    }.`,
  ].join(' ');
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
