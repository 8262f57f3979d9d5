import { onTestFinished } from 'vitest';
import { eq } from 'drizzle-orm';
import { renderMessage } from '../../../src/chat/slack/render/message.ts';
import type { Directory } from '../../../src/domain/directory.ts';
import { platformMessages, platformRooms } from '../../../src/store/schema/platforms.ts';
import { startSlack } from '../slack/emulator.ts';
import type { Slack } from '../slack/emulator.ts';
import type { Seen } from '../slack/people/person.ts';
import type { Shown } from '../slack/people/shown.ts';
import { directoryOf } from './company.ts';
import type { FastClock } from './fast-clock.ts';
import { UNHURRIED } from './load.ts';
import type { Visitor } from './load.ts';
import type { Heard } from './promises.ts';
import type { HarmfulScene } from './soaking.ts';
import { slackHarm } from './slack-harm.ts';
import type { Look, SeenMessage } from './sight.ts';
import { unlessWell } from './patience.ts';
import { writeConfig } from './write-config.ts';

const PEOPLE = ['ana', 'ben', 'cleo', 'dev', 'eve'];

/** People in a Slack of this machine, which stays when the bot dies. Ends with the test. */
export async function inSlack(clock: FastClock): Promise<HarmfulScene> {
  const slack = await startSlack({ clock, people: PEOPLE.map((name) => ({ name })) });
  const ticking = setInterval(() => slack.catchUp(), 20);
  onTestFinished(async () => {
    clearInterval(ticking);
    await slack.stop();
  });
  const config = writeConfig({
    chat: {
      slack: {
        bot_token: slack.tokens.bot,
        app_token: slack.tokens.app,
        api_url: slack.apiUrl,
      },
    },
    accounts: Object.fromEntries(PEOPLE.map((name) => [name, { slack: slack.workspace.person(name).id }])),
  });
  const directory = await directoryOf(config);
  return {
    config,
    env: {},
    pace: UNHURRIED,
    visitor: (personId) => visitorAt(slack, personId),
    look: lookAt(slack, directory),
    harm: (chance) => slackHarm(slack, chance),
    heal: () => slack.faults.clear(),
    settled: async (url) => {
      await slack.settled();
      await nothingInHand(url);
    },
  };
}

function visitorAt(slack: Slack, personId: string): Visitor {
  const { workspace, bot } = slack;
  const person = workspace.person(personId);
  const rooms = () =>
    workspace.channels.filter(({ creator, archived }) => creator === bot.userId && !archived);
  // Before its card is there a channel may not be known to be a room yet.
  const isReady = ({ id }: { readonly id: string }) =>
    workspace.messages(id).some((message) => keyOf(message)?.startsWith('card:'));
  const roomOf = (incidentId: number) =>
    rooms().find((room) => incidentIn(room.name) === incidentId && isReady(room));
  return {
    openIncidents: () =>
      Promise.resolve(
        rooms()
          .filter(({ topic }) => !/ · (resolved|cancelled|closed)$/.test(topic))
          .flatMap(({ name }) => incidentIn(name) ?? []),
      ),
    type: async (incidentId, text) => {
      const room = roomOf(incidentId);
      return room === undefined ? null : heard(await person.types(text, { channel: room.id }));
    },
    declare: async (title) => heard(await person.types(`/inc new ${title}`, { channel: '#general' })),
    press: async () => {
      const page = person.directMessages.findLast(asks);
      const button = page?.buttons.find((words) => SINGLE.test(words));
      if (page === undefined || button === undefined) return null;
      const incidentId = Number(/#(\d+)/.exec(button)?.[1] ?? /^\d+/.exec(keyOf(page) ?? '')?.[0]);
      return { incidentId, heard: heard(await person.clicks(page, button)) };
    },
  };
}

/** What was not acknowledged may have been taken all the same: the bot may have died before it could say so. */
function heard({ error }: Pick<Seen, 'error'>): Heard {
  return error === null ? 'taken' : 'unknown';
}

function incidentIn(name: string): number | null {
  const found = /^(?:inc|drill)-(\d+)(?:-|$)/.exec(name)?.[1];
  return found === undefined ? null : Number(found);
}

/** Acknowledges one incident: that of the message, or one of several. */
const SINGLE = /^Acknowledge(?: #\d+)?$/;

function asks({ text }: Shown): boolean {
  return /Please acknowledge\.$|^\d+ incidents? pages? you/.test(text);
}

function keyOf(message: Shown | undefined): string | null {
  const key = message?.metadata?.event_payload['op'];
  return typeof key === 'string' ? key : null;
}

/** What stands in Slack, with what the transcript knows of it beside. */
function lookAt(slack: Slack, directory: Directory): Look {
  const { workspace, bot } = slack;
  return async ({ db }) => {
    const known = await db.select().from(platformRooms).where(eq(platformRooms.platform, 'slack'));
    const written = await db.select().from(platformMessages).where(eq(platformMessages.platform, 'slack'));
    const events = new Map(written.map(({ roomId, messageId, event }) => [`${roomId} ${messageId}`, event]));
    const seen = (message: Shown): SeenMessage => ({
      roomId: message.channel,
      id: message.ts,
      key: keyOf(message),
      at: new Date(Number(message.ts) * 1_000),
      event: events.get(`${message.channel} ${message.ts}`) ?? null,
      text: message.text,
      isPinned: message.isPinned,
      asks: asks(message),
      shows: (wanted) =>
        message.text ===
        renderMessage(wanted, { directory, mentions: new Map(), groups: new Map(), publicUrl: null }).text,
    });
    const said = [
      ...workspace.channels.flatMap(({ id }) => workspace.messages(id)),
      ...PEOPLE.flatMap((name) => workspace.person(name).directMessages),
    ];
    const rooms = known.flatMap(({ key, roomId }) => (roomId === null ? [] : [{ id: roomId, key }]));
    return {
      rooms,
      messages: said.filter(({ author }) => author === bot.userId).map(seen),
      onItsWayMs: 60_000,
      problems: workspace.channels
        .filter(({ id, creator }) => creator === bot.userId && !rooms.some((room) => room.id === id))
        .map(({ name }) => `nobody knows why there is a channel #${name}`),
    };
  };
}

const LONGEST_MS = 60_000;

/** Waits until a bot says that it has nothing in hand of what people did. */
async function nothingInHand(url: () => string | null): Promise<void> {
  const ready = await unlessWell(
    () => fetch(`${url()}/readyz`).then((response) => response.text(), String),
    (said) => said.includes('0 inbound in hand'),
    { everyMs: 100, withinMs: LONGEST_MS },
  );
  if (ready !== null)
    throw new Error(`expected nothing to be left in hand within ${LONGEST_MS / 1_000} s, found ${ready}`);
}
