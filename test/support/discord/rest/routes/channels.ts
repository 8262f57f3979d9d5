import { ChannelType } from 'discord-api-types/v10';

import { canSee, demand, demandInGuild } from '../../permissions.ts';
import { invalidForm, refusal } from '../../refusal.ts';
import { guildChannels, newChannel } from '../../state/channels.ts';
import { tellOfChannel } from '../../state/messages.ts';
import type { Channel, Fields, Tag } from '../../state/shapes.ts';
import type { World } from '../../state/world.ts';
import { channelJson } from '../../wire/channel.ts';
import { ChannelChangesBody, NewChannelBody, OverwriteBody } from '../bodies/channel.ts';
import { channelOf, inGuild, seenChannelOf } from '../lookups.ts';
import { overwriteOf, overwritesOf } from '../overwrites.ts';
import { NOTHING, bodied, created, ok, route } from '../route.ts';
import type { Answer, Asked } from '../route.ts';
import { changeThread } from '../thread-changes.ts';

const MOST_CHANNELS = 500;
const MOST_IN_CATEGORY = 50;

/** Channels of the guild: list, make, change, delete, and who may see them. */
export const channelRoutes = [
  route('GET /guilds/{guild_id}/channels', (asked) => {
    inGuild(asked);
    return ok(guildChannels(asked.world).map((one) => channelJson(asked.world, one)));
  }),
  bodied('POST /guilds/{guild_id}/channels', NewChannelBody, make),
  route('GET /channels/{channel_id}', (asked) => ok(channelJson(asked.world, seenChannelOf(asked)))),
  bodied('PATCH /channels/{channel_id}', ChannelChangesBody, change),
  route('DELETE /channels/{channel_id}', (asked) => {
    const channel = seenChannelOf(asked);
    const json = channelJson(asked.world, channel);
    demand(asked.world, channel, channel.thread === null ? 'ManageChannels' : 'ManageThreads');
    deleteChannel(asked.world, channel);
    return ok(json);
  }),
  bodied('PUT /channels/{channel_id}/permissions/{overwrite_id}', OverwriteBody, (asked, body) => {
    const { world, param } = asked;
    const channel = seenChannelOf(asked);
    if (channel.thread !== null || channel.guildId === null) throw refusal(50024);
    demand(world, channel, 'ManageRoles');
    const made = overwriteOf(world, { ...body, id: param('overwrite_id') });
    const others = channel.overwrites.filter(({ id }) => id !== made.id);
    if (others.length >= 1000) throw refusal(30060);
    channel.overwrites = [...others, made];
    tellOfChannel(world, channel, 'UPDATE');
    return NOTHING;
  }),
  route('DELETE /channels/{channel_id}/permissions/{overwrite_id}', (asked) => {
    const channel = seenChannelOf(asked);
    demand(asked.world, channel, 'ManageRoles');
    const left = channel.overwrites.filter(({ id }) => id !== asked.param('overwrite_id'));
    if (left.length === channel.overwrites.length) throw refusal(10009);
    channel.overwrites = left;
    tellOfChannel(asked.world, channel, 'UPDATE');
    return NOTHING;
  }),
];

function make(asked: Asked, body: NewChannelBody): Answer {
  const { world } = asked;
  inGuild(asked);
  demandInGuild(world, 'ManageChannels');
  if (body.permission_overwrites?.length) demandInGuild(world, 'ManageRoles');
  if (guildChannels(world).length >= MOST_CHANNELS) throw refusal(30013);
  const parent = parentOf(world, body.parent_id ?? null);
  const type = body.type ?? ChannelType.GuildText;
  const channel = newChannel(world, {
    type,
    name: type === ChannelType.GuildText ? textName(body.name) : body.name,
    topic: body.topic ?? null,
    parentId: parent?.id ?? null,
    nsfw: body.nsfw ?? false,
    slowmode: body.rate_limit_per_user ?? 0,
    // A channel without overwrites of its own takes those of its category.
    overwrites: body.permission_overwrites
      ? overwritesOf(world, body.permission_overwrites)
      : [...(parent?.overwrites ?? [])],
    tags: tagsOf(world, body.available_tags ?? []),
    rest: restOf(body),
    ...(body.position == null ? {} : { position: body.position }),
  });
  tellOfChannel(world, channel, 'CREATE');
  return created(channelJson(world, channel));
}

