import { Events } from 'discord.js';
import type { Client } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';

import { startDiscord } from '../emulator.ts';
import type { Discord } from '../emulator.ts';
import { loggedIn } from '../official-client.ts';

let discord: Discord;

beforeEach(async () => {
  discord = await startDiscord({ heartbeatMs: 100 });
});

afterEach(() => discord.stop());

const Payload = z.object({
  op: z.number(),
  d: z.unknown(),
  t: z.string().nullable(),
  s: z.number().nullable(),
});
type Payload = z.infer<typeof Payload>;

/** A client that says word for word what a test wants. */
interface Wire {
  readonly says: (op: number, d: unknown) => void;
  readonly hears: (isIt: (payload: Payload) => boolean) => Promise<Payload>;
  readonly heard: readonly Payload[];
  readonly closed: Promise<number>;
  readonly leaves: () => void;
}

function connect(): Wire {
  const socket = new WebSocket(`${discord.url.replace('http', 'ws')}/?v=10&encoding=json`);
  const heard: Payload[] = [];
  const watchers = new Set<() => void>();
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  socket.on('message', (data: Buffer) => {
    heard.push(Payload.parse(JSON.parse(data.toString('utf8'))));
    for (const watcher of watchers) watcher();
  });
  return {
    says: (op, d) => socket.send(JSON.stringify({ op, d })),
    hears: (isIt) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = heard.find(isIt);
          if (found !== undefined) resolve(found);
        };
        watchers.add(look);
        look();
      }),
    heard,
    closed,
    leaves: () => socket.terminate(),
  };
}

const GUILDS = 1 << 0;
const GUILD_MESSAGES = 1 << 9;
const MESSAGE_CONTENT = 1 << 15;

async function identified(intents: number): Promise<Wire> {
  const wire = connect();
  await wire.hears(({ op }) => op === 10);
  wire.says(2, { token: discord.token(), intents, properties: {} });
  await wire.hears(({ t }) => t === 'READY');
  return wire;
}

describe('a session of the gateway', () => {
  it('starts with hello, READY and the guild, and every heartbeat is answered', async () => {
    const wire = await identified(GUILDS);

    const guild = await wire.hears(({ t }) => t === 'GUILD_CREATE');
    wire.says(1, guild.s);
    await wire.hears(({ op }) => op === 11);

    expect(wire.heard[0]).toMatchObject({ op: 10, d: { heartbeat_interval: 100 } });
    expect(guild.d).toMatchObject({ id: discord.guild.id, name: 'Example Shop' });
    wire.leaves();
  });

  it.each([
    ['a wrong token', { token: 'stolen', intents: 1, properties: {} }, 4004],
    ['bits that are no intents', { token: 'discord-bot-token', intents: 1 << 30, properties: {} }, 4013],
    [
      'an intent that the portal has off',
      { token: 'discord-bot-token', intents: 1 << 8, properties: {} },
      4014,
    ],
    ['no token at all', { intents: 1 }, 4002],
  ])('closes on %s', async (_, said, code) => {
    const wire = connect();
    await wire.hears(({ op }) => op === 10);

    wire.says(2, said);

    expect(await wire.closed).toBe(code);
  });

  it('closes on a client that says something before it says who it is', async () => {
    const wire = connect();
    await wire.hears(({ op }) => op === 10);

    wire.says(3, {});

    expect(await wire.closed).toBe(4003);
  });

  it('closes on a client whose heart stops', async () => {
    const wire = await identified(GUILDS);

    expect(await wire.closed).toBe(4009);
  });

  it('tells only what the intents ask for, and no words without the intent for words', async () => {
    const deaf = await identified(GUILDS);
    const wordless = await identified(GUILDS | GUILD_MESSAGES);
    const whole = await identified(GUILDS | GUILD_MESSAGES | MESSAGE_CONTENT);

    discord.guild.person('ana').says('Checkout is down');
    discord.guild.person('ana').says(`<@${discord.bot.id}> are you there?`);

    const words = async (wire: Wire): Promise<readonly unknown[]> => {
      await wire.hears(({ t, d }) => t === 'MESSAGE_CREATE' && JSON.stringify(d).includes('are you there'));
      return wire.heard
        .filter(({ t }) => t === 'MESSAGE_CREATE')
        .map(({ d }) => z.looseObject({ content: z.string() }).parse(d).content);
    };
    expect(await words(whole)).toEqual(['Checkout is down', expect.stringContaining('are you there')]);
    expect(await words(wordless)).toEqual(['', expect.stringContaining('are you there')]);
    expect(deaf.heard.map(({ t }) => t)).not.toContain('MESSAGE_CREATE');
    for (const wire of [deaf, wordless, whole]) wire.leaves();
  });

  it('tells nothing of a channel that the bot does not see', async () => {
    const secret = discord.guild.makesChannel({
      type: 0,
      name: 'secret',
      overwrites: [{ id: discord.bot.id, type: 1, allow: 0n, deny: 1n << 10n }],
    });
    const wire = await identified(GUILDS | GUILD_MESSAGES | MESSAGE_CONTENT);

    discord.guild.person('ana').says('Between us', { channel: secret.name });
    discord.guild.person('ana').says('To all');

    await wire.hears(({ t, d }) => t === 'MESSAGE_CREATE' && JSON.stringify(d).includes('To all'));
    expect(JSON.stringify(wire.heard)).not.toContain('Between us');
    wire.leaves();
  });

  it('forgets what cannot be resumed', async () => {
    const wire = connect();
    await wire.hears(({ op }) => op === 10);

    wire.says(6, { token: discord.token(), session_id: 'never-was', seq: 3 });

    expect(await wire.hears(({ op }) => op === 9)).toMatchObject({ d: false });
    wire.leaves();
  });

  it('resets the token of a bot that begins too many sessions in a day', async () => {
    discord.gateway.identifiesLeft = 1;
    const first = await identified(GUILDS);
    const wire = connect();
    await wire.hears(({ op }) => op === 10);

    wire.says(2, { token: discord.token(), intents: GUILDS, properties: {} });

    expect(await wire.closed).toBe(4004);
    expect(await first.closed).toBe(4004);
    expect(discord.token()).not.toBe('discord-bot-token');
  });
});

