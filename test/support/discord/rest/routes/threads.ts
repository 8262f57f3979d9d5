import { ChannelType, MessageType } from 'discord-api-types/v10';

import { canSee, demand } from '../../permissions.ts';
import { invalidForm, refusal } from '../../refusal.ts';
import { newChannel, newThread } from '../../state/channels.ts';
import { changeMessage, postMessage, tellOfChannel } from '../../state/messages.ts';
import type { Channel } from '../../state/shapes.ts';
import type { World } from '../../state/world.ts';
import { channelJson, threadMemberJson } from '../../wire/channel.ts';
import { messageJson } from '../../wire/message.ts';
import { ThreadBody } from '../bodies/channel.ts';
import { MessageBody } from '../bodies/message.ts';
import { parseBody } from '../body.ts';
import { inGuild, messageOf, seenChannelOf } from '../lookups.ts';
import { NOTHING, bodied, created, ok, route } from '../route.ts';
import type { Answer, Asked } from '../route.ts';
import { draftOf } from '../sent-message.ts';

/** Threads: from a message, without one, posts of a forum, who is in them, and which there are. */
export const threadRoutes = [
  bodied('POST /channels/{channel_id}/messages/{message_id}/threads', ThreadBody, fromMessage),
  bodied('POST /channels/{channel_id}/threads', ThreadBody, (asked, body) => {
    const channel = seenChannelOf(asked);
    return channel.type === ChannelType.GuildForum ? post(asked, channel, body) : plain(asked, channel, body);
  }),
  route('PUT /channels/{channel_id}/thread-members/{user_id}', (asked) => setMember(asked, true)),
  route('DELETE /channels/{channel_id}/thread-members/{user_id}', (asked) => setMember(asked, false)),
  route('GET /channels/{channel_id}/thread-members', (asked) => {
    const thread = seenChannelOf(asked);
    return ok([...(thread.thread?.members.keys() ?? [])].map((id) => threadMemberJson(thread, id)));
  }),
  route('GET /guilds/{guild_id}/threads/active', (asked) => {
    inGuild(asked);
    const threads = threadsOf(asked.world).filter(({ thread }) => !thread?.archived);
    return ok(threadList(asked.world, threads));
  }),
  route('GET /channels/{channel_id}/threads/archived/public', (asked) =>
    archived(asked, ChannelType.PublicThread),
  ),
  route('GET /channels/{channel_id}/threads/archived/private', (asked) => {
    demand(asked.world, seenChannelOf(asked), 'ManageThreads');
    return archived(asked, ChannelType.PrivateThread);
  }),
];

interface Start {
  readonly parent: Channel;
  readonly body: ThreadBody;
  readonly type: ChannelType;
  readonly id?: string;
}

function start(world: World, { parent, body, type, id }: Start): Channel {
  const duration = body.auto_archive_duration;
  const thread = newChannel(world, {
    type,
    name: body.name,
    parentId: parent.id,
    slowmode: body.rate_limit_per_user ?? 0,
    ...(id === undefined ? {} : { id }),
    thread: newThread(world, {
      ownerId: world.bot.id,
      invitable: body.invitable ?? true,
      ...(duration == null ? {} : { autoArchiveMinutes: duration }),
    }),
  });
  tellOfChannel(world, thread, 'CREATE');
  return thread;
}

function fromMessage(asked: Asked, body: ThreadBody): Answer {
  const { world } = asked;
  const parent = seenChannelOf(asked);
  const message = messageOf(asked, parent);
  if (parent.thread !== null || parent.guildId === null) throw refusal(50024);
  demand(world, parent, 'CreatePublicThreads', 'ReadMessageHistory');
  // A thread has the id of its message: there can be only one.
  if (world.channels.has(message.id)) throw refusal(160004);
  const thread = start(world, { parent, body, type: ChannelType.PublicThread, id: message.id });
  changeMessage(world, message, { threadId: thread.id, flags: message.flags | (1 << 5) });
  return created(channelJson(world, thread));
}

function plain(asked: Asked, parent: Channel, body: ThreadBody): Answer {
  const { world } = asked;
  if (parent.type !== ChannelType.GuildText && parent.type !== ChannelType.GuildAnnouncement)
    throw refusal(50024);
  const type = body.type ?? ChannelType.PrivateThread;
  demand(world, parent, type === ChannelType.PrivateThread ? 'CreatePrivateThreads' : 'CreatePublicThreads');
  const thread = start(world, { parent, body, type });
  if (type === ChannelType.PublicThread)
    postMessage(world, parent, {
      authorId: world.bot.id,
      type: MessageType.ThreadCreated,
      content: body.name,
    });
  return created({ ...channelJson(world, thread), member: threadMemberJson(thread, world.bot.id) });
}

function post(asked: Asked, forum: Channel, body: ThreadBody): Answer {
  const { world, files } = asked;
  demand(world, forum, 'SendMessages');
  if (!body.message)
    throw invalidForm([{ path: ['message'], code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }]);
  const tags = body.applied_tags ?? [];
  if (!tags.every((id) => forum.tags.some((tag) => tag.id === id)))
    throw invalidForm([{ path: ['applied_tags'], code: 'THREAD_TAG_INVALID', message: 'Invalid tag' }]);
  const draft = draftOf(world, forum, {
    body: parseBody(MessageBody, body.message),
    files,
    authorId: world.bot.id,
  });
  const thread = start(world, { parent: forum, body, type: ChannelType.PublicThread });
  if (thread.thread) thread.thread.appliedTags = tags;
  // The first message of a post has the post's id.
  const message = postMessage(world, thread, { ...draft, id: thread.id });
  return created({
    ...channelJson(world, thread),
    member: threadMemberJson(thread, world.bot.id),
    message: messageJson(world, message),
  });
}

function setMember(asked: Asked, isIn: boolean): Answer {
  const { world, param } = asked;
  const channel = seenChannelOf(asked);
  const { thread } = channel;
  if (thread === null) throw refusal(50024);
  if (thread.archived) throw refusal(50083);
  const id = param('user_id') === '@me' ? world.bot.id : param('user_id');
  if (!world.guild.members.has(id)) throw refusal(10007);
  if (!isIn && id !== world.bot.id) demand(world, channel, 'ManageThreads');
  if (isIn) thread.members.set(id, thread.members.get(id) ?? world.clock.now());
  else thread.members.delete(id);
  tellOfChannel(world, channel, 'UPDATE');
  return NOTHING;
}

function threadsOf(world: World): readonly Channel[] {
  return [...world.channels.values()].filter(
    (one) => one.thread !== null && canSee(world, one, world.bot.id),
  );
}

function threadList(world: World, threads: readonly Channel[]) {
  const mine = threads.filter(({ thread }) => thread?.members.has(world.bot.id));
  return {
    threads: threads.map((one) => channelJson(world, one)),
    members: mine.map((one) => threadMemberJson(one, world.bot.id)),
    has_more: false,
  };
}

function archived(asked: Asked, type: ChannelType): Answer {
  const parent = seenChannelOf(asked);
  const threads = threadsOf(asked.world).filter(
    (one) => one.parentId === parent.id && one.type === type && one.thread?.archived,
  );
  return ok(threadList(asked.world, threads));
}
