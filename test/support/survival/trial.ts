import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { FAULT_POINTS } from '../../../src/lib/fault-point.ts';
import type { FaultPoint } from '../../../src/lib/fault-point.ts';
import type { StoreOptions } from '../../../src/store/db.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { chanceOf, seedOfRun } from './chance.ts';
import type { Chance } from './chance.ts';
import { directoryOf, tokenFor } from './company.ts';
import type { FastClock } from './fast-clock.ts';
import { deaths, makeSeat } from './killing.ts';
import type { Seat } from './killing.ts';
import { startLoad } from './load.ts';
import { noPromises } from './promises.ts';
import type { Promises } from './promises.ts';
import { settled } from './rest.ts';
import type { Scene } from './scene.ts';
import { judge } from './verdict.ts';

/** One story of a bot that is killed again and again. */
export interface Trial {
  readonly scene: Scene;
  readonly clock: FastClock;
  readonly store: StoreOptions;
  readonly env: Readonly<Record<string, string>>;
  /** How many bots share the work. */
  readonly seats: number;
  readonly kills: number;
  /** Nobody is killed after so long, by the machine's clock, however few it were. */
  readonly killForMs: number;
  /** Every how manieth death is at a random moment; the others are at the fault points in turn. */
  readonly momentEvery: number;
  /** Fault points that may not be passed here. */
  readonly rarely: ReadonlySet<FaultPoint>;
}

/** Lets bots live and be killed among people and monitors, and holds what is left against what was promised. */
export async function surviveKills(trial: Trial): Promise<void> {
  const { scene, clock } = trial;
  const seed = seedOfRun();
  const began = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'firebell-survival-'));
  process.stdout.write(`survival: seed ${seed}, logs in ${folder}\n`);
  const token = await tokenFor(trial.store, 'generic', clock);
  const env = { ...trial.env, ...scene.env, CONFIG: scene.config };
  const seats = Array.from({ length: trial.seats }, (_, i) =>
    makeSeat(clock, join(folder, `bot-${i}.log`), env),
  );
  onTestFinished(async () => {
    for (const seat of seats) await seat.clear();
  });
  const promises = noPromises();
  const chance = chanceOf(seed);
  const url = oneOf(seats, chance);
  const load = startLoad({
    chance: chanceOf(seed + 1),
    clock,
    token,
    promises,
    url,
    visitor: (personId) => scene.visitor(personId, url),
    pace: scene.pace,
  });
  const killedBy = await killThem(seats, trial, chance);
  const stops = await Promise.all(seats.map((seat) => seat.stay()));
  await load.end();
  await scene.settled(url);
  await settled(url);
  const ends = await Promise.all(stops.map((stop) => stop()));
  for (const seat of seats) await seat.clear();
  const { problems, ...counts } = await verdictOn(trial, promises);
  const figures = {
    seed,
    ...counts,
    accepted: promises.alerts.size,
    commands: promises.commands.length,
    declared: promises.declared.size,
    kills: killedBy.length,
  };
  const seconds = Math.round((Date.now() - began) / 1000);
  process.stdout.write(`${JSON.stringify({ ...figures, seconds, by: countOf(killedBy) })}\n`);
  expect(problems, `seed ${seed}: ${problems.join('\n')}`).toEqual([]);
  expect(ends).toEqual(ends.map(() => 0));
  expect(missedBy(killedBy, trial)).toEqual([]);
  rmSync(folder, { recursive: true, force: true });
}

async function verdictOn({ scene, clock, store: options }: Trial, promises: Promises) {
  const store = await openStore(options);
  try {
    const directory = await directoryOf(scene.config, scene.env);
    return await judge(store, { promises, directory, clock, look: scene.look });
  } finally {
    await store.close();
  }
}

/** Each seat takes the next death as soon as its bot has died. */
async function killThem(
  seats: readonly Seat[],
  { kills, killForMs, momentEvery }: Trial,
  chance: Chance,
): Promise<readonly string[]> {
  const until = Date.now() + killForMs;
  const ahead = deaths(kills, { chance, momentEvery });
  const killedBy: string[] = [];
  const sit = async (seat: Seat): Promise<void> => {
    for (const death of ahead) {
      if (Date.now() >= until) return;
      killedBy.push((await seat.liveOnce(death)).by);
    }
  };
  await Promise.all(seats.map(sit));
  return killedBy;
}

function oneOf(seats: readonly Seat[], chance: Chance): () => string | null {
  return () => {
    const up = seats.flatMap((seat) => seat.url() ?? []);
    const [first, ...others] = up;
    return first === undefined ? null : chance.pick([first, ...others]);
  };
}

function countOf(killedBy: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries([...Map.groupBy(killedBy, (by) => by)].map(([by, times]) => [by, times.length]));
}

/** Where nobody was killed, though there were kills enough for several at each place. */
function missedBy(killedBy: readonly string[], { rarely }: Trial): readonly string[] {
  if (killedBy.length < 40) return [];
  const surely = FAULT_POINTS.filter((point) => !rarely.has(point));
  return [...surely, 'moment'].filter((by) => !killedBy.includes(by));
}

/** As many as CI wants, or fewer while somebody works on the harness. */
export function killsOf(usual: number): number {
  return Number(process.env['FIREBELL_KILLS'] ?? usual);
}
