import { describe, expect, it } from 'vitest';
import { inDiscord } from '../support/survival/discord-scene.ts';
import { startClock } from '../support/survival/fast-clock.ts';
import type { FastClock } from '../support/survival/fast-clock.ts';
import { inSlack } from '../support/survival/slack-scene.ts';
import { soak } from '../support/survival/soaking.ts';
import type { HarmfulScene } from '../support/survival/soaking.ts';

/** `FIREBELL_SOAK_MINUTES=10 npm run soak`: it takes its time, so it runs when it is asked for. */
const MINUTES = Number(process.env['FIREBELL_SOAK_MINUTES'] ?? 0);
const LONGEST_MS = (MINUTES + 10) * 60_000;
/** Flat is what grew by less than this after the warm-up, in MB, whatever the length. */
const FLAT = { heap: 20, rss: 80 } as const;

const SCENES: readonly (readonly [name: string, begin: (clock: FastClock) => Promise<HarmfulScene>])[] = [
  ['Slack', inSlack],
  ['Discord', inDiscord],
];

describe.for(SCENES)('a bot whose %s fails again and again', ([name, begin]) => {
  it.skipIf(MINUTES === 0)(
    `in ${name} rejects nothing unhandled, loses nothing that it took, and stays as large as it was`,
    { timeout: LONGEST_MS },
    async () => {
      const clock = startClock(new Date(), 1);
      const soaked = await soak(await begin(clock), clock, MINUTES);
      process.stdout.write(tableOf(name, soaked));
      expect(soaked.unhandled).toEqual([]);
      expect(soaked.problems).toEqual([]);
      expect(soaked.end).toBe(0);
      expect(soaked.heap.last - soaked.heap.first).toBeLessThan(FLAT.heap);
      expect(soaked.rss.last - soaked.rss.first).toBeLessThan(FLAT.rss);
    },
  );
});

function tableOf(name: string, { figures, unhandled, doubled, rss, heap }: Awaited<ReturnType<typeof soak>>) {
  const memory = (what: typeof rss): string =>
    `${what.thirds.map((least) => least.toFixed(0)).join(' / ')} MB at least in each third; warm ${what.first.toFixed(0)} -> ${what.last.toFixed(0)} MB`;
  const rows = {
    platform: name,
    ...figures,
    'unhandled rejections': unhandled.length,
    'pages sent twice': doubled,
    heap: memory(heap),
    rss: memory(rss),
  };
  return `${Object.entries(rows)
    .map(([what, value]) => `  ${what.padEnd(24)}${value}\n`)
    .join('')}`;
}
