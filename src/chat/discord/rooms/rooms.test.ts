import { ChannelType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { discordParts } from '../../../../test/support/discord-parts.ts';
import type { DiscordPartsWorld } from '../../../../test/support/discord-parts.ts';
import { forgetRoom, intendRoom } from '../../../store/platform-rooms.ts';
import type { Message } from '../../message.ts';
import type { Answer, ChatPlatform, RoomSpec } from '../../platform.ts';
import { createGuild } from '../guild.ts';
import type { DiscordParts } from '../parts.ts';
import { createDiscordPlatform } from '../platform.ts';
import { TOPIC } from './names.ts';

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

/** The platform as another process of the same bot has it. */
function anotherProcess(parts: DiscordParts): ChatPlatform {
  return createDiscordPlatform({
    ...parts,
    guild: createGuild(parts),
    catchUp: () => Promise.resolve(),
    health: () => Promise.resolve({ ok: true, detail: 'not connected' }),
  });
}

/** Ids of the text channels that say in their topic that they belong to an incident. */
function opened({ guild }: DiscordPartsWorld['discord']): readonly string[] {
  return guild.channels().flatMap(({ id, topic }) => (topic?.includes(TOPIC) === true ? [id] : []));
}

function firstSeverity({ deps }: DiscordParts) {
  const [first] = deps.directory().severities;
  if (first === undefined) throw new Error('expected a severity');
  return first;
}

function says(plain: string): Message {
  return { blocks: [{ kind: 'text', line: [plain] }], tone: 'calm', plain, notify: [] };
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

  it('rooms that are opened in one moment share a category', async () => {
    const { platform, discord } = await discordParts();

    const rooms = await Promise.all([
      platform.ensureRoom(spec(1)),
      platform.ensureRoom(spec(2)),
      platform.channel('incidents'),
    ]);

    const parents = rooms.map((room) => discord.guild.channel(value(room).roomId).parentId);
    expect(new Set(parents).size).toBe(1);
    expect(discord.guild.channels().filter(({ name }) => name === 'Incidents')).toHaveLength(1);
  });

  it('two processes that open the room of one incident in one moment leave one', async () => {
    const world = await discordParts();
    const { discord, parts } = world;
    const [one, other] = [world.platform, anotherProcess(parts)];

    const rooms = await Promise.all([one.ensureRoom(spec(1)), other.ensureRoom(spec(1))]);

    const ids = rooms.map((room) => value(room).roomId);
    expect(new Set(ids).size).toBe(1);
    const made = discord.calls.filter(
      ({ method, path }) => method === 'POST' && /guilds\/\d+\/channels/.test(path),
    );
    expect(made.length).toBeGreaterThan(2);
    expect(opened(discord)).toEqual(ids.slice(0, 1));
  });

  it('a channel that an earlier try made after all is removed when its room is opened again, unless somebody spoke in it', async () => {
    const { platform, discord, parts } = await discordParts();
    const { id, topic } = discord.guild.channel(value(await platform.ensureRoom(spec(1))).roomId);
    const { db } = parts.deps;
    await forgetRoom(db, { platform: 'discord', key: 'incident:1' });
    await intendRoom(db, { platform: 'discord', key: 'incident:1', name: 'x', now: parts.deps.clock.now() });
    const empty = discord.guild.makesChannel({
      type: ChannelType.GuildText,
      name: 'late',
      topic: topic ?? '',
    });
    const used = discord.guild.makesChannel({
      type: ChannelType.GuildText,
      name: 'copy',
      topic: topic ?? '',
    });
    discord.guild.person('ana').says('Here I am.', { channel: 'copy' });

    expect(value(await platform.ensureRoom(spec(1))).roomId).toBe(id);

    const there = opened(discord);
    expect(there).toContain(used.id);
    expect(there).not.toContain(empty.id);
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

describe('the voice channel of a room on Discord', { timeout: 180_000 }, () => {
  it('is there once, though Discord lost the answer to its making', async () => {
    const world = await discordParts({ voice: ['sev1'] });
    const { discord, platform } = world;
    const { roomId } = value(await platform.ensureRoom(spec(1)));
    const state = { topic: 'SEV1', members: [], archived: false, tags: ['sev1'] };

    discord.faults.add({ on: /^POST \/guilds\/\d+\/channels/, fault: { kind: 'resets_after' } });
    value(await platform.setRoomState(roomId, state));
    value(await platform.setRoomState(roomId, state));
    value(await platform.setRoomState(roomId, state));

    const voices = () => discord.guild.channels().filter(({ type }) => type === ChannelType.GuildVoice);
    expect(voices().map(({ name }) => name)).toEqual(['inc-1-payments-fail']);
    value(await platform.setRoomState(roomId, { ...state, archived: true }));
    expect(voices()).toEqual([]);
  });

  it('is seen by nobody who does not see the room', async () => {
    const world = await discordParts({ voice: ['sev1'] });
    const { discord, platform, person } = world;
    const members = [person('ana')];
    const { roomId } = value(await platform.ensureRoom(spec(1, { isPrivate: true, members })));

    value(await platform.setRoomState(roomId, { topic: '', members, archived: false, tags: ['sev1'] }));

    const voice = discord.guild.channels().find(({ type }) => type === ChannelType.GuildVoice);
    if (voice === undefined) throw new Error('a voice channel was to be there');
    expect(discord.guild.person('ana').sees(voice)).toBe(true);
    expect(discord.guild.person('ben').sees(voice)).toBe(false);
  });
});

describe('a post of the forum', { timeout: 180_000 }, () => {
  it('wears severity and status, is shut and locked in the end, and opened again', async () => {
    const world = await discordParts({ forum: { name: 'incidents', severities: ['sev3'] } });
    const { discord, platform } = world;
    const ana = discord.guild.person('ana');
    const { roomId } = value(await platform.ensureRoom(spec(1, { tags: ['sev3', 'triage'] })));
    const post = discord.guild.channel(roomId);
    const worn = () => {
      const { tags } = discord.guild.channel(post.parentId ?? '');
      return post.thread?.appliedTags.map((id) => tags.find((tag) => tag.id === id)?.name).toSorted();
    };
    expect(discord.guild.channel(post.parentId ?? '')).toMatchObject({
      name: 'incidents',
      type: ChannelType.GuildForum,
    });
    expect(worn()).toEqual(['sev3', 'triage']);

    const card = value(await platform.post(roomId, says('It burns'), 'card'));
    const state = { topic: '', members: [], archived: false };
    value(await platform.setRoomState(roomId, { ...state, tags: ['sev2', 'identified'] }));
    expect(worn()).toEqual(['identified', 'sev2']);

    const over = { ...state, archived: true, tags: ['sev2', 'closed'] };
    value(await platform.setRoomState(roomId, over));
    value(await platform.setRoomState(roomId, over));
    expect(post.thread).toMatchObject({ archived: true, locked: true });
    expect(worn()).toEqual(['closed', 'sev2']);
    expect(() => ana.says('too late', { channel: roomId })).toThrow('may not write');
    value(await platform.edit(card, says('It is over')));
    expect(JSON.stringify(discord.guild.messages(post).at(-1))).toContain('It is over');
    expect(post.thread).toMatchObject({ archived: true, locked: true });

    value(await platform.setRoomState(roomId, { ...state, tags: ['sev2', 'investigating'] }));
    expect(post.thread).toMatchObject({ archived: false, locked: false });
    expect(ana.says('here again', { channel: roomId }).content).toBe('here again');
  });
});

describe('the tags of a forum', { timeout: 180_000 }, () => {
  it('are added to one that somebody made, beside those that it has', async () => {
    const world = await discordParts({ forum: { name: 'incidents', severities: ['sev3'] } });
    const { discord, platform } = world;
    const own = {
      id: '123456789012345678',
      name: 'Customer',
      moderated: true,
      emojiId: null,
      emojiName: '🧾',
    };
    const triage = { ...own, id: '123456789012345679', name: 'Triage', moderated: false, emojiName: null };
    const forum = discord.guild.makesChannel({
      type: ChannelType.GuildForum,
      name: 'incidents',
      tags: [own, triage],
    });

    const { roomId } = value(await platform.ensureRoom(spec(1, { tags: ['sev3', 'triage'] })));

    const { tags } = discord.guild.channel(forum.id);
    expect(tags).toContainEqual(own);
    expect(tags.filter(({ name }) => name.toLowerCase() === 'triage')).toEqual([triage]);
    const worn = discord.guild.channel(roomId).thread?.appliedTags;
    expect(worn?.map((id) => tags.find((tag) => tag.id === id)?.name)).toEqual(['Triage', 'sev3']);
  });

  it('are short and unlike, however long and alike the severities are called', async () => {
    const long = 'severity-of-the-very-mildest-kind';
    const world = await discordParts({ forum: { name: 'incidents', severities: [long] } });
    const { discord, parts } = world;
    const severities = ['Triage', long].map((id) => ({ ...firstSeverity(parts), id }));
    const platform = anotherProcess({
      ...parts,
      deps: { ...parts.deps, directory: () => ({ ...parts.deps.directory(), severities }) },
    });

    const { roomId } = value(await platform.ensureRoom(spec(1, { tags: [long, 'triage'] })));

    expect(discord.guild.channel(roomId).thread?.appliedTags).toHaveLength(2);
  });
});

describe('a private room on Discord', { timeout: 180_000 }, () => {
  it('is private in the very request that makes it', async () => {
    const world = await discordParts();
    const { discord, platform, person } = world;
    const ben = discord.guild.person('ben');
    const seen: boolean[] = [];
    discord.world.listeners.add(({ name }) => {
      const made = discord.guild.channels().find((one) => one.name === 'inc-1-payments-fail');
      if (name === 'CHANNEL_CREATE' && made !== undefined) seen.push(ben.sees(made));
    });

    value(await platform.ensureRoom(spec(1, { isPrivate: true, members: [person('ana')] })));

    expect(seen).toEqual([false]);
  });

  it('takes in more people than fit in one request', async () => {
    const { discord, parts, person } = await discordParts();
    const crowd = Array.from({ length: 120 }, (_, i) => ({
      ...person('ana'),
      id: `p${i}`,
      handles: { discord: discord.guild.person(`p${i}`).id },
    }));
    const platform = anotherProcess(parts);

    const { roomId } = value(await platform.ensureRoom(spec(1, { isPrivate: true, members: crowd })));
    value(await platform.setRoomState(roomId, { topic: '', members: crowd, archived: false }));

    const channel = discord.guild.channel(roomId);
    expect(crowd.every(({ id }) => discord.guild.person(id).sees(channel))).toBe(true);
    expect(discord.guild.person('ben').sees(channel)).toBe(false);
  });
});
