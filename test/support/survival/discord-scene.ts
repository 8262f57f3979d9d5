import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { eq } from 'drizzle-orm';
import { onTestFinished } from 'vitest';
import { renderMessage } from '../../../src/chat/discord/render/message-body.ts';
import type { Message as Wanted } from '../../../src/chat/message.ts';
import type { Directory } from '../../../src/domain/directory.ts';
import { instanceFact } from '../../../src/store/instance.ts';
import { platformMessages, platformPosts, platformRooms } from '../../../src/store/schema/platforms.ts';
import { startDiscord } from '../discord/emulator.ts';
import type { Discord } from '../discord/emulator.ts';
import { wordsOf } from '../discord/people/seen.ts';
import type { Seen } from '../discord/people/seen.ts';
import type { Channel, Message } from '../discord/state/shapes.ts';
import { directoryOf } from './company.ts';
import type { FastClock } from './fast-clock.ts';
import { UNHURRIED } from './load.ts';
import type { Visitor } from './load.ts';
import type { Heard } from './promises.ts';
import type { HarmfulScene } from './soaking.ts';
import { discordHarm } from './discord-harm.ts';
import type { Look, SeenMessage } from './sight.ts';
import { writeConfig } from './write-config.ts';

const PEOPLE = ['ana', 'ben', 'cleo', 'dev', 'eve'];
/** Nobody waits longer for what follows a first answer: somebody else may yet do it. */
const WAIT_MS = 1_500;

/** People in a Discord of this machine, which stays when the bot dies. Ends with the test. */
export async function inDiscord(clock: FastClock): Promise<HarmfulScene> {
  const discord = await startDiscord({ clock, people: PEOPLE });
  onTestFinished(() => discord.stop());
  const config = writeConfig({
    chat: {
      discord: {
        token: discord.token(),
        guild: discord.guild.id,
        application: discord.application.id,
        api_url: discord.apiUrl,
      },
    },
    accounts: Object.fromEntries(PEOPLE.map((name) => [name, { discord: discord.guild.person(name).id }])),
  });
  const directory = await directoryOf(config);
  return {
    config,
    env: {},
    pace: UNHURRIED,
    visitor: (personId) => visitorAt(discord, personId),
    look: lookAt(discord, directory),
    harm: (chance) => discordHarm(discord, chance),
    heal: () => discord.faults.clear(),
    settled: () => Promise.resolve(),
  };
}

