import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const AdminAccess = z.object({
  /** Where the running bot listens, e.g. `http://127.0.0.1:3000`. */
  url: z.url(),
  key: z.string().min(20),
});
/** How the command line reaches a running bot: whoever may read the data folder may do what the database allows. */
export type AdminAccess = z.infer<typeof AdminAccess>;

const FILE = 'admin.json';

/** A new key for the admin routes. */
export function newAdminKey(): string {
  return randomBytes(32).toString('base64url');
}

/** Leaves word in the data folder, readable by its owner alone, of how to reach this process. Answers with the way to take it back. */
export async function offerAdminAccess(dataDir: string, access: AdminAccess): Promise<() => Promise<void>> {
  const file = join(dataDir, FILE);
  await mkdir(dataDir, { recursive: true });
  // Removed first: the mode of a file that is there already would stay as it is.
  await rm(file, { force: true });
  await writeFile(file, `${JSON.stringify(access)}\n`, { mode: 0o600, flag: 'wx' });
  return () => rm(file, { force: true });
}

/** How to reach the bot that runs on this data folder; null when none has left word. */
export async function findAdminAccess(dataDir: string): Promise<AdminAccess | null> {
  try {
    return AdminAccess.parse(JSON.parse(await readFile(join(dataDir, FILE), 'utf8')));
  } catch {
    return null;
  }
}
