import { setTimeout as pass } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { freshFolder } from '../support/database.ts';
import { CONFIG, directoryOf, tokenFor } from '../support/survival/company.ts';
import { startClock } from '../support/survival/fast-clock.ts';
import type { FastClock } from '../support/survival/fast-clock.ts';
import { eventually, liveBot } from '../support/survival/living-bot.ts';
import type { LivingBot } from '../support/survival/living-bot.ts';
import { noPromises } from '../support/survival/promises.ts';
import { readRemains } from '../support/survival/remains.ts';
import type { Remains } from '../support/survival/remains.ts';
import { settled } from '../support/survival/rest.ts';
import { judge } from '../support/survival/verdict.ts';

const HOUR = 3_600_000;
const MORNING = new Date('2026-08-03T12:00:00Z');

describe('a clock that jumps', () => {
  it(
    'forward by hours takes the step that is due, once, and not all that would have been',
    { timeout: 120_000 },
    async () => {
      const { bot, clock, remains } = await pagedAt(MORNING);
      clock.jump(5 * HOUR);
      bot.tellClock();
      await stepsOnTimeline(bot, 2);
      const { problems, steps } = await remains();
      expect(problems).toEqual([]);
      expect(steps).toEqual([0, 1]);
    },
  );

  it(
    'back by hours neither spins nor takes a step again, and goes on when it is put right',
    { timeout: 120_000 },
    async () => {
      const { bot, clock, remains } = await pagedAt(MORNING);
      clock.jump(-3 * HOUR);
      bot.tellClock();
      const before = await cpuOf(bot);
      await pass(3_000);
      expect((await cpuOf(bot)) - before).toBeLessThan(1.5);
      await stepsOnTimeline(bot, 1);
      expect((await bot.post({ title: 'Another one', dedup_key: 'k2', service: 'search' })).status).toBe(200);
      await eventually('the second page', async () =>
        (await bot.browser('ana').openIncidents()).length === 2 ? true : null,
      );

      clock.jump(3 * HOUR + 61_000);
      bot.tellClock();
      await stepsOnTimeline(bot, 2);
      const { problems, steps } = await remains();
      expect(problems).toEqual([]);
      expect(steps.slice(0, 2)).toEqual([0, 1]);
    },
  );

  it(
    'over an outage folds the pages that nobody got into one summary per person',
    { timeout: 120_000 },
    async () => {
      const dataDir = await freshFolder();
      const clock = startClock(MORNING, 1);
      const token = await tokenFor({ dataDir }, 'generic', clock);
      const first = await liveBot(
        clock,
        { DATA_DIR: dataDir, CONFIG, FIREBELL_FAULT: 'outbox.leased' },
        token,
      );
      const posted = await first.post(
        ['a', 'b', 'c'].map((place) => ({ title: `Down at ${place}`, dedup_key: place, labels: { place } })),
      );
      expect(await first.gone).toBe('SIGKILL');
      clock.jump(2 * HOUR);

      const bot = await liveBot(clock, { DATA_DIR: dataDir, CONFIG }, token);
      // The first bot may have died with the answer on its lips, so the monitor asks again.
      if (posted.status !== 200)
        expect((await bot.post({ title: 'Down at a', dedup_key: 'a', labels: { place: 'a' } })).status).toBe(
          200,
        );
      await settled(() => bot.url);
      await stop(bot);
      const { pages, messages } = await read(dataDir);
      const stale = pages.filter(({ endWhy }) => endWhy === 'stale');
      const missed = new Set(stale.map(({ personId }) => personId));
      const summaries = messages.filter(({ text }) => text.startsWith('Firebell was down'));
      expect(stale.length).toBeGreaterThanOrEqual(3);
      expect(stale.every(({ foldedAt }) => foldedAt !== null)).toBe(true);
      expect(summaries).toHaveLength(missed.size);
    },
  );
});

/** An incident whose first step has been paged, at an instant. */
async function pagedAt(from: Date) {
  const dataDir = await freshFolder();
  const clock = startClock(from, 1);
  const token = await tokenFor({ dataDir }, 'generic', clock);
  const bot = await liveBot(clock, { DATA_DIR: dataDir, CONFIG }, token);
  expect((await bot.post({ title: 'Checkout fails', dedup_key: 'k1', service: 'checkout' })).status).toBe(
    200,
  );
  await stepsOnTimeline(bot, 1);
  return { bot, clock, remains: () => remainsOf(bot, dataDir, clock) };
}

/** Waits for the first incident to have paged so many steps, and sees that it stays so. */
async function stepsOnTimeline(bot: LivingBot, count: number): Promise<void> {
  const browser = bot.browser('ana');
  const steps = async (): Promise<number> => {
    await browser.openIncidents();
    const page = await browser.get('/incidents/1/pages');
    return new Set(
      [...(page?.text ?? '').matchAll(/page <code>1\/1\/(\d+)<\/code>/g)].map((match) =>
        pagesOfStep(Number(match[1])),
      ),
    ).size;
  };
  await eventually(`${count} steps`, async () => ((await steps()) === count ? true : null));
  await pass(1_500);
  expect(await steps()).toBe(count);
}

/** The first step pages one person, the second two. */
function pagesOfStep(page: number): number {
  return page === 1 ? 0 : Math.ceil((page - 1) / 2);
}

async function cpuOf(bot: LivingBot): Promise<number> {
  const metrics = await (await fetch(`${bot.url}/metrics`)).text();
  return Number(/^firebell_process_cpu_seconds_total (\S+)/m.exec(metrics)?.[1]);
}

async function remainsOf(bot: LivingBot, dataDir: string, clock: FastClock) {
  await settled(() => bot.url);
  await stop(bot);
  const store = await openStore({ dataDir });
  const { problems } = await judge(store, {
    promises: noPromises(),
    directory: await directoryOf(CONFIG),
    clock,
  });
  const { events } = await readRemains(store);
  await store.close();
  const steps = events.flatMap(({ event, incidentId }) =>
    incidentId === 1 && event.type === 'escalation.step_reached' && event.position.at === 'step'
      ? [event.position.step]
      : [],
  );
  return { problems, steps };
}

async function stop(bot: LivingBot): Promise<void> {
  expect(await bot.stop()).toBe(0);
}

async function read(dataDir: string): Promise<Remains> {
  const store = await openStore({ dataDir });
  const remains = await readRemains(store);
  await store.close();
  return remains;
}
