import { ChannelType } from 'discord-api-types/v10';

import type { Channel, Tag, ThreadState } from '../state/shapes.ts';
import type { World } from '../state/world.ts';
import { userById, userJson } from './user.ts';

/** A channel, a thread or a direct conversation, as Discord writes it. */
export function channelJson(world: World, channel: Channel) {
  if (channel.guildId === null) return dmJson(world, channel);
  return channel.thread === null
    ? guildChannelJson(channel, channel.guildId)
    : threadJson(channel, channel.thread);
}

function common({ id, type, lastMessageId, lastPinAt, rest }: Channel) {
  return {
    id,
    type,
    last_message_id: lastMessageId,
    last_pin_timestamp: lastPinAt?.toISOString() ?? null,
    flags: Number(rest['flags'] ?? 0),
  };
}

function dmJson(world: World, channel: Channel) {
  return { ...common(channel), recipients: channel.recipients.map((id) => userJson(userById(world, id))) };
}

function guildChannelJson(channel: Channel, guildId: string) {
  return {
    ...channel.rest,
    ...common(channel),
    guild_id: guildId,
    name: channel.name,
    parent_id: channel.parentId,
    position: channel.position,
    nsfw: channel.nsfw,
    topic: channel.topic,
    rate_limit_per_user: channel.slowmode,
    permission_overwrites: channel.overwrites.map(({ id, type, allow, deny }) => ({
      id,
      type,
      allow: String(allow),
      deny: String(deny),
    })),
    ...(channel.type === ChannelType.GuildVoice
      ? { bitrate: 64_000, user_limit: 0, rtc_region: null, ...channel.rest }
      : {}),
    ...(channel.type === ChannelType.GuildForum
      ? { default_reaction_emoji: null, default_sort_order: null, default_forum_layout: 0, ...channel.rest }
      : {}),
    ...(channel.type === ChannelType.GuildForum ? { available_tags: channel.tags.map(tagJson) } : {}),
  };
}

function tagJson({ id, name, moderated, emojiId, emojiName }: Tag) {
  return { id, name, moderated, emoji_id: emojiId, emoji_name: emojiName };
}

/** A thread, as Discord writes it. */
function threadJson(channel: Channel, thread: ThreadState) {
  return {
    ...common(channel),
    guild_id: channel.guildId,
    name: channel.name,
    parent_id: channel.parentId,
    owner_id: thread.ownerId,
    rate_limit_per_user: channel.slowmode,
    message_count: Math.max(0, thread.sent),
    total_message_sent: thread.sent,
    member_count: thread.members.size,
    applied_tags: [...thread.appliedTags],
    thread_metadata: {
      archived: thread.archived,
      archive_timestamp: thread.archivedAt.toISOString(),
      auto_archive_duration: thread.autoArchiveMinutes,
      locked: thread.locked,
      create_timestamp: thread.createdAt.toISOString(),
      ...(channel.type === ChannelType.PrivateThread ? { invitable: thread.invitable } : {}),
    },
  };
}

/** A membership of a thread, as Discord writes it. */
export function threadMemberJson(channel: Channel, userId: string) {
  const joined = channel.thread?.members.get(userId) ?? channel.thread?.createdAt ?? new Date(0);
  return { id: channel.id, user_id: userId, join_timestamp: joined.toISOString(), flags: 0 };
}
