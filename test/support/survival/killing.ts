import { setTimeout as pass } from 'node:timers/promises';
import { FAULT_POINTS } from '../../../src/lib/fault-point.ts';
import type { BotProcess, End } from './bot-process.ts';
import { spawnBot } from './bot-process.ts';
import type { Chance } from './chance.ts';
import type { FastClock } from './fast-clock.ts';

/** One place at which a bot runs, is killed, and runs again. */
export interface Seat {
  /** Where it can be reached; null while nothing runs here. */
  readonly url: () => string | null;
  /** Lives through one life: begins, and is killed. */
  readonly liveOnce: (death: Death) => Promise<Killed>;
  /** Begins, to stay. Answers with the way to stop it gracefully, which answers with how it ended. */
  readonly stay: () => Promise<() => Promise<End>>;
  /** Ends what runs here and what is only waiting, without a goodbye. */
  readonly clear: () => Promise<void>;
}

/** How a life ends: at the n-th passage of a fault point, or so many ms after it began or after it could be reached. */
export type Death =
  | { readonly kind: 'fault'; readonly fault: string }
  | { readonly kind: 'moment'; readonly ms: number; readonly from: 'begin' | 'reachable' };

/** What killed it. `by` is the fault point that it came to, or the moment. */
export interface Killed {
  readonly by: string;
}

/** A fault point that is not passed within this time is not waited for any longer. */
const PATIENCE_MS = 5_000;

/** Makes a seat. The next process is loaded while this one runs. */
export function makeSeat(clock: FastClock, log: string, env: Readonly<Record<string, string>>): Seat {
  let running: BotProcess | null = null;
  let waiting: BotProcess | null = null;
  let url: string | null = null;
  const next = (): BotProcess => {
    const bot = waiting ?? spawnBot(clock, log);
    running = bot;
    waiting = spawnBot(clock, log);
    return bot;
  };
  const begin = async (bot: BotProcess, fault: string): Promise<void> => {
    url = await bot.begin({ ...env, PORT: '0', FIREBELL_FAULT: fault });
  };
  return {
    url: () => url,
    liveOnce: async (death) => {
      const bot = next();
      void bot.gone.then(() => {
        url = null;
      });
      const begun = begin(bot, death.kind === 'fault' ? death.fault : '');
      if (death.kind === 'fault' || death.from === 'reachable') await begun;
      const own = await Promise.race([bot.gone, pass(death.kind === 'fault' ? PATIENCE_MS : death.ms, null)]);
      if (own !== null && own !== 'SIGKILL') throw new Error(`the bot ended by itself with ${own}`);
      bot.signal('SIGKILL');
      await bot.gone;
      return { by: own === null || death.kind === 'moment' ? 'moment' : (death.fault.split(':')[0] ?? '') };
    },
    stay: async () => {
      const bot = next();
      await begin(bot, '');
      if (url === null)
        throw new Error(`expected the bot to stay, it ended by itself with ${await bot.gone}`);
      return async () => {
        bot.signal('SIGTERM');
        const end = await bot.gone;
        url = null;
        return end;
      };
    },
    clear: async () => {
      const left = [running, waiting].flatMap((bot) => bot ?? []);
      for (const bot of left) bot.signal('SIGKILL');
      await Promise.all(left.map((bot) => bot.gone));
      [running, waiting] = [null, null];
    },
  };
}

/** So many deaths: every fault point in turn, at its first to fifth passage, and every few times a random moment. */
export function* deaths(
  count: number,
  { chance, momentEvery }: { readonly chance: Chance; readonly momentEvery: number },
): Generator<Death> {
  let faults = chance.between(0, FAULT_POINTS.length - 1);
  for (let n = 0; n < count; n += 1) {
    const point = FAULT_POINTS[faults % FAULT_POINTS.length];
    if (n % momentEvery !== momentEvery - 1 && point !== undefined) {
      faults += 1;
      yield { kind: 'fault', fault: `${point}:${chance.between(1, 5)}` };
    } else if (chance.next() < 0.2) yield { kind: 'moment', from: 'begin', ms: chance.between(30, 600) };
    else yield { kind: 'moment', from: 'reachable', ms: chance.between(50, 1_800) };
  }
}
