import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const LONGEST_START_MS = 60_000;
const LOOK_EVERY_MS = 50;

/** A real process of this machine. */
export interface AProcess {
  /** Everything that it has printed so far. */
  readonly said: () => string;
  /** Answers with what `find` gives once it gives something. Throws with what was printed when the process ends before. */
  readonly until: <T>(find: (said: string) => T | null | Promise<T | null>) => Promise<T>;
  /** Asks it to end and waits for that; answers with its exit code. */
  readonly stop: () => Promise<number | null>;
}

/** Starts a process whose words go into the file `log`. */
export function startProcess(
  [command = '', ...args]: readonly string[],
  { env = {}, log }: { readonly env?: Readonly<Record<string, string>>; readonly log: string },
): AProcess {
  const file = openSync(log, 'a');
  const child = spawn(command, args, { stdio: ['ignore', file, file], env: { ...process.env, ...env } });
  closeSync(file);
  const gone = once(child, 'exit').then(() => child.exitCode);
  const said = (): string => readFileSync(log, 'utf8');
  return {
    said,
    until: async (find) => {
      for (let waited = 0; waited < LONGEST_START_MS; waited += LOOK_EVERY_MS) {
        const found = await find(said());
        if (found !== null) return found;
        if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}: ${said()}`);
        await wait(LOOK_EVERY_MS);
      }
      throw new Error(`${command} did not get ready in ${LONGEST_START_MS / 1000} s: ${said()}`);
    },
    stop: async () => {
      child.kill('SIGTERM');
      return gone;
    },
  };
}
