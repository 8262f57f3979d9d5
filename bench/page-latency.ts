import { setTimeout as wait } from 'node:timers/promises';
import type { Bench, Figure } from './bench.ts';
import type { Bot } from './support/bot.ts';
import { median, quantile } from './support/figures.ts';
import { paged } from './support/paged.ts';
import type { Pager } from './support/paged.ts';
import { KINDS } from './support/place.ts';
import type { Place, Places } from './support/place.ts';

const ROUNDS = 21;
const WARM_UP = 4;
/** Longer than everything that follows from an alert takes, so that the next one finds the bot idle. */
const PAUSE_MS = 350;
/** So many that nobody is paged twice within the seconds in which pages are bundled. */
const PEOPLE_IN_TURN = 12;
const AT_MOST = { postgres: 60, pglite: 120 } as const;

/** From the monitor's post to the words of the page in the responder's open browser. */
export const pageLatency: Bench = {
  name: 'page',
  about: 'Alert POSTed -> page visible to the responder, at idle',
  run: async (places) => {
    const benches = await Promise.all(KINDS.map((kind) => begin(places, kind)));
    try {
      // In turns, so that what else the machine does hits both alike.
      for (let n = 0; n < WARM_UP + ROUNDS; n += 1)
        for (const { pager, took } of benches) {
          await wait(PAUSE_MS);
          const ms = await pager.page();
          if (n >= WARM_UP) took.push(ms);
        }
      return benches.flatMap(figuresOf);
    } finally {
      for (const { bot, place, pager } of benches) {
        pager.close();
        await bot.end();
        await place.remove();
      }
    }
  },
};

interface Running {
  readonly place: Place;
  readonly bot: Bot;
  readonly pager: Pager;
  readonly took: number[];
}

async function begin(places: Places, kind: Place['kind']): Promise<Running> {
  const place = await places.fresh(kind);
  const bot = await place.start();
  return { place, bot, pager: await paged({ url: bot.url, token: place.token }, PEOPLE_IN_TURN), took: [] };
}

function figuresOf({ place, took }: Running): readonly Figure[] {
  const what = `${place.name}: alert posted -> page visible`;
  return [
    { what: `${what}, median`, value: median(took), unit: 'ms', bound: { atMost: AT_MOST[place.kind] } },
    { what: `${what}, p95`, value: quantile(took, 0.95), unit: 'ms' },
  ];
}