describe('two processes of one bot', () => {
  it('are both told everything, and only the first answer to a command counts', async () => {
    const clients = [await loggedIn(discord), await loggedIn(discord)];
    await clients[0]?.application.commands.set([{ name: 'ping', description: 'Ping' }], discord.guild.id);
    const results: Promise<unknown>[] = [];
    for (const client of clients)
      client.on(Events.InteractionCreate, (it) => {
        if (it.isChatInputCommand()) results.push(it.reply('Pong').catch((error: unknown) => error));
      });

    const seen = await discord.guild.person('ana').uses('/ping');
    while (results.length < 2) await new Promise((resolve) => setImmediate(resolve));

    expect(seen.text).toBe('Pong');
    expect(await Promise.all(results)).toContainEqual(expect.objectContaining({ code: 40060 }));
    for (const client of clients) await client.destroy();
  });
});

describe('the official client when the gateway is ill', () => {
  let client: Client<true>;

  beforeEach(async () => {
    client = await loggedIn(discord);
  });

  afterEach(() => client.destroy());

  it('reconnects when asked to, to the same session', async () => {
    const resumed = new Promise((resolve) => client.once(Events.ShardResume, resolve));

    discord.gateway.asksToReconnect();
    await resumed;

    expect(discord.gateway.counts).toEqual({ identified: 1, resumed: 1 });
  });

  it('is closed for good by 4014, and still believes to be ready', async () => {
    const closed = new Promise<number>((resolve) =>
      client.once(Events.ShardDisconnect, ({ code }) => resolve(code)),
    );

    discord.gateway.closes(4014);

    expect(await closed).toBe(4014);
    expect(client.isReady()).toBe(true);
  });

  it('hears nothing over a frozen line, and all of it once it is back', async () => {
    const heard: string[] = [];
    const message = new Promise<void>((resolve) =>
      client.on(Events.MessageCreate, ({ content }) => {
        heard.push(content);
        resolve();
      }),
    );

    discord.gateway.freezes();
    discord.guild.person('ana').says('Is anybody there?');
    expect(client.isReady()).toBe(true);
    expect(heard).toEqual([]);

    // The client itself would wait thirty seconds for the dead line to close.
    discord.gateway.drops();
    await message;
    expect(heard).toEqual(['Is anybody there?']);
  });

  it('is ready without its guild when the guild does not arrive', async () => {
    discord.gateway.holdsGuildsBack = true;

    const late = await loggedIn(discord);

    expect(late.guilds.cache.get(discord.guild.id)?.available).toBe(false);
    const arrived = new Promise((resolve) => late.once(Events.GuildAvailable, resolve));
    discord.gateway.deliversGuilds();
    await arrived;
    expect(late.guilds.cache.get(discord.guild.id)?.name).toBe('Example Shop');
    await late.destroy();
  });

  it('finds nobody at an unreachable gateway, and comes back to it', async () => {
    const resumed = new Promise((resolve) => client.once(Events.ShardResume, resolve));
    const trying = new Promise((resolve) => client.once(Events.ShardReconnecting, resolve));

    discord.gateway.isUnreachable = true;
    discord.gateway.drops();
    await trying;
    discord.gateway.isUnreachable = false;
    await resumed;

    expect(discord.gateway.counts.resumed).toBe(1);
  });
});
