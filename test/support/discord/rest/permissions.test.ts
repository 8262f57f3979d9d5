import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startDiscord } from '../emulator.ts';
import type { Discord } from '../emulator.ts';
import { officialRest } from '../official-client.ts';

let discord: Discord;

beforeEach(async () => {
  discord = await startDiscord();
});

afterEach(() => discord.stop());

const rest = () => officialRest(discord);
const send = (channelId: string) =>
  rest().post(`/channels/${channelId}/messages`, { body: { content: 'Hello' } });
const view = PermissionFlagsBits.ViewChannel;
const write = PermissionFlagsBits.SendMessages;

describe('what the bot may do', () => {
  it('follows @everyone, then roles, then the member', async () => {
    const { guild, bot } = discord;
    const role = guild.makesRole({ name: 'responders', position: 1 });
    guild.grants(bot, role);
    const everyone = { id: guild.id, type: 0, allow: 0n, deny: view } as const;
    const ofRole = { id: role.id, type: 0, allow: view, deny: write } as const;
    const own = { id: bot.id, type: 1, allow: write, deny: 0n } as const;

    const hidden = guild.makesChannel({ type: 0, name: 'hidden', overwrites: [everyone] });
    const silent = guild.makesChannel({ type: 0, name: 'silent', overwrites: [everyone, ofRole] });
    const open = guild.makesChannel({ type: 0, name: 'open', overwrites: [everyone, ofRole, own] });

    await expect(send(hidden.id)).rejects.toMatchObject({ code: 50001 });
    await expect(send(silent.id)).rejects.toMatchObject({ code: 50013 });
    await expect(send(open.id)).resolves.toMatchObject({ content: 'Hello' });
  });

  it('is no more than its own roles hold when it opens a channel', async () => {
    const body = {
      name: 'inc-1',
      permission_overwrites: [
        { id: discord.guild.id, type: 0, deny: String(PermissionFlagsBits.BanMembers) },
      ],
    };

    await expect(rest().post(`/guilds/${discord.guild.id}/channels`, { body })).rejects.toMatchObject({
      code: 50013,
    });
    discord.guild.botLoses('ManageChannels');
    await expect(
      rest().post(`/guilds/${discord.guild.id}/channels`, { body: { name: 'inc-1' } }),
    ).rejects.toMatchObject({ code: 50013 });
  });

  it('locks itself out of a channel that it hides from everybody', async () => {
    const body = {
      name: 'inc-1',
      permission_overwrites: [{ id: discord.guild.id, type: 0, deny: String(view) }],
    };
    await rest().post(`/guilds/${discord.guild.id}/channels`, { body });

    await expect(send(discord.guild.channel('inc-1').id)).rejects.toMatchObject({ code: 50001 });
  });

  it('is what the link asked for by which it was invited', async () => {
    const invite = (more: object): string => {
      const asked = {
        client_id: discord.application.id,
        scope: 'bot applications.commands',
        permissions: String(view | write),
      };
      return `https://discord.com/oauth2/authorize?${new URLSearchParams({ ...asked, ...more }).toString()}`;
    };
    discord.guild.acceptsInvite(invite({}));

    await expect(send(discord.guild.channel('general').id)).resolves.toMatchObject({ content: 'Hello' });
    await expect(
      rest().post(`/guilds/${discord.guild.id}/channels`, { body: { name: 'inc-1' } }),
    ).rejects.toMatchObject({ code: 50013 });
    expect(() => discord.guild.acceptsInvite(invite({ client_id: '1' }))).toThrow('another application');
    expect(() => discord.guild.acceptsInvite(invite({ scope: 'identify' }))).toThrow('asks for no bot');
  });

  it('gives only roles below its own', async () => {
    const { guild } = discord;
    const above = guild.makesRole({ name: 'on-call' });
    const ana = guild.person('ana');
    const give = () => rest().put(`/guilds/${guild.id}/members/${ana.id}/roles/${above.id}`);

    await expect(give()).rejects.toMatchObject({ code: 50013 });
    guild.movesRole(above, 0);
    await give();

    expect(ana.roles()).toEqual(['on-call']);
  });

  it('pins only with the permission of its own for that', async () => {
    const channel = discord.guild.channel('general');
    const message = discord.guild.person('ana').says('Remember this');
    const pin = () => rest().put(`/channels/${channel.id}/messages/pins/${message.id}`);
    discord.guild.botGains('ManageMessages');
    discord.guild.botLoses('PinMessages');

    await expect(pin()).rejects.toMatchObject({ code: 50013 });
    discord.guild.botGains('PinMessages');
    await pin();

    expect(discord.guild.messages(channel)[0]?.pinned).toBe(true);
  });

  it('does not list members without the intent, nor read words without the other', async () => {
    discord.application.intents.members = false;
    discord.application.intents.messageContent = false;
    discord.guild.person('ana').says('Secret plans');

    await expect(
      rest().get(`/guilds/${discord.guild.id}/members`, { query: new URLSearchParams({ limit: '10' }) }),
    ).rejects.toMatchObject({ code: 50001 });
    await expect(
      rest().get(`/channels/${discord.guild.channel('general').id}/messages`),
    ).resolves.toMatchObject([{ content: '' }]);
  });
});

describe('threads and posts', () => {
  it('there is one thread for a message', async () => {
    const message = discord.guild.person('ana').says('Let us look');
    const channel = discord.guild.channel('general').id;
    const start = () =>
      rest().post(`/channels/${channel}/messages/${message.id}/threads`, { body: { name: 'Looking' } });

    await start();

    await expect(start()).rejects.toMatchObject({ code: 160004 });
    expect(discord.guild.channel('Looking').id).toBe(message.id);
  });

  it('a post of a forum wears tags, is locked, archived, and woken again', async () => {
    const tags = [
      { id: '123456789012345678', name: 'sev3', moderated: false, emojiId: null, emojiName: null },
    ];
    const forum = discord.guild.makesChannel({ type: 15, name: 'incidents', tags });

    await rest().post(`/channels/${forum.id}/threads`, {
      body: { name: 'Slow search', applied_tags: ['123456789012345678'], message: { content: 'It is slow' } },
    });
    const post = discord.guild.channel('Slow search');
    await send(post.id);
    await rest().patch(`/channels/${post.id}`, { body: { locked: true, archived: true } });

    expect(post.thread).toMatchObject({ locked: true, archived: true, appliedTags: ['123456789012345678'] });
    await rest().patch(`/channels/${post.id}`, { body: { archived: false } });
    expect(discord.guild.messages(post).map(({ content }) => content)).toEqual(['It is slow', 'Hello']);
    await expect(
      rest().post(`/channels/${forum.id}/threads`, {
        body: { name: 'x', applied_tags: ['923456789012345678'], message: { content: 'x' } },
      }),
    ).rejects.toMatchObject({ code: 50035 });
  });
});
