import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Where the shared server is, or why there is none. */
export type SharedPostgres = { readonly url: string } | { readonly reason: string };

const Announced = z.union([z.object({ url: z.string() }), z.object({ reason: z.string() })]);
const LONGEST_MS = 60_000;

// The worker's parent is the run itself. A keeper removes the folder when the run is over.
const folder = join(tmpdir(), `firebell-test-${process.ppid}`);
let known: Promise<SharedPostgres> | null = null;

/**
 * The Postgres that all test files of this run share, started by whoever asks first. `TEST_DATABASE_URL` names another one, whose user
 * may create databases.
 */
export function sharedPostgres(): Promise<SharedPostgres> {
  known ??= find();
  return known;
}

async function find(): Promise<SharedPostgres> {
  const given = process.env['TEST_DATABASE_URL'];
  if (isFirst('keeper')) keep();
  if (given) return { url: given };
  const there = await fileOf('postgres.json');
  return there === null
    ? { reason: 'Postgres did not start in time' }
    : Announced.parse(JSON.parse(readFileSync(there, 'utf8')));
}

/** Makes something once for all test files of this run: the first who asks does it, the others wait for it. */
export async function madeOnce(name: string, make: (at: string) => Promise<void>): Promise<string> {
  await sharedPostgres();
  const at = join(folder, name);
  if (isFirst(name)) {
    await make(at);
    writeFileSync(`${at}.done`, '');
  }
  if ((await fileOf(`${name}.done`)) === null)
    throw new Error(`expected ${at} to be made within ${LONGEST_MS / 1000} s`);
  return at;
}

async function fileOf(name: string): Promise<string | null> {
  const file = join(folder, name);
  for (let waited = 0; waited < LONGEST_MS; waited += 50) {
    if (existsSync(file)) return file;
    await wait(50);
  }
  return null;
}

function isFirst(name: string): boolean {
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(join(folder, `${name}.claimed`), '', { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

function keep(): void {
  const keeper = fileURLToPath(new URL('processes/postgres-keeper.ts', import.meta.url));
  spawn(process.execPath, [keeper, folder, String(process.ppid)], {
    detached: true,
    stdio: 'ignore',
  }).unref();
}
