import { ChannelType, Routes } from 'discord.js';
import { z } from 'zod';
import type { Answer } from '../platform.ts';
import { answerOf } from './api.ts';
import type { DiscordParts } from './parts.ts';
import { yes } from './parts.ts';
import { Channels, Role, User } from './shapes.ts';
import type { Channel } from './shapes.ts';

/** What is asked of the server again and again. */
export interface Guild {
  /** Every channel and category; threads are not among them. */
  readonly channels: () => Promise<Answer<readonly Channel[]>>;
  readonly roles: () => Promise<Answer<readonly Role[]>>;
  /** Who the bot is there. */
  readonly me: () => Promise<Answer<User>>;
  /** Id of the role of this name or id, as it was last read; null when there is none. Never waits. */
  readonly roleNamed: (name: string) => string | null;
}

const ROLES_LAST_MS = 60_000;

/** Asks the server, and remembers what changes rarely. */
export function createGuild({ apis, settings, deps }: DiscordParts): Guild {
  const { guild } = settings;
  let me: User | null = null;
  let roles: { readonly at: number; readonly all: readonly Role[] } | null = null;
  const readRoles = async (): Promise<Answer<readonly Role[]>> => {
    const read = await apis.house.call({ method: 'GET', route: Routes.guildRoles(guild) }, z.array(Role));
    if (read.ok) roles = { at: deps.clock.now().getTime(), all: read.value };
    return answerOf(read);
  };
  return {
    channels: async () =>
      answerOf(await apis.house.call({ method: 'GET', route: Routes.guildChannels(guild) }, Channels)),
    roles: async () => {
      const isFresh = roles !== null && deps.clock.now().getTime() - roles.at < ROLES_LAST_MS;
      return isFresh && roles !== null ? yes(roles.all) : readRoles();
    },
    me: async () => {
      if (me !== null) return yes(me);
      const read = await apis.house.call({ method: 'GET', route: Routes.user('@me') }, User);
      if (read.ok) me = read.value;
      return answerOf(read);
    },
    roleNamed: (name) => {
      const wanted = name.replace(/^@/, '').toLowerCase();
      return roles?.all.find((role) => role.id === wanted || role.name.toLowerCase() === wanted)?.id ?? null;
    },
  };
}

/** The categories of this name, and those that were added when they were full: `Incidents`, `Incidents 2`. */
export function categoriesNamed(name: string, channels: readonly Channel[]): readonly Channel[] {
  const pattern = /^(.*?)(?: \d+)?$/s;
  return channels.filter(
    (channel) =>
      channel.type === ChannelType.GuildCategory &&
      (channel.name === name || pattern.exec(channel.name ?? '')?.[1] === name),
  );
}
