import { ChannelType } from 'discord-api-types/v10';

import type { Channel, ThreadState } from './shapes.ts';
import type { World } from './world.ts';

/** Puts a channel into the guild, below those that are there; nobody is told. */
export function newChannel(world: World, said: Partial<Channel> & Pick<Channel, 'type' | 'name'>): Channel {
  const channel: Channel = {
    id: world.newId(),
    guildId: world.guild.id,
    topic: null,
    parentId: null,
    position: world.channels.size,
    nsfw: false,
    slowmode: 0,
    overwrites: [],
    tags: [],
    thread: null,
    recipients: [],
    messages: new Map(),
    lastMessageId: null,
    lastPinAt: null,
    rest: {},
    ...said,
  };
  world.channels.set(channel.id, channel);
  return channel;
}

/** What a new thread is like. */
export function newThread(
  world: World,
  said: Partial<ThreadState> & Pick<ThreadState, 'ownerId'>,
): ThreadState {
  const now = world.clock.now();
  return {
    createdAt: now,
    archived: false,
    archivedAt: now,
    autoArchiveMinutes: 4320,
    locked: false,
    invitable: true,
    appliedTags: [],
    members: new Map([[said.ownerId, now]]),
    sent: 0,
    ...said,
  };
}

/** The direct conversation of the bot with a person, made when there is none. */
export function dmWith(world: World, userId: string): Channel {
  const known = [...world.channels.values()].find(
    (one) => one.guildId === null && one.recipients.includes(userId),
  );
  return known ?? newChannel(world, { type: ChannelType.DM, name: '', guildId: null, recipients: [userId] });
}

/** The channels that count against the limit of 500: threads do not. */
export function guildChannels(world: World): readonly Channel[] {
  return [...world.channels.values()].filter(({ guildId, thread }) => guildId !== null && thread === null);
}
