import { describe, it } from 'vitest';
import { freshDatabase, freshFolder, NO_POSTGRES } from '../support/database.ts';
import { inDiscord } from '../support/survival/discord-scene.ts';
import { startClock } from '../support/survival/fast-clock.ts';
import { killsOf, surviveKills } from '../support/survival/trial.ts';

/** Discord's three seconds for an answer are a second and a half of the machine's. */
const FACTOR = 2;
/** On a machine that stands still for half a minute both bots may be at one effect, which this test takes for a fault. */
const WHY_NOT =
  process.env['FIREBELL_KILLS'] === undefined ? 'it runs when FIREBELL_KILLS says how often' : NO_POSTGRES;
const BEGINS = new Date('2026-08-03T12:00:00Z');

describe('two bots that are killed again and again while people work in Discord', () => {
  it.skipIf(WHY_NOT !== null)(
    `lose no page, open no second channel, say nothing twice and do what they took${WHY_NOT === null ? '' : ` (skipped: ${WHY_NOT})`}`,
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
        killForMs: 60_000,
        momentEvery: 4,
        rarely: new Set(['inbox.kept']),
      });
    },
  );
});
