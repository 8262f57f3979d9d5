import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StoreError } from './db.ts';

const Holder = z.object({
  pid: z.int(),
  /** When the process began, in the kernel's own count, so that another one with the same number is known as another. */
  began: z.string().nullable(),
  url: z.string().nullable(),
  since: z.string(),
});
type Holder = z.infer<typeof Holder>;

/** A hold on a folder. */
export interface FolderLock {
  readonly release: () => Promise<void>;
}

/** How long a takeover may take before it counts as one that died half-way. */
const TAKEOVER_MS = 10_000;

/**
 * Holds the folder for this process. The hold of a process that is gone is taken over; that of a living one is a StoreError that
 * says who it is and what to do.
 */
export async function lockFolder(folder: string, url: string | null): Promise<FolderLock> {
  const file = join(folder, 'firebell.lock');
  const mine: Holder = {
    pid: process.pid,
    began: await beginningOf(process.pid),
    url,
    since: new Date().toISOString(),
  };
  if (!(await create(file, mine))) await takeOver({ file, folder, mine });
  return { release: () => rm(file, { force: true }) };
}

interface Takeover {
  readonly file: string;
  readonly folder: string;
  readonly mine: Holder;
}

async function takeOver({ file, folder, mine }: Takeover): Promise<void> {
  const holder = await holderOf(file);
  if (holder && (await isAlive(holder))) throw held(folder, holder);
  // Two processes may find the same dead holder: only the one that makes this file goes on.
  const turn = `${file}.takeover`;
  if (await isOlder(turn, TAKEOVER_MS)) await rm(turn, { force: true });
  if (!(await create(turn, mine))) throw held(folder, (await holderOf(turn)) ?? mine);
  try {
    const now = await holderOf(file);
    if (now && (await isAlive(now))) throw held(folder, now);
    await rm(file, { force: true });
    if (!(await create(file, mine))) throw held(folder, (await holderOf(file)) ?? mine);
  } finally {
    await rm(turn, { force: true });
  }
}

function held(folder: string, { pid, url, since }: Holder): StoreError {
  const where = url ? ` at ${url}` : '';
  return new StoreError(
    `The data folder ${folder} is in use by process ${pid}${where}, since ${since}. ` +
      `Stop that process first, set DATA_DIR to another folder, or set DATABASE_URL so that several processes can share one Postgres.`,
  );
}

async function create(file: string, holder: Holder): Promise<boolean> {
  try {
    await writeFile(file, `${JSON.stringify(holder)}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw new StoreError(
      `The lock file ${file} cannot be written: ${String(error)}. Check the rights of the folder and the space on the disk.`,
      { cause: error },
    );
  }
}

// Null when there is none, or when it was cut off while being written: then nobody holds it.
async function holderOf(file: string): Promise<Holder | null> {
  try {
    return Holder.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}

async function isAlive({ pid, began }: Holder): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    if (codeOf(error) !== 'EPERM') return false;
  }
  const current = await beginningOf(pid);
  return began === null || current === null || began === current;
}

// Field 22 of /proc/<pid>/stat, after the name in brackets; null where there is no /proc.
async function beginningOf(pid: number): Promise<string | null> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    // Zombies have let go of everything.
    return fields[0] === 'Z' ? 'zombie' : `${fields[19]}@${await bootId()}`;
  } catch {
    return null;
  }
}

async function bootId(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
}

async function isOlder(file: string, ms: number): Promise<boolean> {
  try {
    return Date.now() - (await stat(file)).mtimeMs > ms;
  } catch {
    return false;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}
