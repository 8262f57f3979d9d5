import { ChannelType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { discordParts } from '../../../../test/support/discord-parts.ts';
import type { DiscordPartsWorld } from '../../../../test/support/discord-parts.ts';
import type { Answer, RoomSpec } from '../../platform.ts';

/** A category of this name with so many channels in it. */
function fill({ discord: { guild } }: DiscordPartsWorld, name: string, count: number): string {
  const { id } = guild.makesChannel({ type: ChannelType.GuildCategory, name });
  for (let i = 0; i < count; i += 1)
    guild.makesChannel({ type: ChannelType.GuildText, name: `old-${i}`, parentId: id });
  return id;
}

function spec(number: number, changes: Partial<RoomSpec> = {}): RoomSpec {
  const name = `inc-${number}-payments-fail`;
  return { key: `incident:${number}`, name, topic: 'SEV1', isPrivate: false, members: [], ...changes };
}

function value<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  throw new Error(answer.failure.reason);
}

describe('where there is room on Discord', { timeout: 180_000 }, () => {
  it('a full category has a second one beside it, which is made once', async () => {
    const world = await discordParts();
    const full = fill(world, 'Incidents', 49);
    const { guild } = world.discord;

    const parents: (string | null)[] = [];
    for (const number of [1, 2, 3]) {
      const { roomId } = value(await world.platform.ensureRoom(spec(number)));
      parents.push(guild.channel(roomId).parentId);
    }

    const second = guild.channel('Incidents 2');
    expect(second.type).toBe(ChannelType.GuildCategory);
    expect(parents).toEqual([full, second.id, second.id]);
  });

  it('a server that is nearly full gets posts of a forum, and private rooms as before', async () => {
    const world = await discordParts();
    const { discord, platform, person } = world;
    fill(world, 'Incidents', 1);
    const left = 490 - discord.guild.channels().length;
    for (let i = 0; i < left; i += 1)
      discord.guild.makesChannel({ type: ChannelType.GuildText, name: `team-${i}` });

    const room = value(await platform.ensureRoom(spec(1)));
    const secret = value(await platform.ensureRoom(spec(2, { isPrivate: true, members: [person('ana')] })));

    const post = discord.guild.threads().find(({ id }) => id === room.roomId);
    expect(post).toMatchObject({ name: 'inc-1-payments-fail', type: ChannelType.PublicThread });
    expect(discord.guild.channel(post?.parentId ?? '').type).toBe(ChannelType.GuildForum);
    const hidden = discord.guild.channel(secret.roomId);
    expect(hidden.type).toBe(ChannelType.GuildText);
    expect(discord.guild.person('ana').sees(hidden)).toBe(true);
    expect(discord.guild.person('ben').sees(hidden)).toBe(false);
  });

  it('a room that Discord refuses because the server is full is a post of the forum', async () => {
    const world = await discordParts();
    const { discord, platform } = world;
    fill(world, 'Incidents', 1);
    discord.faults.add({ on: /^POST \/guilds\/\d+\/channels/, fault: { kind: 'refuses', code: 30_013 } });

    const room = value(await platform.ensureRoom(spec(1)));

    expect(discord.guild.threads().map(({ id }) => id)).toEqual([room.roomId]);
    expect(value(await platform.ensureRoom(spec(1))).roomId).toBe(room.roomId);
  });
});
