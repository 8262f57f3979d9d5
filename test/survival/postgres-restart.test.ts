import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { NO_POSTGRES } from '../support/database.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { chanceOf, seedOfRun } from '../support/survival/chance.ts';
import { CONFIG, directoryOf, tokenFor } from '../support/survival/company.ts';
import { startClock } from '../support/survival/fast-clock.ts';
import { eventually, liveBot } from '../support/survival/living-bot.ts';
import type { LivingBot } from '../support/survival/living-bot.ts';
import { ConsoleBrowser } from '../support/survival/console-browser.ts';
import { BUSY, startLoad } from '../support/survival/load.ts';
import { noPromises } from '../support/survival/promises.ts';
import { settled } from '../support/survival/rest.ts';
import { judge } from '../support/survival/verdict.ts';

/** Commits wait for the log to be written, as they must where a crash is asked about. */
const SETTINGS = ['-c', 'fsync=off', '-c', 'max_connections=100'];

const skipped = NO_POSTGRES === null ? '' : ` (skipped: ${NO_POSTGRES})`;

describe.skipIf(NO_POSTGRES !== null)(`a Postgres that goes away under load${skipped}`, () => {
  it(
    'costs no alert and no command: nothing is promised meanwhile, and all goes on afterwards',
    { timeout: 240_000 },
    async () => {
      const server = await startPostgres(SETTINGS);
      onTestFinished(() => server.remove());
      const clock = startClock(new Date('2026-08-03T12:00:00Z'), 10);
      const options = { databaseUrl: server.url };
      const token = await tokenFor(options, 'generic', clock);
      const bot = await liveBot(clock, { DATABASE_URL: server.url, CONFIG }, token);
      const promises = noPromises();
      const seed = seedOfRun();
      process.stdout.write(`postgres restarts: seed ${seed}\n`);
      const url = () => bot.url;
      const load = startLoad({
        chance: chanceOf(seed),
        clock,
        token,
        promises,
        url,
        visitor: (personId) => new ConsoleBrowser(personId, url),
        pace: BUSY,
      });
      await accepted(20);

      for (const how of ['immediate', 'fast', 'immediate'] as const) {
        await server.stop(how);
        const before = promises.alerts.size;
        expect((await bot.post({ title: 'Nobody can keep this', dedup_key: `away-${how}` })).status).toBe(
          503,
        );
        await eventually('readyz to say 503', () => readiness(bot, 503));
        expect(promises.alerts.size).toBe(before);
        await server.start();
        await eventually('readyz to be well again', () => readiness(bot, 200));
        await accepted(before + 20);
      }

      await load.end();
      await settled(() => bot.url);
      expect(await bot.stop()).toBe(0);
      const store = await openStore(options);
      const { problems } = await judge(store, { promises, directory: await directoryOf(CONFIG), clock });
      await store.close();
      expect(problems).toEqual([]);

      function accepted(count: number): Promise<true> {
        return eventually(
          `${count} accepted alerts`,
          async () => (promises.alerts.size >= count ? true : null),
          60_000,
        );
      }
    },
  );
});

async function readiness(bot: LivingBot, status: number): Promise<true | null> {
  const answer = await fetch(`${bot.url}/readyz`, { signal: AbortSignal.timeout(10_000) });
  return answer.status === status ? true : null;
}
