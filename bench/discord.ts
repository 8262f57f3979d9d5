import { setTimeout as wait } from 'node:timers/promises';
import type { Bench, Figure } from './bench.ts';
import type { BareDiscordOrders } from './support/bare-discord.ts';
import type { Bot } from './support/bot.ts';
import { PEOPLE, peopleWith, SERVICES } from './support/company.ts';
import type { Sections } from './support/company.ts';
import type { DiscordOrders } from './support/discord-process.ts';
import { median, quantile } from './support/figures.ts';
import { newAlert, post } from './support/monitor.ts';
import { startWorker } from './support/orders.ts';
import type { Worker } from './support/orders.ts';
import type { Place, Places } from './support/place.ts';
import { sideBySide } from './support/side-by-side.ts';

const USED = { perSecond: 20, forMs: 5_000 };
const TIMES_BARE = 1.5;

const PAGES = 21;
/** Longer than everything that follows from an alert takes, so that the next one finds the bot idle. */
const PAUSE_MS = 350;
const AT_IDLE_MS = 80;
const TAKEN_OVER_WITHIN_S = 10;

/** Discord as home: how soon people are answered and paged, and how soon another process hears them. */
export const discord: Bench = {
  name: 'discord',
  about:
    'Discord: interaction -> first answer beside a bare discord.js; alert -> direct message; gateway taken over',
  run: async (places) => {
    const world = await open(places);
    try {
      return [...(await answering(world)), ...(await paging(world)), ...(await takeover(world))];
    } finally {
      await world.close();
    }
  },
};

interface World {
  readonly discord: Worker<DiscordOrders>;
  /** Which server has Firebell in it, and which the other bot. */
  readonly ours: number;
  readonly theirs: number;
  readonly bot: Bot;
  /** Another process on the same database. */
  readonly another: () => Promise<Bot>;
  readonly place: Place;
  readonly close: () => Promise<void>;
}

async function open(places: Places): Promise<World> {
  const [discord, bare] = await Promise.all([
    startWorker<DiscordOrders>('./discord-process.ts'),
    startWorker<BareDiscordOrders>('./bare-discord.ts'),
  ]);
  const ours = await discord.ask('open', { people: PEOPLE });
  const theirs = await discord.ask('open', { people: PEOPLE });
  await bare.ask('start', { token: theirs.token, apiUrl: theirs.apiUrl, guild: theirs.guild });
  await discord.ask('isHeard', { at: theirs.at });
  const place = await places.fresh('postgres');
  const { token, guild, application, apiUrl } = ours;
  const sections: Sections = {
    ...peopleWith((id) => ({ handles: { discord: ours.ids[id] } })),
    chat: { discord: { token, guild, application, api_url: apiUrl } },
  };
  const bots = [await place.start(sections)];
  await discord.ask('isHeard', { at: ours.at });
  const [bot] = bots;
  if (!bot) throw new Error('expected a bot');
  return {
    discord,
    ours: ours.at,
    theirs: theirs.at,
    bot,
    another: async () => {
      const started = await place.start(sections);
      bots.push(started);
      return started;
    },
    place,
    close: async () => {
      for (const one of bots) await one.end('SIGKILL');
      for (const worker of [discord, bare]) worker.end();
      await place.remove();
    },
  };
}

function answering({ discord, ours, theirs }: World): Promise<readonly Figure[]> {
  return sideBySide({
    what: `Discord: interaction -> first answer, ${USED.perSecond} a second`,
    other: { named: 'a bare discord.js', short: 'discord.js' },
    bound: { atMost: TIMES_BARE },
    ask: (bot) => discord.ask('uses', { at: bot === 'ours' ? ours : theirs, ...USED }),
  });
}

async function paging({ discord, ours, bot, place }: World): Promise<readonly Figure[]> {
  const took: number[] = [];
  // Everybody's first message is found out about only once.
  for (let n = 0; n < PEOPLE.length + PAGES; n += 1) {
    await wait(PAUSE_MS);
    const alert = newAlert(SERVICES[n % SERVICES.length] ?? '');
    const began = Date.now();
    await post({ url: bot.url, token: place.token }, alert);
    const at = await discord.ask('posted', { at: ours, text: alert.dedup_key });
    if (n >= PEOPLE.length) took.push(at - began);
  }
  const what = 'Discord, Postgres: alert posted -> its page posted as a direct message';
  return [
    { what: `${what}, median`, value: median(took), unit: 'ms', bound: { atMost: AT_IDLE_MS } },
    { what: `${what}, p95`, value: quantile(took, 0.95), unit: 'ms' },
  ];
}

async function takeover({ discord, ours, bot, another }: World): Promise<readonly Figure[]> {
  await another();
  await bot.end('SIGKILL');
  const { ms, twice } = await discord.ask('isHeardAgain', { at: ours });
  return [
    {
      what: 'Discord, Postgres: the process at the gateway killed -> another answers',
      value: ms / 1000,
      unit: 's',
      bound: { atMost: TAKEN_OVER_WITHIN_S },
    },
    { what: 'Discord: interactions answered twice', value: twice, unit: '', bound: { atMost: 0 } },
  ];
}
