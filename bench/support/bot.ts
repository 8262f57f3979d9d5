import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Bucket } from './figures.ts';
import { ask } from './http.ts';

/** A running `firebell start`. */
export interface Bot {
  readonly url: string;
  /** Answers when nothing waits to be carried out. */
  readonly settled: () => Promise<void>;
  /** The buckets of a histogram of its metrics. */
  readonly histogram: (name: string) => Promise<readonly Bucket[]>;
  /** Lets it stop by itself, or, with SIGKILL, does not wait for what is in its hands. */
  readonly end: (signal?: NodeJS.Signals) => Promise<void>;
}

/** How a bot is started: its settings, a folder for its log, and the command, unless it is Node itself. */
export interface BotOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly command?: readonly [string, ...string[]];
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const Manifest = z.object({ scripts: z.object({ start: z.string() }) });
const SETTLED_WITHIN_MS = 60_000;

const living = new Set<ChildProcess>();
// A bench that fails leaves nothing running behind.
process.once('exit', () => {
  for (const child of living) signalGroup(child, 'SIGKILL');
});

/** Starts the real process in the checkout; answers as soon as it says where it is. */
export async function startBot({ env, folder, command }: BotOptions): Promise<Bot> {
  const [program, ...args] = command ?? asStarted();
  const log = openSync(join(folder, 'bot.log'), 'a');
  const child = spawn(program, args, {
    cwd: ROOT,
    // A group of its own, so that what npm starts can be ended with it.
    detached: true,
    stdio: ['ignore', log, 'pipe'],
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', TZ: 'UTC', ...env },
  });
  closeSync(log);
  living.add(child);
  child.once('exit', () => living.delete(child));
  const url = await addressOf(child);
  return {
    url,
    settled: () => settled(url),
    histogram: (name) => histogram(url, name),
    end: (signal = 'SIGTERM') => end(child, signal),
  };
}

/** What `npm start` runs, without npm. */
function asStarted(): readonly [string, ...string[]] {
  const { scripts } = Manifest.parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
  const [, ...args] = scripts.start.split(' ');
  return [process.execPath, ...args];
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
      const url = /open (http:\S+)/.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`the bot did not start: ${said}`)));
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (!living.has(child)) return;
  const gone = once(child, 'exit');
  signalGroup(child, signal);
  await gone;
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid !== undefined) process.kill(-pid, signal);
}

async function settled(url: string): Promise<void> {
  const until = performance.now() + SETTLED_WITHIN_MS;
  while (performance.now() < until) {
    const { text } = await ask({ url: `${url}/metrics` });
    if (/^firebell_inbox_alerts 0$/m.test(text) && /^firebell_outbox_waiting 0$/m.test(text)) return;
    await wait(100);
  }
  throw new Error(`expected the outbox to empty itself within ${SETTLED_WITHIN_MS / 1000} s`);
}

async function histogram(url: string, name: string): Promise<readonly Bucket[]> {
  const { text } = await ask({ url: `${url}/metrics` });
  const lines = text.matchAll(new RegExp(`^${name}_bucket\\{le="([^"]+)"\\} (\\d+)$`, 'gm'));
  return [...lines].map(([, le = '', count = '']) => ({
    upTo: le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le),
    count: Number(count),
  }));
}
