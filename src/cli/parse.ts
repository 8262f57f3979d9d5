import { parseArgs } from 'node:util';
import type { Signal } from '../domain/alert/signal.ts';
import { readBody } from '../ingest/body.ts';
import { findSource, sourceNames } from '../ingest/named-sources.ts';
import type { NamedSources } from '../ingest/named-sources.ts';
import type { AlertSource, Parsed } from '../ingest/source.ts';
import { SYSTEM_CLOCK } from '../lib/clock.ts';
import { readInput } from './input-file.ts';
import { findConfig } from './load-config.ts';
import { EXIT, UsageError } from './verb.ts';
import type { Io, Verb } from './verb.ts';

const HELP = `firebell parse --source NAME FILE [--json] [--content-type TYPE]

Shows what Firebell makes of the body of a post. FILE is the body as a monitor sends it; - reads standard input.
Needs no database and no network: try the template of a sender with it, or look into a post that was refused.

  --source NAME        how to read it: a source of the configuration, or a kind of sender
                       (alertmanager, generic)
  --content-type TYPE  what the sender says it is, e.g. application/x-www-form-urlencoded or text/plain
                       (without it, JSON)
  --json               print {"source", "alerts": [...], "rejected": [...]} (without it: a short text)

Exit code 0: at least one alert. 1: nothing usable; the reason is printed. 2: wrong call. 3: the file cannot be read.
`;

/** `firebell parse`: the alerts that a post of a monitor holds. */
export const parseVerb: Verb = {
  name: 'parse',
  summary: 'Show the alerts in the body of a post',
  help: HELP,
  run: runParse,
};

async function runParse(argv: readonly string[], io: Io): Promise<number> {
  const call = readCall(argv);
  const source = await findNamed(call.source, io);
  const body = readBody(await readInput(call.file), call.contentType ?? 'application/json');
  const parsed: Parsed =
    body.kind === 'bad'
      ? { signals: [], rejected: [{ index: null, reason: body.reason, item: null }] }
      : source.parse(body.body, {
          source: call.source,
          receivedAt: SYSTEM_CLOCK.now(),
          headers: {},
          query: {},
        });
  io.out(
    call.json
      ? `${JSON.stringify(documentOf(call.source, parsed), null, 2)}\n`
      : parsed.signals.map(describe).join(''),
  );
  for (const { index, reason } of parsed.rejected) {
    io.err(`${index === null ? 'The post' : `Alert ${index}`}: ${reason}\n`);
  }
  return parsed.signals.length > 0 ? EXIT.ok : EXIT.no;
}

interface Call {
  readonly source: string;
  readonly file: string;
  readonly json: boolean;
  readonly contentType: string | null;
}

function readCall(argv: readonly string[]): Call {
  const { values, positionals } = readWords(argv);
  const [file, ...rest] = positionals;
  if (values.source === undefined) throw new UsageError('firebell parse needs --source NAME');
  if (file === undefined) throw new UsageError('firebell parse needs a FILE, or - for standard input');
  if (rest.length > 0) throw new UsageError(`firebell parse takes one FILE, not also ${rest.join(' ')}`);
  const contentType = values['content-type'] ?? null;
  return { source: values.source, file, json: values.json === true, contentType };
}

function readWords(argv: readonly string[]) {
  const options = {
    source: { type: 'string' },
    json: { type: 'boolean' },
    'content-type': { type: 'string' },
  } as const;
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'the call is not understood');
  }
}

/** A kind of sender needs no configuration; only for another name is it looked into. */
async function findNamed(name: string, io: Io): Promise<AlertSource> {
  const plain = findSource(name, NOTHING);
  if (plain) return plain;
  const { loaded } = await findConfig(io);
  const configured: NamedSources = 'config' in loaded ? loaded.config.sources : NOTHING;
  const source = findSource(name, configured);
  if (source) return source;
  throw new UsageError(`there is no source "${name}"; known are ${sourceNames(configured).join(', ')}`);
}

const NOTHING: NamedSources = new Map();

function documentOf(source: string, { signals, rejected }: Parsed) {
  return { source, alerts: signals.map(shown), rejected };
}

function shown(signal: Signal) {
  const { key, status, severity, title, description, service, labels, links, startsAt, endsAt } = signal;
  return { key, status, severity, title, description, service, labels, links, startsAt, endsAt };
}

function describe({ key, status, severity, title, service }: Signal): string {
  return `${status}\t${severity}\t${service ?? '-'}\t${title}\t(${key})\n`;
}
