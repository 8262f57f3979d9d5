import { onTestFinished, vi } from 'vitest';
import { createApp } from '../../src/app.ts';
import type { App } from '../../src/app.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/config/config.ts';
import { testAlert } from '../../src/ingest/test-alert.ts';
import { SOURCE_TYPES } from '../../src/ingest/sources/registry.ts';
import { SYSTEM_CLOCK } from '../../src/lib/clock.ts';
import { createLogger } from '../../src/lib/logger.ts';
import type { Incident } from '../../src/domain/incident/incident.ts';
import type { Store } from '../../src/store/db.ts';
import { openStore } from '../../src/store/open-store.ts';
import { findIncident, incidentPages, listIncidents } from '../../src/store/reads.ts';
import { company, peopleWith } from './company.ts';
import type { Sections } from './company.ts';
import { freshFolder } from './database.ts';
import { startDiscord } from './discord/emulator.ts';
import type { Discord, DiscordOptions } from './discord/emulator.ts';

/** How a bot on Discord is set up; everything has a usual value. */
export interface DiscordBotOptions {
  readonly discord?: DiscordOptions;
  /** Sections of firebell.yaml. */
  readonly sections?: Sections;
  /** More of `chat.discord`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** People whose accounts the configuration names; Ana, Ben and Cleo unless said. */
  readonly linked?: readonly string[];
  /** The configuration names the key with which Discord signs. */
  readonly hasPublicKey?: boolean;
  /** A store of the test's own, which it closes. */
  readonly store?: Store;
}

/** The whole bot, at a Discord on this machine, in the machine's own time. */
export interface DiscordBot {
  readonly discord: Discord;
  readonly app: App;
  /** Where its web server listens. */
  readonly url: string;
  readonly store: Store;
  /** A monitor tells of an alert; answers with the number of its incident once it is open. */
  readonly alert: () => Promise<number>;
  readonly incident: (id: number) => Promise<Incident>;
  /** Id of the incident's room, once it is there. */
  readonly room: (id: number) => Promise<string>;
  /** How the pages of an incident ended: `ana dm sent > acknowledged`. */
  readonly pages: (id: number) => Promise<readonly string[]>;
  /** Another process on the same database. */
  readonly neighbour: () => Promise<App>;
  readonly health: () => Promise<string>;
}

/** Waits until it holds; as long as a slow machine needs. */
export function until<T>(holds: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(holds, { timeout: 15_000, interval: 20 });
}

/** Starts a Discord and a bot on it, both ended with the test. */
export async function startDiscordBot(options: DiscordBotOptions = {}): Promise<DiscordBot> {
  const discord = await startDiscord({ people: ['ana', 'ben', 'cleo', 'guest'], ...options.discord });
  onTestFinished(() => discord.stop());
  const store = options.store ?? (await openStore({ dataDir: await freshFolder() }));
  const config = configFor(discord, options);
  const app = await appOn(store, config);
  onTestFinished(() => app.stop());
  const url = await app.start();
  await until(async () => {
    const { ok, detail } = await healthOf(app);
    if (!ok) throw new Error(detail);
  });
  return {
    discord,
    app,
    url,
    store,
    alert: async () => {
      await app.engine.receive([testAlert(new Date(), 'checkout')]);
      return until(async () => {
        const [newest] = await listIncidents(store.db, { state: 'open', limit: 1 });
        if (!newest) throw new Error('no incident was opened yet');
        return newest.id;
      });
    },
    incident: (id) => known(store, id),
    room: (id) =>
      until(async () => {
        const { room } = await known(store, id);
        if (room === null) throw new Error(`#${id} has no room yet`);
        return room.roomId;
      }),
    pages: async (id) =>
      (await incidentPages(store.db, id)).map(
        ({ personId, attempts, end }) =>
          `${personId} ${attempts.map(({ channel, outcome }) => `${channel} ${outcome.state}`).join(', ')} > ${end?.why ?? 'waiting'}`,
      ),
    neighbour: async () => {
      const other = await appOn({ ...store, close: () => Promise.resolve() }, config);
      onTestFinished(() => other.stop());
      await other.start();
      return other;
    },
    health: async () => (await healthOf(app)).detail,
  };
}

async function known(store: Store, id: number): Promise<Incident> {
  const incident = await findIncident(store.db, id);
  if (!incident) throw new Error(`there is no incident #${id}`);
  return incident;
}

async function healthOf(app: App): Promise<{ readonly ok: boolean; readonly detail: string }> {
  const response = await app.fetch(new Request('http://localhost:8080/readyz'));
  const text = await response.text();
  const { told } = JSON.parse(text) as { told: Readonly<Record<string, { ok: boolean; detail: string }>> };
  const chat = told['chat discord'];
  if (chat === undefined) throw new Error(`expected Discord in ${text}`);
  return chat;
}

/** What the configuration says of this Discord. */
export function configFor(
  discord: Discord,
  { sections = {}, settings = {}, linked, hasPublicKey = false }: DiscordBotOptions,
): Config {
  const people = linked ?? ['ana', 'ben', 'cleo'];
  const handles = Object.fromEntries(
    people.map((name) => [name, { handles: { discord: discord.guild.person(name).id } }]),
  );
  const chat = {
    discord: {
      token: discord.token(),
      guild: discord.guild.id,
      application: discord.application.id,
      api_url: discord.apiUrl,
      ...(hasPublicKey && { public_key: discord.application.publicKey }),
      ...settings,
    },
  };
  const loaded = loadConfig(company({ ...peopleWith(handles), chat, ...sections }), {
    env: {},
    file: 'firebell.yaml',
    sourceTypes: SOURCE_TYPES,
  });
  if ('problems' in loaded) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
  return loaded.config;
}

function appOn(store: Store, config: Config): Promise<App> {
  return createApp({
    config,
    readConfig: () => Promise.resolve({ config, problems: [] }),
    store,
    clock: SYSTEM_CLOCK,
    logger: createLogger({ level: process.env['LOG_LEVEL'] ?? 'silent' }),
    host: '127.0.0.1',
    port: 0,
    adminFolder: null,
    notesFolder: null,
    version: 'test',
  });
}
