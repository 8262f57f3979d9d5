import { setTimeout as wait } from 'node:timers/promises';
import type { Bench, Figure } from './bench.ts';
import type { Bot } from './support/bot.ts';
import { SERVICES } from './support/company.ts';
import { median } from './support/figures.ts';
import { OPEN_INCIDENTS } from './support/history.ts';
import { newAlert, post } from './support/monitor.ts';
import { paged } from './support/paged.ts';
import type { Pager } from './support/paged.ts';
import { KINDS } from './support/place.ts';
import type { Place, Places } from './support/place.ts';

const FEW = 10;
const ROUNDS = 15;
const WARM_UP = 4;
const PAUSE_MS = 150;
const AT_MOST = 1.5;

/** What an alert costs when few incidents are open, and when many are. */
export const openIncidents: Bench = {
  name: 'open',
  about: `Cost per alert with ${FEW} and with ${OPEN_INCIDENTS} open incidents`,
  run: async (places) => {
    const figures: Figure[] = [];
    for (const kind of KINDS) figures.push(...(await compare(places, kind)));
    return figures;
  },
};

async function compare(places: Places, kind: Place['kind']): Promise<readonly Figure[]> {
  const few = await begin(await places.fresh(kind));
  const many = await begin(await places.busy(kind));
  const running = [few, many];
  try {
    await few.bot.settled();
    for (let n = 0; n < WARM_UP + ROUNDS; n += 1)
      for (const one of running) {
        await wait(PAUSE_MS);
        const ms = await costs(one);
        if (n >= WARM_UP) one.took.push(ms);
      }
    return figuresOf(few, many);
  } finally {
    for (const { bot, pager, place } of running) {
      pager.close();
      await bot.end();
      await place.remove();
    }
  }
}

interface Cost {
  readonly stored: number;
  readonly paged: number;
}

interface Running {
  readonly place: Place;
  readonly bot: Bot;
  readonly url: string;
  readonly token: string;
  readonly pager: Pager;
  readonly took: Cost[];
}

async function begin(place: Place): Promise<Running> {
  const bot = await place.start();
  const intake = { url: bot.url, token: place.token };
  return { place, bot, ...intake, pager: await paged(intake, FEW), took: [] };
}

/** An alert that joins an incident until it is stored, and one that opens an incident until its page is visible. */
async function costs(running: Running): Promise<Cost> {
  const began = performance.now();
  await post(running, newAlert(SERVICES[1] ?? '', 'joining'));
  const stored = performance.now() - began;
  await wait(PAUSE_MS);
  return { stored, paged: await running.pager.page() };
}

function figuresOf(few: Running, many: Running): readonly Figure[] {
  const of = (what: keyof Cost, { took }: Running) => median(took.map((cost) => cost[what]));
  const { name } = few.place;
  const compared = (what: keyof Cost, words: string): readonly Figure[] => [
    { what: `${name}: ${words}, ${FEW} open`, value: of(what, few), unit: 'ms' },
    { what: `${name}: ${words}, ${OPEN_INCIDENTS} open`, value: of(what, many), unit: 'ms' },
    {
      what: `${name}: ${words}, many / few`,
      value: of(what, many) / of(what, few),
      unit: 'x',
      bound: { atMost: AT_MOST },
    },
  ];
  return [...compared('stored', 'alert stored'), ...compared('paged', 'alert -> page visible')];
}
