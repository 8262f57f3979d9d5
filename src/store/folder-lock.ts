import { randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
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
  await hold(file, { folder, mine });
  return { release: () => rm(file, { force: true }) };
}

interface Claim {
  readonly folder: string;
  readonly mine: Holder;
}

/**
 * Two processes may find the same dead holder: only the one that holds the file of the takeover goes on. That file is held in the same
 * way, so that a process that was killed in the middle of a takeover is in nobody's way either.
 */
async function hold(file: string, claim: Claim): Promise<void> {
  if (await create(file, claim.mine)) return;
  await refuseIfAlive(await holderOf(file), claim);
  const turn = `${file}.takeover`;
  await hold(turn, claim);
  try {
    const now = await holderOf(file);
    await refuseIfAlive(now, claim);
    // Where there is none any more, the next to make it need not have had this turn.
    if (now !== 'nobody') await rm(file, { force: true });
    if (!(await create(file, claim.mine))) throw held(claim.folder, await holderOf(file));
  } finally {
    await rm(turn, { force: true });
  }
}

async function refuseIfAlive(holder: Found, { folder }: Claim): Promise<void> {
  if (typeof holder !== 'string' && (await isAlive(holder))) throw held(folder, holder);
}

function held(folder: string, holder: Found): StoreError {
  const who = typeof holder === 'string' ? 'another process' : named(holder);
  return new StoreError(
    `The data folder ${folder} is in use by ${who}. ` +
      `Stop that process first, set DATA_DIR to another folder, or set DATABASE_URL so that several processes can share one Postgres.`,
  );
}

function named({ pid, url, since }: Holder): string {
  return `process ${pid}${url ? ` at ${url}` : ''}, since ${since}`;
}

/** Made in one go: nobody ever reads half of it, unless the file system knows no links. */
async function create(file: string, holder: Holder): Promise<boolean> {
  const text = `${JSON.stringify(holder)}\n`;
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, text, { flag: 'wx' });
    await link(draft, file).catch((error: unknown) => {
      if (codeOf(error) === 'EEXIST') throw error;
      return writeFile(file, text, { flag: 'wx' });
    });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw new StoreError(
      `The lock file ${file} cannot be written: ${String(error)}. Check the rights of the folder and the space on the disk.`,
      { cause: error },
    );
  } finally {
    await rm(draft, { force: true });
  }
}

/** Who a file names. Nobody holds one that was cut off while it was written. */
type Found = Holder | 'nobody' | 'unreadable';

async function holderOf(file: string): Promise<Found> {
  try {
    return Holder.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? 'nobody' : 'unreadable';
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

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}
