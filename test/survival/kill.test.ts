import { describe, it } from 'vitest';
import { freshDatabase, freshFolder, NO_POSTGRES } from '../support/database.ts';
import { startClock } from '../support/survival/fast-clock.ts';
import { AT_THE_CONSOLE } from '../support/survival/scene.ts';
import { killsOf, surviveKills } from '../support/survival/trial.ts';

const FACTOR = 15;
const BEGINS = new Date('2026-08-03T12:00:00Z');
const LONGEST_MS = 9 * 60_000;
/** A slow machine kills fewer; what was left behind takes its time to be done. */
const KILL_FOR_MS = 5 * 60_000;
/** The console tells the bot everything itself. */
const OF_PLATFORMS = ['inbound.noted', 'inbound.kept', 'inbound.done'] as const;

describe('a bot that is killed again and again, with people and monitors at it', () => {
  it('on PGlite loses nothing, doubles nothing and skips nothing', { timeout: LONGEST_MS }, async () => {
    const dataDir = await freshFolder();
    await surviveKills({
      scene: AT_THE_CONSOLE,
      clock: startClock(BEGINS, FACTOR),
      store: { dataDir },
      env: { DATA_DIR: dataDir },
      seats: 1,
      kills: killsOf(50),
      killForMs: KILL_FOR_MS,
      momentEvery: 2,
      // Only alerts that come while others are decided are kept; a single process that dies so often may never be so busy.
      rarely: new Set(['inbox.kept', ...OF_PLATFORMS]),
    });
  });

  it.skipIf(NO_POSTGRES !== null)(
    `on Postgres, where two of them share the work, neither${NO_POSTGRES === null ? '' : ` (skipped: ${NO_POSTGRES})`}`,
    { timeout: LONGEST_MS },
    async () => {
      const databaseUrl = await freshDatabase();
      await surviveKills({
        scene: AT_THE_CONSOLE,
        clock: startClock(BEGINS, FACTOR),
        store: { databaseUrl },
        env: { DATABASE_URL: databaseUrl },
        seats: 2,
        kills: killsOf(60),
        killForMs: KILL_FOR_MS,
        momentEvery: 2,
        rarely: new Set(OF_PLATFORMS),
      });
    },
  );
});
