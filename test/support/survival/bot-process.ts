import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastClock } from './fast-clock.ts';

/** How a process ended: its exit code, or the signal that ended it. */
export type End = number | NodeJS.Signals;

/** One process of the bot, loaded and waiting, then running, then gone. */
export interface BotProcess {
  /** Lets it begin. Answers with its address once it listens, or null when it ended before. */
  readonly begin: (env: Readonly<Record<string, string>>) => Promise<string | null>;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Tells it the clock's new course. */
  readonly tellClock: () => void;
  readonly gone: Promise<End>;
}

const ENTRY = fileURLToPath(new URL('../processes/bot.ts', import.meta.url));

/** Starts a process whose words go to the end of the log file. */
export function spawnBot(clock: FastClock, log: string): BotProcess {
  const file = openSync(log, 'a');
  const child = spawn(process.execPath, [ENTRY], {
    stdio: ['ignore', file, file, 'ipc'],
    env: { ...process.env, FIREBELL_FAULT: '', LOG_LEVEL: 'info', TZ: 'UTC' },
  });
  closeSync(file);
  const gone = endOf(child);
  const loaded = new Promise<void>((resolve) => child.once('message', () => resolve()));
  const tell = (order: object): void => {
    if (child.connected) child.send(order);
  };
  return {
    gone,
    begin: async (env) => {
      await Promise.race([loaded, gone]);
      const listening = addressOf(child);
      tell({ kind: 'begin', env, clock: clock.course() });
      return Promise.race([listening, gone.then(() => null)]);
    },
    signal: (signal) => void child.kill(signal),
    tellClock: () => tell({ kind: 'clock', clock: clock.course() }),
  };
}

async function endOf(child: ChildProcess): Promise<End> {
  // Its end may find the channel half-way.
  child.on('error', () => undefined);
  await once(child, 'exit');
  return child.signalCode ?? child.exitCode ?? 1;
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.on('message', (said) => {
      const url = /open (http:\S+)/.exec(typeof said === 'string' ? said : '')?.[1];
      if (url !== undefined) resolve(url);
    });
  });
}
