import { describe, it } from 'vitest';
import { freshDatabase, freshFolder, NO_POSTGRES } from '../support/database.ts';
import { inDiscord } from '../support/survival/discord-scene.ts';
import { startClock } from '../support/survival/fast-clock.ts';
import { killsOf, surviveKills } from '../support/survival/trial.ts';

/** Discord's three seconds for an answer are a second and a half of the machine's. */
const FACTOR = 2;
/** Among the tests it takes half a minute and what follows; whoever says how many kills gives it a whole one. */
const LONGEST_MS = process.env['FIREBELL_KILLS'] === undefined ? 25_000 : 60_000;
const BEGINS = new Date('2026-08-03T12:00:00Z');

describe('two bots that are killed again and again while people work in Discord', () => {
  it.skipIf(NO_POSTGRES !== null)(
    `lose no page, open no second channel, say nothing twice and do what they took${NO_POSTGRES === null ? '' : ` (skipped: ${NO_POSTGRES})`}`,
    { timeout: 5 * 60_000 },
    async () => {
      const databaseUrl = await freshDatabase();
      const clock = startClock(BEGINS, FACTOR);
      await surviveKills({
        scene: await inDiscord(clock),
        clock,
        store: { databaseUrl },
        env: { DATABASE_URL: databaseUrl, DATA_DIR: await freshFolder() },
        seats: 2,
        kills: killsOf(18),
        killForMs: LONGEST_MS,
        momentEvery: 4,
        rarely: new Set(['inbox.kept']),
      });
    },
  );
});
