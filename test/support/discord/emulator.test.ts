import { ChannelType, Events, OverwriteType, PermissionFlagsBits } from 'discord.js';
import type { Client, TextChannel } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startDiscord } from './emulator.ts';
import type { Discord } from './emulator.ts';
import { loggedIn } from './official-client.ts';

let discord: Discord;
let client: Client<true>;

beforeEach(async () => {
  discord = await startDiscord({ heartbeatMs: 200 });
  client = await loggedIn(discord);
});

afterEach(async () => {
  await client.destroy();
  await discord.stop();
});

async function general(): Promise<TextChannel> {
  const channel = await client.channels.fetch(discord.guild.channel('general').id);
  if (channel?.type !== ChannelType.GuildText) throw new Error('general is a text channel');
  return channel;
}

function next<T>(event: string): Promise<T> {
  return new Promise((resolve) => client.once(event, resolve as (value: unknown) => void));
}

describe('the official client at this Discord', () => {
  it('logs in, and knows the guild, its channels and its roles', () => {
    const guild = client.guilds.cache.get(discord.guild.id);

    expect(client.user.username).toBe('firebell');
    expect(guild?.name).toBe('Example Shop');
    expect(guild?.channels.cache.map(({ name }) => name)).toContain('general');
    expect(guild?.roles.cache.map(({ name }) => name)).toEqual(['@everyone', 'Firebell']);
  });

  it('makes a private channel that nobody else ever sees', async () => {
    const guild = await client.guilds.fetch(discord.guild.id);
    const ana = discord.guild.person('ana');
    const ben = discord.guild.person('ben');

    const channel = await guild.channels.create({
      name: 'Inc 1 Checkout',
      type: ChannelType.GuildText,
      topic: 'inc:1',
      permissionOverwrites: [
        { id: guild.id, deny: [PermissionFlagsBits.ViewChannel] },
        { id: client.user.id, allow: [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages] },
        { id: ana.id, type: OverwriteType.Member, allow: [PermissionFlagsBits.ViewChannel] },
      ],
    });
    await channel.send('Only us');

    expect(channel.name).toBe('inc-1-checkout');
    expect(ana.reads('inc-1-checkout').map(({ content }) => content)).toEqual(['Only us']);
    expect(ben.sees(channel)).toBe(false);
  });

  it('says a message with the same nonce once', async () => {
    const channel = await general();

    const first = await channel.send({ content: 'Page 7', nonce: 'page-7', enforceNonce: true });
    const again = await channel.send({ content: 'Page 7', nonce: 'page-7', enforceNonce: true });

    expect(again.id).toBe(first.id);
    expect(discord.guild.messages(channel)).toHaveLength(1);
  });

  it('writes to a person, who hears it, until they close their door', async () => {
    const ana = discord.guild.person('ana');
    const user = await client.users.fetch(ana.id);

    await user.send('You are on call');
    ana.takesDms(false);

    await expect(user.send('Again')).rejects.toMatchObject({ code: 50007 });
    expect(ana.directMessages().map(({ content }) => content)).toEqual(['You are on call']);
    ana.leaves();
    await expect(user.send('Again')).rejects.toMatchObject({ code: 50278 });
  });

  it('pins, lists pins, reacts and edits', async () => {
    const channel = await general();
    const message = await channel.send('The card');

    await message.pin();
    await message.react('✅');
    await message.edit('The card, later');

    const pins = await channel.messages.fetchPins();
    expect(pins.items.map((pin) => pin.message.content)).toEqual(['The card, later']);
    expect(discord.guild.messages(channel)[0]).toMatchObject({ pinned: true, content: 'The card, later' });
    discord.guild.botLoses('PinMessages');
    await expect(message.unpin()).rejects.toMatchObject({ code: 50013 });
  });

  it('hears what people write, change and take back', async () => {
    const ana = discord.guild.person('ana');
    const heard = next<{ content: string }>(Events.MessageCreate);
    const message = ana.says('The shop is slow');
    expect((await heard).content).toBe('The shop is slow');

    const changed = next(Events.MessageUpdate);
    ana.edits(message, 'The shop is down');
    await changed;

    const gone = next<{ id: string }>(Events.MessageDelete);
    ana.deletes(message);
    expect((await gone).id).toBe(message.id);
  });

  it('answers a command in time, or the person reads that nobody did', async () => {
    await client.application.commands.set(
      [
        { name: 'ping', description: 'Is it there?' },
        { name: 'silent', description: 'It is not' },
      ],
      discord.guild.id,
    );
    client.on(Events.InteractionCreate, (interaction) => {
      if (!interaction.isChatInputCommand() || interaction.commandName !== 'ping') return;
      void interaction.deferReply({ flags: 64 }).then(() => interaction.editReply('Here'));
    });

    const seen = await discord.guild.person('ana').uses('/ping');

    expect(seen).toMatchObject({ kind: 'message', text: 'Here', isEphemeral: true });
    expect(discord.guild.messages(discord.guild.channel('general'))).toEqual([]);
  });

  it('comes back to the same session, and hears what it missed', async () => {
    const heard: string[] = [];
    client.on(Events.MessageCreate, ({ content }) => void heard.push(content));
    const resumed = next(Events.ShardResume);

    discord.gateway.drops();
    discord.guild.person('ana').says('Said while nobody listened');
    await resumed;

    expect(discord.gateway.counts).toEqual({ identified: 1, resumed: 1 });
    expect(heard).toEqual(['Said while nobody listened']);
  });

  it('begins anew when its session is invalid', async () => {
    const ready = next(Events.ShardReady);

    discord.gateway.invalidates(false);
    await ready;

    expect(discord.gateway.counts.identified).toBe(2);
  });

  it('is refused a third rename within ten minutes', async () => {
    const channel = await general();

    await channel.setTopic('one');
    await channel.setTopic('two');

    await expect(channel.setTopic('three')).rejects.toMatchObject({ sublimitTimeout: expect.any(Number) });
    expect(discord.guild.channel('general').topic).toBe('two');
  });
});

describe('a client that is not let in', () => {
  it('reads 4014 when the portal has an intent switched off', async () => {
    discord.application.intents.messageContent = false;

    await expect(loggedIn(discord)).rejects.toThrow('Used disallowed intents');
  });
});
