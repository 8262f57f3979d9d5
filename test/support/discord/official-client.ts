import { Client, Events, GatewayIntentBits, REST } from 'discord.js';

import type { Discord } from './emulator.ts';

const { Guilds, GuildMessages, MessageContent, DirectMessages, GuildMessageReactions } = GatewayIntentBits;

/** The intents of a bot that reads what is written. */
export const USUAL_INTENTS = [Guilds, GuildMessages, MessageContent, DirectMessages, GuildMessageReactions];

/** How a client is to be. */
export interface ClientOptions {
  readonly intents?: readonly GatewayIntentBits[];
  readonly retries?: number;
}

/** Discord's own client for Node, pointed at a Discord on this machine; it waits for no limit. */
export function officialClient(
  discord: Discord,
  { intents = USUAL_INTENTS, retries = 0 }: ClientOptions = {},
): Client {
  const client = new Client({
    intents: [...intents],
    enforceNonce: true,
    allowedMentions: { parse: [] },
    waitGuildTimeout: 1_000,
    rest: { api: discord.apiUrl, retries, timeout: 2_000, rejectOnRateLimit: () => true },
  });
  client.on(Events.Error, () => undefined);
  client.on(Events.ShardError, () => undefined);
  return client;
}

/** A client that has logged in and knows the guild. */
export async function loggedIn(discord: Discord, options: ClientOptions = {}): Promise<Client<true>> {
  const client = officialClient(discord, options);
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token());
  return ready;
}

/** Discord's own REST client, which tries nothing twice and waits for no limit. */
export function officialRest(discord: Discord): REST {
  const options = { api: discord.apiUrl, retries: 0, timeout: 1_000, rejectOnRateLimit: () => true };
  return new REST(options).setToken(discord.token());
}