function parentOf(world: World, id: string | null): Channel | null {
  if (id === null) return null;
  const parent = world.channels.get(id);
  const path = ['parent_id'];
  if (parent?.type !== ChannelType.GuildCategory)
    throw invalidForm([{ path, code: 'CHANNEL_PARENT_INVALID', message: 'Category does not exist' }]);
  const inside = guildChannels(world).filter(({ parentId }) => parentId === id).length;
  if (inside < MOST_IN_CATEGORY) return parent;
  const message = 'Maximum number of channels in category reached (50)';
  throw invalidForm([{ path, code: 'CHANNEL_PARENT_MAX_CHANNELS', message }]);
}

/** What Discord makes of the name of a text channel. */
function textName(name: string): string {
  return name.trim().toLowerCase().replaceAll(/\s+/g, '-').replaceAll(/-{2,}/g, '-');
}

function tagsOf(world: World, said: NonNullable<NewChannelBody['available_tags']>): Tag[] {
  if (new Set(said.map(({ name }) => name.toLowerCase())).size < said.length) throw refusal(40061);
  return said.map((one) => ({
    id: one.id ?? world.newId(),
    name: one.name,
    moderated: one.moderated ?? false,
    emojiId: one.emoji_id ?? null,
    emojiName: one.emoji_name ?? null,
  }));
}

function restOf(body: ChannelChangesBody | NewChannelBody): Fields {
  const { bitrate, user_limit, rtc_region, video_quality_mode, flags } = body;
  const { default_auto_archive_duration, default_thread_rate_limit_per_user } = body;
  const { default_reaction_emoji, default_sort_order, default_forum_layout } = body;
  const said = {
    bitrate,
    user_limit,
    rtc_region,
    video_quality_mode,
    flags,
    default_auto_archive_duration,
    default_thread_rate_limit_per_user,
    default_reaction_emoji,
    default_sort_order,
    default_forum_layout,
  };
  return Object.fromEntries(
    Object.entries(said).filter(([, value]) => value !== undefined && value !== null),
  );
}

function change(asked: Asked, body: ChannelChangesBody): Answer {
  const { world } = asked;
  const channel = channelOf(asked);
  if (channel.guildId === null) throw refusal(50003);
  if (!canSee(world, channel, world.bot.id)) throw refusal(50001);
  if (channel.thread === null) changeChannel(world, channel, body);
  else changeThread(world, channel, body);
  tellOfChannel(world, channel, 'UPDATE');
  return ok(channelJson(world, channel));
}

function changeChannel(world: World, channel: Channel, body: ChannelChangesBody): void {
  demand(world, channel, 'ManageChannels');
  if (body.permission_overwrites !== undefined) demand(world, channel, 'ManageRoles');
  if ((body.topic ?? '').length > 1024 && channel.type !== ChannelType.GuildForum)
    throw invalidForm([
      { path: ['topic'], code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 1024 or fewer in length.' },
    ]);
  const isMoved = body.parent_id !== undefined && body.parent_id !== channel.parentId;
  const parent = isMoved ? parentOf(world, body.parent_id ?? null) : null;
  const overwrites = body.permission_overwrites ? overwritesOf(world, body.permission_overwrites) : null;
  if (isMoved) channel.parentId = parent?.id ?? null;
  if (isMoved && body.lock_permissions && parent) channel.overwrites = [...parent.overwrites];
  if (overwrites) channel.overwrites = overwrites;
  if (body.name) channel.name = channel.type === ChannelType.GuildText ? textName(body.name) : body.name;
  if (body.topic !== undefined) channel.topic = body.topic;
  channel.position = body.position ?? channel.position;
  channel.nsfw = body.nsfw ?? channel.nsfw;
  channel.slowmode = body.rate_limit_per_user ?? channel.slowmode;
  if (body.available_tags) channel.tags = tagsOf(world, body.available_tags);
  channel.rest = { ...channel.rest, ...restOf(body) };
}

/** Takes a channel away with its threads; what stood in a category stays, without one. */
export function deleteChannel(world: World, channel: Channel): void {
  const below = [...world.channels.values()].filter(({ parentId }) => parentId === channel.id);
  for (const one of below) {
    if (one.thread === null) one.parentId = null;
    else world.channels.delete(one.id);
  }
  world.channels.delete(channel.id);
  tellOfChannel(world, channel, 'DELETE');
}
