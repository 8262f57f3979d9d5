import { ChannelType } from 'discord-api-types/v10';

import { demand } from '../permissions.ts';
import { refusal } from '../refusal.ts';
import type { Channel } from '../state/shapes.ts';
import type { World } from '../state/world.ts';
import type { ChannelChangesBody } from './bodies/channel.ts';

/** Changes a thread: its owner may archive and rename, only who manages threads may lock. */
export function changeThread(world: World, channel: Channel, body: ChannelChangesBody): void {
  const { thread } = channel;
  if (thread === null) throw refusal(50024);
  const isOwner = thread.ownerId === world.bot.id;
  const onlyWakes = body.archived === false && Object.keys(body).length === 1;
  if (thread.archived && body.archived !== false) throw refusal(50083);
  if (body.locked != null || (thread.locked && !onlyWakes) || !isOwner)
    demand(world, channel, 'ManageThreads');
  if (body.archived != null && body.archived !== thread.archived) {
    thread.archived = body.archived;
    thread.archivedAt = world.clock.now();
  }
  thread.locked = body.locked ?? thread.locked;
  thread.invitable = body.invitable ?? thread.invitable;
  thread.autoArchiveMinutes = body.auto_archive_duration ?? thread.autoArchiveMinutes;
  if (body.applied_tags) thread.appliedTags = knownTags(world, channel, body.applied_tags);
  if (body.name) channel.name = body.name;
  channel.slowmode = body.rate_limit_per_user ?? channel.slowmode;
}

/** The tags, when the forum has all of them; only posts of a forum wear tags. */
export function knownTags(world: World, channel: Channel, ids: readonly string[]): readonly string[] {
  const forum = world.channels.get(channel.parentId ?? '');
  if (forum?.type !== ChannelType.GuildForum) throw refusal(50024);
  if (!ids.every((id) => forum.tags.some((tag) => tag.id === id))) throw refusal(50035);
  return ids;
}
