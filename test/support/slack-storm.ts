import { createApp } from '../../src/app.ts';
import type { App } from '../../src/app.ts';
import { loadConfig } from '../../src/config/load.ts';
import { showProblem } from '../../src/config/problem.ts';
import { testAlert } from '../../src/ingest/test-alert.ts';
import { SOURCE_TYPES } from '../../src/ingest/sources/registry.ts';
import { createLogger } from '../../src/lib/logger.ts';
import type { Store } from '../../src/store/db.ts';
import { incidentPages } from '../../src/store/reads.ts';
import { company } from './company.ts';
import { nextDue } from './next-due.ts';
import { startSlack } from './slack/emulator.ts';
import type { Slack } from './slack/emulator.ts';
import type { LoggedCall } from './slack/calls.ts';
import type { ShownChannel } from './slack/workspace.ts';

/** A room of the storm as it was in the end, and how long after the storm's beginning each thing was there. */
export interface StormRoom {
  readonly name: string;
  readonly openedMs: number;
  readonly cardMs: number | null;
  readonly topicMs: number | null;
  /** The last of the links over it. */
  readonly linksMs: number | null;
  readonly hasPinnedCard: boolean;
  /** User ids of those in it. */
  readonly members: readonly string[];
  /** What was said in it, in the order in which it stands there, as if each incident were that of place 1. */
  readonly said: readonly string[];
}

/** What became of a storm. */
export interface Storm {
  readonly incidents: number;
  /** For each page, how long after its alert the message that tells of it was there; null for one that was not sent. */
  readonly pageMs: readonly (number | null)[];
  readonly rooms: readonly StormRoom[];
  /** Calls that Slack refused for their rate. */
  readonly refused: number;
  /** Calls of each method. */
  readonly calls: Readonly<Record<string, number>>;
}

interface StormPlan {
  readonly incidents: number;
  /** For how long everything that follows is looked at. */
  readonly watchMs: number;
}

const MINUTE = 60_000;
/** Alerts come in so many bursts, spread over a minute. */
const BURSTS = 10;
const BEGIN = new Date('2026-03-02T03:00:00Z');

/**
 * Has incidents opened within a minute in a workspace with Slack's own limits, on a clock that jumps from one thing that is due to the
 * next, and tells what came of it. The store is closed with it.
 */
export async function playStorm(store: Store, { incidents, watchMs }: StormPlan): Promise<Storm> {
  const time = { now: BEGIN };
  const clock = { now: (): Date => time.now };
  const people = ['ana', 'ben', 'cleo'].map((name) => ({ name, email: `${name}@example.com` }));
  const slack = await startSlack({ people, clock });
  const app = await appOn(store, slack, clock);
  const pass = async (until: number): Promise<void> => {
    for (let next = await nextDue(store.db); next !== null; next = await nextDue(store.db)) {
      if (next.getTime() > until) break;
      if (next > time.now) time.now = next;
      await app.engine.settle();
    }
    time.now = new Date(until);
  };
  try {
    const alerted: number[] = [];
    for (let burst = 0; burst < BURSTS; burst += 1) {
      const count = Math.ceil((incidents - alerted.length) / (BURSTS - burst));
      const titles = Array.from({ length: count }, (_, i) => `Place ${alerted.length + i + 1} is down`);
      await app.engine.receive(
        titles.map((title) => ({
          ...testAlert(time.now, 'checkout'),
          title,
          key: title,
          labels: { place: title },
        })),
      );
      alerted.push(...titles.map(() => time.now.getTime()));
      await app.engine.settle();
      await pass(time.now.getTime() + MINUTE / BURSTS);
    }
    await pass(time.now.getTime() + watchMs);
    return await told(store, slack, alerted);
  } finally {
    await app.stop();
    await slack.stop();
  }
}

/** Without promises and with long steps: what happens is the storm and nothing else. */
async function appOn(store: Store, { tokens, apiUrl }: Slack, clock: { now: () => Date }): Promise<App> {
  const slack = {
    bot_token: tokens.bot,
    app_token: tokens.app,
    signing_secret: tokens.signingSecret,
    api_url: apiUrl,
    silence_alarm: false,
  };
  const policy = { steps: [{ targets: [{ schedule: 'primary' }], ack_within: '2h' }] };
  const yaml = company({
    policies: { main: policy },
    routes: [{ name: 'each by itself', group_by: ['service', 'place'] }],
    chat: { slack },
  });
  const loaded = loadConfig(yaml, { file: 'firebell.yaml', env: {}, sourceTypes: SOURCE_TYPES });
  if ('problems' in loaded) throw new Error(loaded.problems.map(showProblem).join('\n'));
  return createApp({
    config: loaded.config,
    readConfig: () => Promise.resolve(loaded),
    store,
    clock,
    logger: createLogger({ level: process.env['FIREBELL_LOG'] ?? 'silent' }),
    host: '127.0.0.1',
    port: 0,
    adminFolder: null,
    notesFolder: null,
    version: 'test',
  });
}

async function told(store: Store, slack: Slack, alerted: readonly number[]): Promise<Storm> {
  const pageMs: (number | null)[] = [];
  for (const [i, at] of alerted.entries())
    for (const { attempts } of await incidentPages(store.db, i + 1))
      for (const { outcome } of attempts)
        pageMs.push('messageId' in outcome ? sentAt(outcome.messageId) - at : null);
  const rooms = slack.workspace.channels.filter(({ name }) => name.startsWith('inc-'));
  return {
    incidents: alerted.length,
    pageMs,
    rooms: rooms.map((room) => roomOf(room, slack)),
    refused: slack.calls.all.filter(({ status }) => status === 429).length,
    calls: Object.fromEntries(
      [...Map.groupBy(slack.calls.all, ({ method }) => method)].map(([method, all]) => [method, all.length]),
    ),
  };
}

/** The message id is `room/ts`, and `ts` is the second in which Slack took it. */
function sentAt(messageId: string): number {
  return Math.round(Number(messageId.split('/')[1]) * 1_000);
}

function roomOf({ id, name, members }: ShownChannel, { calls, workspace }: Slack): StormRoom {
  const messages = workspace.messages(id);
  const after = (method: string, isIt: (call: LoggedCall) => boolean): number | null => {
    const last = calls.of(method).findLast((call) => call.answer['ok'] === true && isIt(call));
    return last === undefined ? null : last.at - BEGIN.getTime();
  };
  const card = messages.find(({ isPinned }) => isPinned);
  return {
    name,
    openedMs: after('conversations.create', ({ args }) => args['name'] === name) ?? 0,
    cardMs: card === undefined ? null : sentAt(`${id}/${card.ts}`) - BEGIN.getTime(),
    topicMs: after('conversations.setTopic', ({ args }) => args['channel'] === id),
    linksMs: after('bookmarks.add', ({ args }) => args['channel_id'] === id),
    hasPinnedCard: card !== undefined,
    members,
    said: messages
      .filter(({ isPinned }) => !isPinned)
      .map(({ text }) => text.replaceAll(/Place \d+/g, 'Place 1')),
  };
}
