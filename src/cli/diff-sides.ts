import type { Comparable } from '../config/comparable.ts';
import { findConfigFile } from '../config/read-file.ts';
import { compareDirectories } from '../domain/diff/compare.ts';
import type { Period } from '../domain/diff/compare-schedules.ts';
import type { Comparison } from '../domain/diff/comparison.ts';
import type { Directory } from '../domain/directory.ts';
import type { Clock } from '../lib/clock.ts';
import { compareWithRunning } from './compare-running.ts';
import { readAtRevision } from './git-file.ts';
import { inputName, readInput } from './input-file.ts';
import { plainDirectory } from './plain-directory.ts';
import { requireComparable } from './require-comparable.ts';
import { FailedError, UsageError, type Io } from './verb.ts';

/** What is compared with what. */
export interface Sides {
  readonly before: string;
  readonly after: Comparable;
  readonly compare: (period: Period) => Promise<Comparison>;
}

/** The files of a call, and the revision that it names. */
export interface SideWords {
  readonly files: readonly string[];
  readonly revision: string | undefined;
}

/** What the words of a call mean to compare. Throws UsageError or FailedError. */
export async function readSides({ files, revision }: SideWords, io: Io, clock: Clock): Promise<Sides> {
  const [first, second, ...rest] = files;
  if (rest.length > 0) throw new UsageError(`firebell diff takes OLD and NEW, not also ${rest.join(' ')}`);
  if (second !== undefined && revision !== undefined)
    throw new UsageError('firebell diff takes OLD or --against, not both');
  if (first === '-' && revision !== undefined)
    throw new UsageError('--against needs a FILE: standard input has no name in a revision');
  const file = second ?? first ?? (await findConfigFile(io.env)).path;
  const text = (await readInput(file)).toString('utf8');
  const after = requireComparable(text, { file: inputName(file), env: io.env });
  if (revision !== undefined) return againstRevision({ file, revision }, after, io);
  if (first !== undefined && second !== undefined) return againstFile(first, after, io);
  return againstRunning({ text, after }, io, clock);
}

async function againstFile(file: string, after: Comparable, io: Io): Promise<Sides> {
  const text = (await readInput(file)).toString('utf8');
  const before = requireComparable(text, { file: inputName(file), env: io.env });
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
  return sidesOf(name, requireComparable(text, { file: name, env: io.env }).config.directory, after);
}

function againstRunning(
  { text, after }: { readonly text: string; readonly after: Comparable },
  io: Io,
  clock: Clock,
): Sides {
  const compare = async ({ from, to }: Period): Promise<Comparison> => {
    const compared = await compareWithRunning({ text, from, to }, io, clock);
    if ('comparison' in compared) return compared.comparison;
    throw new FailedError(`${compared.problem} Compare two files, or with --against.`);
  };
  return { before: 'what the running bot has', after, compare };
}

function sidesOf(name: string, before: Directory, after: Comparable): Sides {
  const compare = async (period: Period) => compareDirectories(before, after.config.directory, period);
  return { before: name, after, compare };
}
