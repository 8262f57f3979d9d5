import { parseArgs } from 'node:util';
import { formatInZone } from '../domain/schedule/zone.ts';
import { evaluateDocument, showInstant, type AnsweredCase, type Evaluation } from './schedule-document.ts';
import { inputName, readJsonInput } from './input-file.ts';
import { EXIT, FailedError, UsageError, type Io, type Verb } from './verb.ts';

const HELP = `firebell schedule eval FILE [--json]

Works out who is on call. FILE is JSON; - reads standard input. It holds one case or a list of cases, each

  { "schedule": {...}, "queries": [{ "at": "2026-03-29T01:00:00Z" }], "timeline": { "from": "...Z", "to": "...Z" } }

Every query gets "onCall" and "nextChange" (null if nothing changes within 400 days), every timeline its "segments".

  --json   print the same document with the answers filled in (without it: a short text)

Exit code 0: answered. 2: wrong call. 3: the file or a case in it is broken; a broken case is printed as it is, the others
are answered all the same.
`;

/** `firebell schedule eval`: answers who is on call for the schedules of a file, without a database or a network. */
export const scheduleVerb: Verb = {
  name: 'schedule',
  summary: 'Work out who is on call for the schedules of a file',
  help: HELP,
  run: runSchedule,
};

async function runSchedule(argv: readonly string[], io: Io): Promise<number> {
  const { file, json } = readCall(argv);
  const document = await readJsonInput(file);
  const evaluation = evaluateDocument(document);
  for (const warning of evaluation.warnings) io.err(`warning: ${warning}\n`);
  if (evaluation.cases.length > 0) {
    io.out(
      json
        ? `${JSON.stringify(evaluation.document, null, 2)}\n`
        : evaluation.cases.map(describeCase).join('\n'),
    );
  }
  const problem = problemWith(evaluation);
  if (problem !== null) throw new FailedError(`${inputName(file)} ${problem}`);
  return EXIT.ok;
}

function problemWith({ cases, problems }: Evaluation): string | null {
  const lines = problems.map((line) => `\n  ${line}`).join('');
  if (problems.length > 0) return `cannot be evaluated${cases.length > 0 ? ' in part' : ''}:${lines}`;
  if (cases.length > 0) return null;
  return 'holds no case: expected an object with "schedule" and "queries" or "timeline", or a list of them';
}

function readCall(argv: readonly string[]): { readonly file: string; readonly json: boolean } {
  const { positionals, values } = parseWords(argv);
  const [action, file, ...rest] = positionals;
  if (action !== 'eval') throw new UsageError(`firebell schedule knows only "eval", not "${action ?? ''}"`);
  if (file === undefined)
    throw new UsageError('firebell schedule eval needs a FILE, or - for standard input');
  if (rest.length > 0)
    throw new UsageError(`firebell schedule eval takes one FILE, not also ${rest.join(' ')}`);
  return { file, json: values.json ?? false };
}

function parseWords(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: { json: { type: 'boolean' } }, allowPositionals: true });
  } catch (error) {
    throw new UsageError(reasonOf(error), { cause: error });
  }
}

function describeCase({ name, zone, answers, segments }: AnsweredCase): string {
  const lines = answers.map(({ at, onCall, nextChange }) => {
    const until = nextChange ? `until ${formatInZone(nextChange, zone)}` : 'no change within 400 days';
    return `  ${formatInZone(at, zone)}  ${showPeople(onCall)} (${until})`;
  });
  const spans = (segments ?? []).map(
    ({ start, end, onCall }) => `  ${showInstant(start)} to ${showInstant(end)}  ${showPeople(onCall)}`,
  );
  const timeline = segments ? ['  timeline, in UTC:', ...spans] : [];
  return [`${name} (wall clock of ${zone})`, ...lines, ...timeline, ''].join('\n');
}

function showPeople(people: readonly string[]): string {
  return people.length === 0 ? 'nobody' : people.join(', ');
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
