import { ChannelType, Routes } from 'discord.js';
import { z } from 'zod';
import type { Answer, Room, RoomSpec } from '../../platform.ts';
import { answerOf } from '../api.ts';
import { no, yes } from '../parts.ts';
import type { Channel } from '../shapes.ts';
import { Channel as ChannelShape } from '../shapes.ts';
import { roomyCategory } from './categories.ts';
import { completeTags, tagIds, tagNames } from './forum-tags.ts';
import type { RoomParts } from './room-parts.ts';
import { carries, channelNameOf, markerOf, nameOf, threadNameOf, TOPIC } from './names.ts';

/** A week: the longest that Discord leaves a post open by itself. */
const OPEN_MINUTES = 10_080;

/** A post of the forum, for mild incidents and for servers that are full: posts do not count among the channels. */
export async function makePost(
  spec: RoomSpec,
  channels: readonly Channel[],
  parts: RoomParts,
): Promise<Answer<Room>> {
  const forum = await findOrMakeForum(spec, channels, parts);
  if (!forum.ok) return forum;
  const marker = markerOf(await parts.mark(), spec.key);
  const made = await parts.apis.house.call(
    {
      method: 'POST',
      route: Routes.threads(forum.value.id),
      body: {
        name: threadNameOf(spec),
        auto_archive_duration: OPEN_MINUTES,
        applied_tags: tagIds(spec.tags ?? [], forum.value),
        message: {
          content: `${TOPIC}\n-# ${marker}`,
          allowed_mentions: { parse: [] },
        },
      },
      reason: `Room of ${spec.key}`,
    },
    ChannelShape,
  );
  if (made.ok) return yes({ roomId: made.value.id, name: nameOf(made.value) });
  if (!made.failure.ambiguous) return answerOf(made);
  const found = await findPost(marker, channels, parts);
  return found.ok && found.value !== null ? yes(found.value) : answerOf(made);
}

function forumIn(channels: readonly Channel[], name: string): Channel | undefined {
  return channels.find(
    (channel) => channel.type === ChannelType.GuildForum && channelNameOf(nameOf(channel)) === name,
  );
}

function forumName({ settings }: RoomParts): string {
  return channelNameOf(settings.forum?.name ?? 'incident-reports');
}

async function findOrMakeForum(
  { tags = [] }: RoomSpec,
  channels: readonly Channel[],
  parts: RoomParts,
): Promise<Answer<Channel>> {
  const name = forumName(parts);
  const there = forumIn(channels, name);
  const known = tagNames(tags, parts);
  if (there) return yes(await completeTags(there, known, parts));
  const category = await roomyCategory(parts.settings.category, channels, parts);
  if (!category.ok) return category;
  return answerOf(
    await parts.apis.house.call(
      {
        method: 'POST',
        route: Routes.guildChannels(parts.settings.guild),
        body: {
          name,
          type: ChannelType.GuildForum,
          parent_id: category.value,
          topic: 'One post per incident, opened by Firebell.',
          available_tags: known.map((tag) => ({ name: tag })),
        },
      },
      ChannelShape,
    ),
  );
}

const Threads = z.object({ threads: z.array(ChannelShape) });
const Said = z.object({ content: z.string().optional() });

/** The post that an earlier try made, by the marker in its first message; null when there is none. */
export async function findPost(
  marker: string,
  channels: readonly Channel[],
  parts: RoomParts,
): Promise<Answer<Room | null>> {
  const forum = forumIn(channels, forumName(parts));
  if (forum === undefined) return yes(null);
  const me = await parts.guild.me();
  if (!me.ok) return me;
  const { house } = parts.apis;
  const active = await house.call(
    { method: 'GET', route: Routes.guildActiveThreads(parts.settings.guild) },
    Threads,
  );
  if (!active.ok) return answerOf(active);
  const ours = active.value.threads.filter(
    ({ parent_id, owner_id }) => parent_id === forum.id && owner_id === me.value.id,
  );
  for (const thread of ours) {
    // The first message of a post has its id.
    const first = await house.call(
      { method: 'GET', route: Routes.channelMessage(thread.id, thread.id) },
      Said,
    );
    if (first.ok && carries(first.value.content, marker))
      return yes({ roomId: thread.id, name: nameOf(thread) });
    if (!first.ok && first.failure.kind === 'temporary') return no('temporary', first.failure.reason);
  }
  return yes(null);
}
