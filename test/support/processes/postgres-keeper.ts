/**
 * Runs one Postgres for all test files of a vitest run, and removes it and the run's folder when that run is over.
 * Arguments: the folder of the run, in which it is announced, and the pid of the run.
 */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startPostgres } from '../postgres-server.ts';
import type { PostgresServer } from '../postgres-server.ts';

const [folder = '', watched = ''] = process.argv.slice(2);

const server = await start();
while (isAlive(Number(watched))) await wait(500);
await server?.remove();
rmSync(folder, { recursive: true, force: true });

async function start(): Promise<PostgresServer | null> {
  try {
    const started = await startPostgres();
    announce({ url: started.url });
    return started;
  } catch (error) {
    announce({ reason: error instanceof Error ? error.message : String(error) });
    return null;
  }
}

// Renamed, so that nobody reads half of it.
function announce(what: { readonly url: string } | { readonly reason: string }): void {
  const file = join(folder, 'postgres.json');
  writeFileSync(`${file}.new`, JSON.stringify(what));
  renameSync(`${file}.new`, file);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
