import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FAULT_POINTS } from '../../src/lib/fault-point.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { StoreOptions } from '../../src/store/db.ts';
import { freshDatabase, freshFolder, NO_POSTGRES } from '../support/database.ts';
import { chanceOf, seedOfRun } from '../support/survival/chance.ts';
import type { Chance } from '../support/survival/chance.ts';
import { directoryOf, CONFIG, tokenFor } from '../support/survival/company.ts';
import { startClock } from '../support/survival/fast-clock.ts';
import { deaths, makeSeat } from '../support/survival/killing.ts';
import type { Seat } from '../support/survival/killing.ts';
import { startLoad } from '../support/survival/load.ts';
import { noPromises } from '../support/survival/promises.ts';
import { settled } from '../support/survival/rest.ts';
import { judge } from '../support/survival/verdict.ts';

const FACTOR = 15;
const BEGINS = new Date('2026-08-03T12:00:00Z');
const LONGEST_MS = 8 * 60_000;

describe('a bot that is killed again and again, with people and monitors at it', () => {
  it('on PGlite loses nothing, doubles nothing and skips nothing', { timeout: LONGEST_MS }, async () => {
    const dataDir = await freshFolder();
    await surviveKills({ store: { dataDir }, env: { DATA_DIR: dataDir }, seats: 1, kills: killsOf(50) });
  });

  it.skipIf(NO_POSTGRES !== null)(
    `on Postgres, where two of them share the work, neither${NO_POSTGRES === null ? '' : ` (skipped: ${NO_POSTGRES})`}`,
    { timeout: LONGEST_MS },
    async () => {
      const databaseUrl = await freshDatabase();
      await surviveKills({
        store: { databaseUrl },
        env: { DATABASE_URL: databaseUrl },
        seats: 2,
        kills: killsOf(60),
      });
    },
  );
});

interface Trial {
  readonly store: StoreOptions;
  readonly env: Readonly<Record<string, string>>;
  readonly seats: number;
  readonly kills: number;
}

async function surviveKills(trial: Trial): Promise<void> {
  const seed = seedOfRun();
  const began = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'firebell-survival-'));
  process.stdout.write(`survival: seed ${seed}, logs in ${folder}\n`);
  const clock = startClock(BEGINS, FACTOR);
  const token = await tokenFor(trial.store, 'generic', clock);
  const env = { ...trial.env, CONFIG };
  const seats = Array.from({ length: trial.seats }, (_, i) =>
    makeSeat(clock, join(folder, `bot-${i}.log`), env),
  );
  onTestFinished(async () => {
    for (const seat of seats) await seat.clear();
  });
  const promises = noPromises();
  const chance = chanceOf(seed);
  const load = startLoad({ chance: chanceOf(seed + 1), clock, token, promises, url: oneOf(seats, chance) });
  const killedBy = await killThem(seats, trial.kills, chance);
  const stops = await Promise.all(seats.map((seat) => seat.stay()));
  await load.end();
  await settled(oneOf(seats, chance));
  const ends = await Promise.all(stops.map((stop) => stop()));
  for (const seat of seats) await seat.clear();
  const store = await openStore(trial.store);
  const { problems, ...counts } = await judge(store, {
    promises,
    directory: await directoryOf(CONFIG),
    clock,
  });
  await store.close();
  const figures = {
    seed,
    ...counts,
    accepted: promises.alerts.size,
    commands: promises.commands.length,
    kills: killedBy.length,
  };
  process.stdout.write(
    `${JSON.stringify({ ...figures, seconds: Math.round((Date.now() - began) / 1000), by: countOf(killedBy) })}\n`,
  );
  expect(problems).toEqual([]);
  expect(ends).toEqual(ends.map(() => 0));
  // Only alerts that come while others are decided are kept; a single process that dies so often may never be so busy.
  const surely = FAULT_POINTS.filter((point) => trial.seats > 1 || point !== 'inbox.kept');
  if (trial.kills >= 40) expect([...surely, 'moment'].filter((by) => !killedBy.includes(by))).toEqual([]);
  rmSync(folder, { recursive: true, force: true });
}

/** Each seat takes the next death as soon as its bot has died. */
async function killThem(seats: readonly Seat[], kills: number, chance: Chance): Promise<readonly string[]> {
  const ahead = deaths(kills, chance);
  const killedBy: string[] = [];
  const sit = async (seat: Seat): Promise<void> => {
    for (const death of ahead) killedBy.push((await seat.liveOnce(death)).by);
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

/** As many as CI wants, or fewer while somebody works on the harness. */
function killsOf(usual: number): number {
  return Number(process.env['FIREBELL_KILLS'] ?? usual);
}
