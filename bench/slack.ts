import { setTimeout as wait } from 'node:timers/promises';
import type { Bench, Figure } from './bench.ts';
import type { BoltOrders } from './support/bare-bolt.ts';
import type { Bot } from './support/bot.ts';
import { PEOPLE, peopleWith, SERVICES } from './support/company.ts';
import { median, quantile } from './support/figures.ts';
import { newAlert, post } from './support/monitor.ts';
import { startWorker } from './support/orders.ts';
import type { Worker } from './support/orders.ts';
import { paced } from './support/paced.ts';
import type { Place, Places } from './support/place.ts';
import { sideBySide } from './support/side-by-side.ts';
import type { SlackOrders } from './support/slack-process.ts';

const TYPED = { perSecond: 50, forMs: 4_000, line: '/inc list' };
const TIMES_BOLT = 1.5;

const PAGES = 21;
/** Longer than everything that follows from an alert takes, so that the next one finds the bot idle. */
const PAUSE_MS = 350;
const AT_IDLE_MS = 80;

const STORM = { perSecond: 200, forMs: 17_000 };
/** So seldom that nobody is paged twice within the seconds in which pages are bundled. */
const PAGED_IN_STORM = { perSecond: 5.8, forMs: 12_000 };
const IN_STORM_MS = 1_000;
/** Who was paged last is not paged again, but told with others', for three seconds: so long nobody is paged before the storm. */
const REST_MS = 3_500;
/** Longer than the pages of the storm itself, and what is bundled with them, take. */
const STORM_BEGINS_MS = 4_500;

/** Slack as home: how soon people are answered and paged, beside a bot of Slack's own framework that does nothing else. */
export const slack: Bench = {
  name: 'slack',
  about:
    'Slack: command -> acknowledged beside a bare Bolt app; alert -> direct message, at idle and in a storm',
  run: async (places) => {
    const world = await open(places);
    try {
      return [...(await acknowledging(world)), ...(await paging(world)), ...(await inStorm(world))];
    } finally {
      await world.close();
    }
  },
};

interface World {
  readonly slack: Worker<SlackOrders>;
  /** Which workspace has Firebell in it, and which the other bot. */
  readonly ours: number;
  readonly theirs: number;
  readonly bot: Bot;
  readonly place: Place;
  readonly close: () => Promise<void>;
}

async function open(places: Places): Promise<World> {
  const [slack, bolt] = await Promise.all([
    startWorker<SlackOrders>('./slack-process.ts'),
    startWorker<BoltOrders>('./bare-bolt.ts'),
  ]);
  const ours = await slack.ask('open', { people: PEOPLE });
  const theirs = await slack.ask('open', { people: PEOPLE });
  const { apiUrl, tokens } = theirs;
  await bolt.ask('start', { apiUrl, token: tokens.bot, appToken: tokens.app });
  const place = await places.fresh('postgres');
  const bot = await place.start({
    ...peopleWith((id) => ({ email: `${id}@example.com` })),
    chat: { slack: { bot_token: ours.tokens.bot, app_token: ours.tokens.app, api_url: ours.apiUrl } },
  });
  await slack.ask('connected', { at: ours.at, count: 2 });
  return {
    slack,
    ours: ours.at,
    theirs: theirs.at,
    bot,
    place,
    close: async () => {
      await bot.end('SIGKILL');
      for (const worker of [slack, bolt]) worker.end();
      await place.remove();
    },
  };
}

function acknowledging({ slack, ours, theirs }: World): Promise<readonly Figure[]> {
  return sideBySide({
    what: `Slack: command acknowledged, ${TYPED.perSecond} a second`,
    other: { named: 'a bare Bolt app', short: 'Bolt' },
    bound: { atMost: TIMES_BOLT },
    ask: (bot) => slack.ask('types', { at: bot === 'ours' ? ours : theirs, ...TYPED }),
  });
}

async function paging(world: World): Promise<readonly Figure[]> {
  const took: number[] = [];
  // Everybody's first message is found out about only once.
  for (let n = 0; n < PEOPLE.length + PAGES; n += 1) {
    await wait(PAUSE_MS);
    const ms = await page(world, n);
    if (n >= PEOPLE.length) took.push(ms);
  }
  const what = 'Slack, Postgres: alert posted -> chat.postMessage of its page';
  return [
    { what: `${what}, median`, value: median(took), unit: 'ms', bound: { atMost: AT_IDLE_MS } },
    { what: `${what}, p95`, value: quantile(took, 0.95), unit: 'ms' },
  ];
}

/** Each page is the next one's turn. How many ms after the alert was posted its message reached Slack. */
async function page({ slack, ours, bot, place }: World, n: number): Promise<number> {
  const alert = newAlert(SERVICES[n % SERVICES.length] ?? '');
  const began = Date.now();
  await post({ url: bot.url, token: place.token }, alert);
  return (await slack.ask('posted', { at: ours, text: alert.dedup_key })) - began;
}

async function inStorm(world: World): Promise<readonly Figure[]> {
  const { slack, ours, bot, place } = world;
  await wait(REST_MS);
  await slack.ask('refusesChanges', { at: ours });
  const intake = { url: bot.url, token: place.token };
  const storm = paced(STORM, (n) => post(intake, newAlert(SERVICES[n % SERVICES.length] ?? '', 'storm')));
  const [took] = await Promise.all([
    wait(STORM_BEGINS_MS).then(() => paced(PAGED_IN_STORM, (n) => page(world, n))),
    storm,
  ]);
  const what = `Slack, Postgres: the same while ${STORM.perSecond} alerts a second arrive and no message may be changed`;
  return [
    { what: `${what}, p99`, value: quantile(took, 0.99), unit: 'ms', bound: { atMost: IN_STORM_MS } },
    { what: `${what}, median`, value: median(took), unit: 'ms' },
  ];
}
