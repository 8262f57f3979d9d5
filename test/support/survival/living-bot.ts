import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { End } from './bot-process.ts';
import { spawnBot } from './bot-process.ts';
import { ConsoleBrowser } from './console-browser.ts';
import type { FastClock } from './fast-clock.ts';

/** A bot that runs for a test, and does not outlive it. */
export interface LivingBot {
  readonly url: string;
  readonly gone: Promise<End>;
  /** Posts to the generic source; answers with the status, or null when no answer came. */
  readonly post: (body: unknown, headers?: Readonly<Record<string, string>>) => Promise<Posted>;
  readonly browser: (personId: string) => ConsoleBrowser;
  readonly signal: (signal: NodeJS.Signals) => void;
  readonly tellClock: () => void;
  /** Everything it has written so far. */
  readonly log: () => string;
  /** Stops it gracefully. */
  readonly stop: () => Promise<End>;
}

export interface Posted {
  readonly status: number | null;
  readonly text: string;
}

/** Starts one. Throws with what it wrote when it ends before it can be reached. */
export async function liveBot(
  clock: FastClock,
  env: Readonly<Record<string, string>>,
  token: string,
): Promise<LivingBot> {
  const folder = mkdtempSync(join(tmpdir(), 'firebell-survival-'));
  const file = join(folder, 'bot.log');
  const bot = spawnBot(clock, file);
  onTestFinished(async () => {
    bot.signal('SIGKILL');
    await bot.gone;
    rmSync(folder, { recursive: true, force: true });
  });
  const log = (): string => readFileSync(file, 'utf8');
  const url = await bot.begin({ PORT: '0', ...env });
  if (url === null) throw new Error(`the bot ended with ${await bot.gone}: ${log()}`);
  return {
    url,
    gone: bot.gone,
    post: (body, headers = {}) =>
      post(`${url}/ingest/generic`, body, { authorization: `Bearer ${token}`, ...headers }),
    browser: (personId) => new ConsoleBrowser(personId, () => url),
    signal: bot.signal,
    tellClock: bot.tellClock,
    log,
    stop: () => {
      bot.signal('SIGTERM');
      return bot.gone;
    },
  };
}

async function post(url: string, body: unknown, headers: Readonly<Record<string, string>>): Promise<Posted> {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: isRaw ? Buffer.from(body) : JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
      signal: AbortSignal.timeout(30_000),
    });
    return { status: response.status, text: await response.text() };
  } catch {
    return { status: null, text: '' };
  }
}

/** Answers as soon as the look gives something; throws when it does not in time. For what runs by the machine's own clock. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | null>,
  withinMs = 60_000,
): Promise<T> {
  for (const until = Date.now() + withinMs; Date.now() < until; await pass(50)) {
    const found = await look();
    if (found !== null) return found;
  }
  throw new Error(`expected ${what} within ${withinMs / 1000} s`);
}
