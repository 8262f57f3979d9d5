import { parseArgs } from 'node:util';
import { subjectProblem } from '../ingest/desk.ts';
import type { Desk, ShownToken } from '../ingest/desk.ts';
import type { Subjects } from '../ingest/desk.ts';
import type { TokenSubject } from '../store/tokens.ts';
import { atDesk } from './at-desk.ts';
import { findConfig } from './load-config.ts';
import { EXIT, UsageError } from './verb.ts';
import type { Io, Verb } from './verb.ts';

const HELP = `firebell token create --source NAME | --person ID
firebell token list [--json]
firebell token revoke ID

Makes and ends the tokens with which monitors post alerts and people sign in to the console.

  create --source NAME  a token for POST /ingest/NAME, e.g. alertmanager or generic
  create --person ID    a token with which this person of the configuration signs in to the console
  list                  every token: id, what for, when made, last used, ended (--json: as JSON)
  revoke ID             end a token; a sender that still uses it gets 403 within seconds

"create" prints the token alone, so that it can be piped. It is shown this once: only its hash is kept.
Works beside a running bot. Reads DATABASE_URL, or DATA_DIR (./data) for the embedded database, and CONFIG
(./firebell.yaml) for the names of sources and people.

Exit code 0: done. 1: there is no such token. 2: wrong call. 3: the database cannot be opened.
`;

/** `firebell token`: makes, lists and ends tokens, also while the bot runs on the embedded database. */
export const tokenVerb: Verb = {
  name: 'token',
  summary: 'Make a token for an alert source or for a person',
  help: HELP,
  run: runToken,
};

async function runToken(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readWords(argv);
  const [action, ...rest] = positionals;
  switch (action) {
    case 'create': {
      const subject = readSubject(values, rest);
      await checkSubject(subject, io);
      return atDesk(io, (desk) => create(desk, subject, io));
    }
    case 'list':
      if (rest.length > 0) throw new UsageError(`firebell token list takes no ${rest.join(' ')}`);
      return atDesk(io, (desk) => list(desk, values.json === true, io));
    case 'revoke': {
      const id = readId(rest);
      return atDesk(io, (desk) => revoke(desk, id, io));
    }
    case undefined:
    default:
      throw new UsageError(`firebell token knows create, list and revoke, not "${action ?? ''}"`);
  }
}

function readWords(argv: readonly string[]) {
  try {
    const options = {
      source: { type: 'string' },
      person: { type: 'string' },
      json: { type: 'boolean' },
    } as const;
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'the call is not understood');
  }
}

function readSubject(
  { source, person }: { readonly source?: string; readonly person?: string },
  rest: readonly string[],
): TokenSubject {
  if (rest.length > 0) throw new UsageError(`firebell token create takes no ${rest.join(' ')}`);
  if ((source === undefined) === (person === undefined)) {
    throw new UsageError('firebell token create needs either --source NAME or --person ID');
  }
  return source === undefined
    ? { kind: 'person', subject: person ?? '' }
    : { kind: 'source', subject: source };
}

/** Against the configuration; one that does not load must not keep anybody from making a token. */
async function checkSubject(subject: TokenSubject, io: Io): Promise<void> {
  const { found, loaded } = await findConfig(io);
  if (!('config' in loaded)) {
    io.err(`${found.path} does not load, so it is not known whether "${subject.subject}" is in it.\n`);
    return;
  }
  const { sources, directory } = loaded.config;
  const subjects: Subjects = { sources, people: directory.people };
  const problem = subjectProblem(subject, subjects);
  if (problem !== null) throw new UsageError(`${problem} (${found.path})`);
}

function readId([id, ...rest]: readonly string[]): number {
  if (id === undefined || rest.length > 0 || !/^\d{1,15}$/.test(id)) {
    throw new UsageError(
      'firebell token revoke needs the ID of one token, as "firebell token list" shows it',
    );
  }
  return Number(id);
}

async function create(desk: Desk, subject: TokenSubject, io: Io): Promise<number> {
  const { id, token } = await desk.create(subject);
  io.out(`${token}\n`);
  io.err(
    `Token ${id} for the ${subject.kind} ${subject.subject}. It is shown this once; keep it like a password.\n`,
  );
  return EXIT.ok;
}

async function list(desk: Desk, json: boolean, io: Io): Promise<number> {
  const tokens = await desk.list();
  if (json) io.out(`${JSON.stringify(tokens, null, 2)}\n`);
  else if (tokens.length === 0) io.err('There are no tokens yet. Make one with "firebell token create".\n');
  else io.out(tokens.map(lineOf).join(''));
  return EXIT.ok;
}

function lineOf({ id, kind, subject, createdAt, lastUsedAt, revokedAt }: ShownToken): string {
  const used = lastUsedAt ? `last used ${lastUsedAt.toISOString()}` : 'never used';
  const ended = revokedAt ? `, ended ${revokedAt.toISOString()}` : '';
  return `${id}\t${kind} ${subject}\tmade ${createdAt.toISOString()}, ${used}${ended}\n`;
}

async function revoke(desk: Desk, id: number, io: Io): Promise<number> {
  if (await desk.revoke(id)) {
    io.err(`Token ${id} has ended.\n`);
    return EXIT.ok;
  }
  io.err(`There is no token ${id}, or it has ended before. "firebell token list" shows them all.\n`);
  return EXIT.no;
}
