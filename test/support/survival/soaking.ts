import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { openStore } from '../../../src/store/open-store.ts';
import { freshFolder } from '../database.ts';
import { spawnBot } from './bot-process.ts';
import { chanceOf, seedOfRun } from './chance.ts';
import type { Chance } from './chance.ts';
import { directoryOf, tokenFor } from './company.ts';
import type { FastClock } from './fast-clock.ts';
import { startLoad } from './load.ts';
import { growthOf, watchMemory } from './memory.ts';
import type { Growth } from './memory.ts';
import { noPromises } from './promises.ts';
import { settled } from './rest.ts';
import type { Scene } from './scene.ts';
import { judge } from './verdict.ts';

/** A scene in which things go wrong that are no fault of the bot's. */
export interface HarmfulScene extends Scene {
  /** Lets something go wrong; answers with a word for it. */
  readonly harm: (chance: Chance) => string;
  /** All is well again from now on. */
  readonly heal: () => void;
}

/** What a soak came to. */
export interface Soaked {
  /** What must not be, in words. */
  readonly problems: readonly string[];
  /** Promises that were rejected while nobody was there. */
  readonly unhandled: readonly string[];
  /** Pages that were sent twice: allowed after a failure that does not say whether the first arrived. */
  readonly doubled: number;
  readonly rss: Growth;
  readonly heap: Growth;
  /** How the process ended. */
  readonly end: number | string;
  readonly figures: Readonly<Record<string, number | string>>;
}

/** Lets one bot on an embedded database live so long among people, monitors and faults, by the machine's own clock. */
export async function soak(scene: HarmfulScene, clock: FastClock, minutes: number): Promise<Soaked> {
  const seed = seedOfRun();
  const chance = chanceOf(seed);
  const dataDir = await freshFolder();
  const token = await tokenFor({ dataDir }, 'generic', clock);
  const log = join(mkdtempSync(join(tmpdir(), 'firebell-soak-')), 'bot.log');
  process.stdout.write(`soak: seed ${seed}, log ${log}\n`);
  const bot = spawnBot(clock, log);
  onTestFinished(() => bot.signal('SIGKILL'));
  const at = await bot.begin({ ...scene.env, DATA_DIR: dataDir, CONFIG: scene.config, PORT: '0' });
  if (at === null) throw new Error(`the bot ended with ${await bot.gone}: ${readFileSync(log, 'utf8')}`);
  const url = (): string => at;
  const promises = noPromises();
  const visitor = (personId: string) => scene.visitor(personId, url);
  const memory = watchMemory(at);
  const load = startLoad({
    chance: chanceOf(seed + 1),
    clock,
    token,
    promises,
    url,
    visitor,
    pace: scene.pace,
  });
  const harmed = await harmFor(scene, minutes * 60_000, chance);
  scene.heal();
  await load.end();
  await scene.settled(url);
  await settled(url);
  const samples = memory.stop();
  bot.signal('SIGTERM');
  const end = await bot.gone;

  const store = await openStore({ dataDir });
  const directory = await directoryOf(scene.config, scene.env);
  const { problems, ...counts } = await judge(store, { promises, directory, clock, look: scene.look });
  await store.close();
  const isDouble = (problem: string): boolean => DOUBLED.test(problem);
  return {
    problems: problems.filter((problem) => !isDouble(problem)),
    unhandled: readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line.includes('a promise was rejected and nobody was there')),
    doubled: problems.filter(isDouble).length,
    rss: growthOf(samples.map(({ rss }) => rss)),
    heap: growthOf(samples.map(({ heap }) => heap)),
    end,
    figures: {
      seed,
      minutes,
      ...counts,
      commands: promises.commands.length,
      ...Object.fromEntries(
        [...Map.groupBy(harmed, (what) => what)].map(([what, all]) => [what, all.length]),
      ),
    },
  };
}

const DOUBLED = /^the page \S+ was sent \d+ times$/;

async function harmFor(scene: HarmfulScene, ms: number, chance: Chance): Promise<readonly string[]> {
  const harmed: string[] = [];
  // The end is quiet, so that what is under way then is not harmed.
  for (const until = Date.now() + ms; Date.now() < until; await pass(chance.between(500, 3_000)))
    harmed.push(scene.harm(chance));
  return harmed;
}
