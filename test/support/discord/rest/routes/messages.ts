import { ChannelType, MessageType, PermissionFlagsBits } from 'discord-api-types/v10';

import { channelPermissions, demand } from '../../permissions.ts';
import { invalidForm, limited, refusal } from '../../refusal.ts';
import { changeMessage, postMessage, removeMessage } from '../../state/messages.ts';
import type { Channel, Message } from '../../state/shapes.ts';
import type { World } from '../../state/world.ts';
import { isWritten, messageJson } from '../../wire/message.ts';
import { MessageBody } from '../bodies/message.ts';
import { messageOf, seenChannelOf } from '../lookups.ts';
import { NOTHING, bodied, ok, route } from '../route.ts';
import type { Answer, Asked } from '../route.ts';
import { changesOf, draftOf } from '../sent-message.ts';

const NONCE_MS = 3 * 60_000;
const HOUR_MS = 60 * 60_000;
const OLD_EDITS = 5;
const WORDLESS: readonly ChannelType[] = [
  ChannelType.GuildCategory,
  ChannelType.GuildForum,
  ChannelType.GuildMedia,
];

/** Messages of a channel: read, send, edit, delete. */
export const messageRoutes = [
  route('GET /channels/{channel_id}/messages', list),
  route('GET /channels/{channel_id}/messages/{message_id}', (asked) => {
    const channel = seenChannelOf(asked);
    demand(asked.world, channel, 'ReadMessageHistory');
    return ok(seenJson(asked.world, messageOf(asked, channel)));
  }),
  bodied('POST /channels/{channel_id}/messages', MessageBody, send),
  bodied('PATCH /channels/{channel_id}/messages/{message_id}', MessageBody, edit),
  route('DELETE /channels/{channel_id}/messages/{message_id}', (asked) => {
    const channel = seenChannelOf(asked);
    const message = messageOf(asked, channel);
    if (message.authorId !== asked.world.bot.id) demand(asked.world, channel, 'ManageMessages');
    removeMessage(asked.world, message);
    return NOTHING;
  }),
  route('POST /channels/{channel_id}/typing', (asked) => {
    demand(asked.world, seenChannelOf(asked), 'SendMessages');
    return NOTHING;
  }),
];

/** The message as REST shows it to a bot whose switch for message content may be off. */
function seenJson(world: World, message: Message) {
  return messageJson(world, message, world.application.intents.messageContent);
}

function list(asked: Asked): Answer {
  const { world, query } = asked;
  const channel = seenChannelOf(asked);
  const allowed = channelPermissions(world, channel, world.bot.id);
  if ((allowed & PermissionFlagsBits.ReadMessageHistory) === 0n) return ok([]);
  const limit = Number(query.get('limit') ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw invalidForm([
      { path: ['limit'], code: 'NUMBER_TYPE_MAX', message: 'int value should be between 1 and 100.' },
    ]);
  const newestFirst = [...channel.messages.values()].reverse();
  return ok(page(newestFirst, query, limit).map((message) => seenJson(world, message)));
}

function page(newestFirst: readonly Message[], query: URLSearchParams, limit: number): readonly Message[] {
  const [after, before, around] = ['after', 'before', 'around'].map((name) => query.get(name));
  const isLater = (one: Message, id: string): boolean => BigInt(one.id) > BigInt(id);
  if (after) return newestFirst.filter((one) => isLater(one, after)).slice(-limit);
  if (before) return newestFirst.filter((one) => BigInt(one.id) < BigInt(before)).slice(0, limit);
  if (!around) return newestFirst.slice(0, limit);
  const half = Math.floor(limit / 2);
  const later = newestFirst.filter((one) => isLater(one, around));
  return [...later.slice(-half), ...newestFirst.filter((one) => !later.includes(one)).slice(0, limit - half)];
}

function send(asked: Asked, body: MessageBody): Answer {
  const { world, files } = asked;
  const channel = seenChannelOf(asked);
  if (WORDLESS.includes(channel.type)) throw refusal(50008);
  demand(world, channel, channel.thread === null ? 'SendMessages' : 'SendMessagesInThreads');
  if (body.embeds?.length) demand(world, channel, 'EmbedLinks');
  if (files.length > 0) demand(world, channel, 'AttachFiles');
  if (channel.thread?.locked) demand(world, channel, 'ManageThreads');
  checkRecipient(world, channel);
  const known = saidBefore(asked, channel, body);
  if (known !== null) return ok(messageJson(world, known));
  const draft = draftOf(world, channel, { body, files, authorId: world.bot.id });
  const message = postMessage(world, channel, {
    ...draft,
    ...replyOf(asked, channel, body),
    nonce: body.nonce ?? null,
  });
  if (body.nonce != null)
    world.nonces.set(nonceKey(channel, body.nonce), { messageId: message.id, at: world.clock.now() });
  return ok(messageJson(world, message));
}

function checkRecipient(world: World, channel: Channel): void {
  if (channel.guildId !== null) return;
  const people = channel.recipients.map((id) => world.users.get(id));
  if (!people.every((one) => one && world.guild.members.has(one.id))) throw refusal(50278);
  if (!people.every((one) => one?.takesDms)) throw refusal(50007);
}

function nonceKey(channel: Channel, nonce: string | number): string {
  return `${channel.id} ${nonce}`;
}

/** The message that the same nonce brought a few minutes ago; 10008 when it was deleted since. */
function saidBefore({ world }: Asked, channel: Channel, { nonce, enforce_nonce: enforced }: MessageBody) {
  if (!enforced || nonce == null) return null;
  const known = world.nonces.get(nonceKey(channel, nonce));
  if (known === undefined || world.clock.now().getTime() - known.at.getTime() > NONCE_MS) return null;
  const message = channel.messages.get(known.messageId);
  if (message === undefined) throw refusal(10008);
  return message;
}

function replyOf({ world }: Asked, channel: Channel, { message_reference: to }: MessageBody) {
  if (!to) return {};
  demand(world, channel, 'ReadMessageHistory');
  const target = channel.messages.get(to.message_id);
  if (target !== undefined)
    return { type: MessageType.Reply, replyTo: { channelId: channel.id, messageId: target.id } };
  if (to.fail_if_not_exists === false) return {};
  throw invalidForm([
    {
      path: ['message_reference'],
      code: 'REPLIES_UNKNOWN_MESSAGE',
      message: 'Unknown message',
    },
  ]);
}

function edit(asked: Asked, body: MessageBody): Answer {
  const { world, files } = asked;
  const channel = seenChannelOf(asked);
  const message = messageOf(asked, channel);
  if (message.authorId !== world.bot.id) throw refusal(50005);
  if (!isWritten(message)) throw refusal(50021);
  if (channel.thread?.archived) throw refusal(50083);
  refuseOldEdits(world, message);
  const changes = changesOf(world, message, { body, files, authorId: world.bot.id });
  changeMessage(world, message, { ...changes, editedAt: world.clock.now() });
  return ok(messageJson(world, message));
}

const oldEdits = new WeakMap<Message, Date[]>();

/** Discord limits edits of messages that are older than an hour, and does not say to how many. */
function refuseOldEdits(world: World, message: Message): void {
  const now = world.clock.now();
  if (now.getTime() - message.createdAt.getTime() < HOUR_MS) return;
  const recent = (oldEdits.get(message) ?? []).filter((at) => now.getTime() - at.getTime() < HOUR_MS);
  const [first] = recent;
  if (recent.length >= OLD_EDITS && first !== undefined)
    throw limited(30046, HOUR_MS - (now.getTime() - first.getTime()));
  oldEdits.set(message, [...recent, now]);
}
