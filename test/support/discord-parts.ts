import { onTestFinished } from 'vitest';
import { createApis } from '../../src/chat/discord/api.ts';
import { createGuild } from '../../src/chat/discord/guild.ts';
import { createKeptValues } from '../../src/chat/discord/kept-values.ts';
import { fillRoom } from '../../src/chat/discord/ledger/fill.ts';
import type { DiscordParts } from '../../src/chat/discord/parts.ts';
import { createDiscordPlatform } from '../../src/chat/discord/platform.ts';
import type { ChatPlatform } from '../../src/chat/platform.ts';
import type { ChatReads } from '../../src/chat/reads.ts';
import type { DiscordConfig } from '../../src/config/config.ts';
import type { Directory, Person } from '../../src/domain/directory.ts';
import { createLogger } from '../../src/lib/logger.ts';
import { readFunctions } from '../../src/store/read-functions.ts';
import { freshStore } from './database.ts';
import { aDirectory, aPerson } from './directory.ts';
import { startDiscord } from './discord/emulator.ts';
import type { Discord } from './discord/emulator.ts';

/** The parts of Discord's adapter over a Discord and a database of their own. */
export interface DiscordPartsWorld {
  readonly parts: DiscordParts;
  readonly platform: ChatPlatform;
  readonly discord: Discord;
  /** Somebody of the directory, with an account. */
  readonly person: (id: string) => Person;
  /** Lets so much time pass, for Firebell and for Discord. */
  readonly passes: (ms: number) => void;
}

const PEOPLE = ['ana', 'ben', 'cleo', 'dev', 'zoe'];

/** Everybody of `aDirectory` has an account by their id. The time stands still until it is moved. Ends with the test. */
export async function discordParts(settings: Partial<DiscordConfig> = {}): Promise<DiscordPartsWorld> {
  let now = new Date('2026-11-22T01:00:00Z');
  const clock = { now: () => now };
  const discord = await startDiscord({ people: PEOPLE, clock, hasRateLimits: false });
  onTestFinished(() => discord.stop());
  const store = await freshStore('pglite');
  const directory = withAccounts(aDirectory(), discord);
  const logger = createLogger({ level: 'silent' });
  const reads: ChatReads = {
    ...readFunctions(store.db),
    listIncidents: () => Promise.resolve([]),
    pagesOf: () => Promise.resolve([]),
  };
  const unused = (): never => {
    throw new Error('expected nobody to say a command here');
  };
  const parts: DiscordParts = {
    settings: { ...settingsOf(discord), ...settings },
    apis: createApis({ token: discord.token(), apiUrl: discord.apiUrl, logger }),
    values: createKeptValues(store.db, clock),
    mark: () => Promise.resolve('0badcafe'),
    deps: {
      db: store.db,
      clock,
      logger,
      directory: () => directory,
      front: unused,
      door: { say: unused },
      reads,
      publicUrl: () => 'https://firebell.example.com',
      fileLimits: () => ({ each: 10_000, room: 20_000 }),
      processId: 'test',
      notesFolder: null,
    },
  };
  return {
    parts,
    discord,
    platform: createDiscordPlatform({
      ...parts,
      guild: createGuild(parts),
      catchUp: async (roomId) =>
        void (await fillRoom(roomId, { ...parts, marked: () => undefined }, { back: 'all' })),
      health: () => Promise.resolve({ ok: true, detail: 'not connected' }),
    }),
    person: (id) => directory.people.get(id) ?? aPerson(id),
    passes: (ms) => {
      now = new Date(now.getTime() + ms);
    },
  };
}

function settingsOf(discord: Discord): DiscordConfig {
  return {
    token: discord.token(),
    guild: discord.guild.id,
    application: discord.application.id,
    publicKey: null,
    mode: 'gateway',
    category: 'Incidents',
    archive: 'Incident archive',
    forum: null,
    voice: [],
    onCallRoles: [],
    privateRoles: [],
    apiUrl: discord.apiUrl,
  };
}

function withAccounts(directory: Directory, { guild }: Discord): Directory {
  const people = [...directory.people].map(
    ([id, person]) => [id, { ...person, handles: { discord: guild.person(id).id } }] as const,
  );
  return { ...directory, people: new Map(people) };
}