function visitorAt(discord: Discord, personId: string): Visitor {
  const { guild } = discord;
  const person = guild.person(personId);
  const rooms = () => guild.channels().filter((channel) => isReady(channel) && person.sees(channel));
  const roomOf = (incidentId: number) => rooms().find(({ name }) => incidentIn(name) === incidentId);
  return {
    openIncidents: () => Promise.resolve(rooms().flatMap(({ name }) => incidentIn(name) ?? [])),
    type: async (incidentId, text) => {
      const room = roomOf(incidentId);
      if (room === undefined || discord.commands().length === 0) return null;
      const options = { text: text.replace('/inc ', '') };
      return heard(await person.uses('/inc do', { channel: room.id, options, waitMs: WAIT_MS }));
    },
    declare: async (title) =>
      discord.commands().length === 0
        ? 'unknown'
        : heard(await person.uses('/inc new', { options: { title }, waitMs: WAIT_MS })),
    press: async () => {
      const page = person.directMessages().findLast((message) => buttonsOf(message).some(isSingle));
      const label = page && buttonsOf(page).find(isSingle);
      if (page === undefined || label === undefined) return null;
      const incidentId = Number(/#(\d+)/.exec(`${label} ${wordsOf(page)}`)?.[1]);
      return { incidentId, heard: heard(await person.clicks(page, label, WAIT_MS)) };
    },
  };
}

/** What Discord got an answer to was taken; what it got none to may have been taken all the same. */
function heard({ kind, text }: Seen): Heard {
  if (kind === 'did_not_respond') return 'unknown';
  return text.startsWith('✅ Done.') ? 'done' : 'taken';
}

function incidentIn(name: string): number | null {
  const found = /^(?:inc|drill)-(\d+)(?:-|$)/.exec(name)?.[1];
  return found === undefined ? null : Number(found);
}

/** Before its card is there a channel may not be known to be a room yet. */
function isReady({ messages }: Channel): boolean {
  return [...messages.values()].some(({ pinnedAt }) => pinnedAt !== null);
}

function buttonsOf({ components }: { readonly components?: unknown }): readonly string[] {
  return [...JSON.stringify(components ?? []).matchAll(/"label":"([^"]*)"/g)].map(([, label = '']) => label);
}

function isSingle(label: string): boolean {
  return /^Acknowledge(?: #\d+)?$/.test(label);
}

/** What stands in Discord. Its messages carry no key, but a nonce that is made of it. */
function lookAt({ world }: Discord, directory: Directory): Look {
  return async ({ db }) => {
    const known = await db.select().from(platformRooms).where(eq(platformRooms.platform, 'discord'));
    const posts = await db.select().from(platformPosts).where(eq(platformPosts.platform, 'discord'));
    const written = await db.select().from(platformMessages).where(eq(platformMessages.platform, 'discord'));
    const mark = await instanceFact(db, 'discord mark');
    const keys = new Map(
      posts.map(({ roomId, key, intendedAt }) => [
        nonceOf(`${mark} ${roomId} ${key} ${intendedAt.getTime()}`),
        key,
      ]),
    );
    const events = new Map(written.map(({ roomId, messageId, event }) => [`${roomId} ${messageId}`, event]));
    const own = [...world.channels.values()].flatMap(({ messages }) =>
      [...messages.values()].filter(
        // Discord's own news of a pin is in the name of whoever pinned.
        ({ authorId, interaction, type }) => authorId === world.bot.id && !interaction && type === 0,
      ),
    );
    const seen = (message: Message): SeenMessage => ({
      roomId: message.channelId,
      id: message.id,
      key: keys.get(String(message.nonce)) ?? null,
      at: message.createdAt,
      event: events.get(`${message.channelId} ${message.id}`) ?? null,
      text: wordsOf(message),
      isPinned: message.pinnedAt !== null,
      asks: /\d+ incidents? pages? you/.test(wordsOf(message)) || buttonsOf(message).includes('I can’t'),
      shows: (wanted) => looksLike(message, wanted, directory),
    });
    const rooms = known.flatMap(({ key, roomId }) => (roomId === null ? [] : [{ id: roomId, key }]));
    return {
      rooms,
      messages: own.map(seen),
      onItsWayMs: 60_000,
      problems: [
        ...[...world.channels.values()]
          .filter(({ id, name }) => incidentIn(name) !== null && !rooms.some((room) => room.id === id))
          .map(({ name }) => `nobody knows why there is a channel ${name}`),
        ...own
          .filter(({ nonce }) => !keys.has(String(nonce)) && !world.interactions.has(String(nonce)))
          .map((message) => `nobody knows why this was said: ${wordsOf(message)}`),
        ...[...world.interactions.values()]
          .filter(({ message, original, followUps }) => followUps.length + (original && !message ? 1 : 0) > 1)
          .map(({ commandName, followUps }) => `${commandName} was answered ${followUps.length + 1} times`),
      ],
    };
  };
}

function nonceOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 25);
}

/** Whom it notifies stands outside of the embed, and is gone after an edit. */
function looksLike({ embeds }: Message, wanted: Wanted, directory: Directory): boolean {
  const [embed] = renderMessage(wanted, { directory, roleOf: () => null, keep: () => '' }).body.embeds;
  const [there] = embeds;
  return (
    isDeepStrictEqual(there?.['title'] ?? '', embed?.title ?? '') &&
    isDeepStrictEqual(there?.['fields'] ?? [], embed?.fields ?? []) &&
    isDeepStrictEqual(outsideLists(there?.['description']), outsideLists(embed?.description))
  );
}

/** Which alerts a card names depends on which were told last, and that alone is no reason to draw it anew. */
function outsideLists(description: unknown): readonly string[] {
  return (typeof description === 'string' ? description : '')
    .split('\n')
    .filter((line) => !line.startsWith('- '));
}
