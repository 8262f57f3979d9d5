import { describe, it } from 'vitest';
import { freshFolder } from '../support/database.ts';
import { startClock } from '../support/survival/fast-clock.ts';
import { inSlack } from '../support/survival/slack-scene.ts';
import { killsOf, surviveKills } from '../support/survival/trial.ts';

/** Slack's three seconds for an acknowledgement are half a second of the machine's. */
const FACTOR = 6;
const BEGINS = new Date('2026-08-03T12:00:00Z');

describe('a bot that is killed again and again while people work in Slack', () => {
  it(
    'loses no page, opens no second channel, says nothing twice and does what it took',
    { timeout: 5 * 60_000 },
    async () => {
      const dataDir = await freshFolder();
      const clock = startClock(BEGINS, FACTOR);
      await surviveKills({
        scene: await inSlack(clock),
        clock,
        store: { dataDir },
        env: { DATA_DIR: dataDir },
        seats: 1,
        kills: killsOf(18),
        killForMs: 50_000,
        momentEvery: 4,
        rarely: new Set(['inbox.kept']),
      });
    },
  );
});
