import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { startProcess } from './a-process.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const MAIN = join(ROOT, 'src', 'main.ts');
const EXAMPLE = join(ROOT, 'examples', 'firebell.yaml');

const OnCall = z.object({ onCall: z.array(z.string()) });

/** The real bot as a newcomer starts it, in the example company, with an empty data folder. */
export interface Firebell {
  readonly url: string;
  /** Runs another verb of the command line beside it; answers with its standard output. */
  readonly run: (...words: readonly string[]) => Promise<string>;
  /** Id of the one who is on call by a schedule now. */
  readonly onCall: (schedule: string) => Promise<string>;
  /** Ends it gracefully; answers with its exit code. */
  readonly stop: () => Promise<number | null>;
}

/** Starts it with its data and its log in this folder. */
export async function startFirebell(folder: string): Promise<Firebell> {
  const env = {
    CONFIG: EXAMPLE,
    DATA_DIR: join(folder, 'data'),
    PORT: '0',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'info',
  };
  const bot = startProcess([process.execPath, MAIN, 'start'], { env, log: join(folder, 'firebell.log') });
  const url = await bot.until((said) => /open (http:\S+)/.exec(said)?.[1] ?? null);
  const run = async (...words: readonly string[]): Promise<string> => {
    const options = { env: { ...process.env, ...env }, cwd: folder };
    return (await promisify(execFile)(process.execPath, [MAIN, ...words], options)).stdout;
  };
  return {
    url,
    run,
    onCall: async (schedule) => {
      const answer = OnCall.parse(JSON.parse(await run('oncall', '--schedule', schedule, '--json')));
      return z.string().parse(answer.onCall[0]);
    },
    stop: bot.stop,
  };
}
