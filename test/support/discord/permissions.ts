import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';

import { refusal } from './refusal.ts';
import type { Channel, Overwrite } from './state/shapes.ts';
import type { World } from './state/world.ts';

/** The name of a permission, as Discord's documentation and its client spell it (`ManageChannels`). */
export type PermissionName = keyof typeof PermissionFlagsBits;

const EVERYTHING = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n);

/** The number that holds these permissions. */
export function bits(...names: readonly PermissionName[]): bigint {
  return names.reduce((all, name) => all | PermissionFlagsBits[name], 0n);
}

/** What a member may do in the guild as a whole: everything for its owner and for administrators. */
export function guildPermissions(world: World, userId: string): bigint {
  const member = world.guild.members.get(userId);
  if (member === undefined) return 0n;
  if (world.guild.ownerId === userId) return EVERYTHING;
  const roles = [world.guild.id, ...member.roles].map((id) => world.guild.roles.get(id)?.permissions ?? 0n);
  const all = roles.reduce((sum, one) => sum | one, 0n);
  return (all & PermissionFlagsBits.Administrator) === 0n ? all : EVERYTHING;
}

/** What a member may do in a channel: @everyone, then roles, then the member, as Discord documents the order. */
export function channelPermissions(world: World, channel: Channel, userId: string): bigint {
  if (channel.guildId === null) return EVERYTHING;
  const base = guildPermissions(world, userId);
  if (base === EVERYTHING || base === 0n) return base;
  const home = channel.thread === null ? channel : (world.channels.get(channel.parentId ?? '') ?? channel);
  const allowed = overwritten(world, { base, overwrites: home.overwrites, userId });
  if ((allowed & PermissionFlagsBits.ViewChannel) === 0n) return 0n;
  // Whoever may not enter a voice channel may not manage it either.
  const isVoice = channel.type === ChannelType.GuildVoice || channel.type === ChannelType.GuildStageVoice;
  if (isVoice && (allowed & PermissionFlagsBits.Connect) === 0n)
    return allowed & ~(PermissionFlagsBits.ManageChannels | PermissionFlagsBits.ManageRoles);
  const silent =
    PermissionFlagsBits.MentionEveryone | PermissionFlagsBits.AttachFiles | PermissionFlagsBits.EmbedLinks;
  const speaks =
    channel.thread === null ? PermissionFlagsBits.SendMessages : PermissionFlagsBits.SendMessagesInThreads;
  return (allowed & speaks) === 0n ? allowed & ~silent : allowed;
}

interface Overwritten {
  readonly base: bigint;
  readonly overwrites: readonly Overwrite[];
  readonly userId: string;
}

function overwritten(world: World, { base, overwrites, userId }: Overwritten): bigint {
  const apply = (now: bigint, some: readonly Overwrite[]): bigint => {
    const deny = some.reduce((all, one) => all | one.deny, 0n);
    const allow = some.reduce((all, one) => all | one.allow, 0n);
    return (now & ~deny) | allow;
  };
  const roles = world.guild.members.get(userId)?.roles ?? new Set<string>();
  const everyone = overwrites.filter(({ id }) => id === world.guild.id);
  const ofRoles = overwrites.filter(({ id, type }) => type === 0 && roles.has(id) && id !== world.guild.id);
  const own = overwrites.filter(({ id, type }) => type === 1 && id === userId);
  return [everyone, ofRoles, own].reduce(apply, base);
}

/** True when the person sees the channel; a private thread is seen by its members and by who manages threads. */
export function canSee(world: World, channel: Channel, userId: string): boolean {
  if (channel.guildId === null) return userId === world.bot.id || channel.recipients.includes(userId);
  const allowed = channelPermissions(world, channel, userId);
  if ((allowed & PermissionFlagsBits.ViewChannel) === 0n) return false;
  const isPrivate = channel.thread !== null && channel.type === 12;
  return (
    !isPrivate || channel.thread.members.has(userId) || (allowed & PermissionFlagsBits.ManageThreads) !== 0n
  );
}

/** Refuses what the bot may not do in a channel: 50001 when it does not see it, 50013 when a permission lacks. */
export function demand(world: World, channel: Channel, ...names: readonly PermissionName[]): void {
  if (!canSee(world, channel, world.bot.id)) throw refusal(50001);
  const needed = bits(...names);
  if ((channelPermissions(world, channel, world.bot.id) & needed) !== needed) throw refusal(50013);
}

/** Refuses what the bot may not do in the guild. */
export function demandInGuild(world: World, ...names: readonly PermissionName[]): void {
  const needed = bits(...names);
  if ((guildPermissions(world, world.bot.id) & needed) !== needed) throw refusal(50013);
}

/** The position of somebody's highest role: one manages only what lies below. */
export function highestRole(world: World, userId: string): number {
  if (world.guild.ownerId === userId) return Infinity;
  const roles = [...(world.guild.members.get(userId)?.roles ?? [])];
  return Math.max(0, ...roles.map((id) => world.guild.roles.get(id)?.position ?? 0));
}
