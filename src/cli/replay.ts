import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Replay } from '../domain/alert/replay.ts';
import type { Assignment, ReplayedIncident } from '../domain/alert/replay.ts';
import type { Directory } from '../domain/directory.ts';
import { findConfigFile } from '../config/read-file.ts';
import { requireConfig } from './load-config.ts';
import { readRecording } from './recorded-alerts.ts';
import { plainDirectory } from './plain-directory.ts';
import { EXIT, FailedError, UsageError } from './verb.ts';
import type { Io, Verb } from './verb.ts';

const HELP = `firebell replay FILE [--config FILE] [--json] [--assign FILE]

Runs recorded alerts through dedup, routes and grouping in virtual time and shows the incidents that they would have
opened. Needs no database and no network. Nobody acknowledges in it: an incident stays open until all its alerts have
cleared and the window of its route has passed.

FILE has one JSON object a line, in the order of arrival; - reads standard input:

  {"i":0,"t":"2026-03-02T06:03:12Z","source":"datadog","dedupKey":"disk|db-1","status":"firing","severity":"warning",
   "title":"Disk will fill","service":"db","labels":{},"links":[],"startsAt":"2026-03-02T06:03:10Z"}

  "t" is when it came, "startsAt" when this firing began; "endsAt" stands on resolved ones. "i" is the line's number,
  counted from 0 when it is not there.

  --config FILE   the routes and services to use; without it CONFIG or ./firebell.yaml, and when there is none
                  one route that groups by service within 10 minutes
  --json          print {"lines", "incidents": [{"id", "title", "service", "severity", "openedAt", "alerts": [...]}],
                  "suppressed": [...], "rejected": [...]} (without it: a short text)
  --assign FILE   write for each line {"i", "group"}, where the group is null when nobody would have been told;
                  - writes to standard output

Exit code 0: done. 1: no line could be used. 2: wrong call. 3: a file cannot be read.
`;

/** `firebell replay`: the incidents that recorded alerts would have opened. */
export const replayVerb: Verb = {
  name: 'replay',
  summary: 'Run recorded alerts through routes and grouping',
  help: HELP,
  run: runReplay,
};

async function runReplay(argv: readonly string[], io: Io): Promise<number> {
  const call = readCall(argv);
  const replay = new Replay(await readDirectory(io, call.config));
  const outcome = await replayAll(replay, call, io);
  if (call.assign === '-') io.out(outcome.assigned.join(''));
  else if (call.assign !== null) await writeAssigned(call.assign, outcome.assigned);
  const incidents = replay.incidents();
  if (call.json) io.out(`${JSON.stringify(documentOf(replay, outcome, incidents))}\n`);
  else if (call.assign !== '-') io.out(incidents.map(describe).join(''));
  io.err(`${outcome.lines} lines, ${incidents.length} incidents, ${outcome.bad.length} lines skipped.\n`);
  return outcome.lines > 0 ? EXIT.ok : EXIT.no;
}

interface Call {
  readonly file: string;
  readonly config: string | null;
  readonly json: boolean;
  readonly assign: string | null;
}

interface Outcome {
  readonly lines: number;
  readonly bad: readonly { readonly line: number; readonly reason: string }[];
  readonly assigned: readonly string[];
}

async function replayAll(replay: Replay, { file, assign }: Call, io: Io): Promise<Outcome> {
  const bad: { readonly line: number; readonly reason: string }[] = [];
  const assigned: string[] = [];
  let lines = 0;
  for await (const read of readRecording(file)) {
    if (read.kind === 'bad') {
      if (bad.length < MOST_NAMED) io.err(`line ${read.place} ${read.reason}\n`);
      bad.push({ line: read.place, reason: read.reason });
      continue;
    }
    lines += 1;
    const assignment = replay.take(read.recorded);
    if (assign !== null) assigned.push(assignedLine(read.recorded.line, assignment));
  }
  return { lines, bad, assigned };
}

const MOST_NAMED = 20;

function assignedLine(i: number, assignment: Assignment): string {
  const line = assignment
    ? { i, group: `G-${assignment.incident}`, openedAt: assignment.openedAt }
    : { i, group: null };
  return `${JSON.stringify(line)}\n`;
}

async function writeAssigned(file: string, assigned: readonly string[]): Promise<void> {
  try {
    await writeFile(file, assigned.join(''));
  } catch (error) {
    throw new FailedError(`cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The configuration that the call or the folder names; the example that comes with Firebell is not anybody's. */
async function readDirectory(io: Io, named: string | null): Promise<Directory> {
  const { because } = await findConfigFile(io.env, named ?? undefined);
  if (because !== 'example') return (await requireConfig(io, named ?? undefined)).directory;
  return plainDirectory();
}

function readCall(argv: readonly string[]): Call {
  const { values, positionals } = readWords(argv);
  const [file, ...rest] = positionals;
  if (file === undefined) throw new UsageError('firebell replay needs a FILE, or - for standard input');
  if (rest.length > 0) throw new UsageError(`firebell replay takes one FILE, not also ${rest.join(' ')}`);
  const [json, assign] = [values.json === true, values.assign ?? null];
  if (json && assign === '-')
    throw new UsageError('--json and --assign - both want standard output; name a file');
  return { file, config: values.config ?? null, json, assign };
}

function readWords(argv: readonly string[]) {
  const options = {
    config: { type: 'string' },
    json: { type: 'boolean' },
    assign: { type: 'string' },
  } as const;
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'the call is not understood');
  }
}

function documentOf(replay: Replay, { lines, bad }: Outcome, incidents: readonly ReplayedIncident[]) {
  return { lines, incidents, suppressed: replay.suppressed(), rejected: bad };
}

function describe({ id, openedAt, severity, service, title, alerts }: ReplayedIncident): string {
  return `#${id}\t${openedAt.toISOString()}\t${severity}\t${service ?? '-'}\t${title}\t${alerts.length} alerts\n`;
}
