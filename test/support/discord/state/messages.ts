import { ChannelType, GatewayIntentBits, MessageType } from 'discord-api-types/v10';

import { channelJson } from '../wire/channel.ts';
import { messageEventJson, whereOf } from '../wire/message.ts';
import type { Channel, Message } from './shapes.ts';
import type { World } from './world.ts';

/** What is known of a message before it stands in a channel. */
export type Draft = Partial<Omit<Message, 'channelId' | 'createdAt' | 'reactions'>> &
  Pick<Message, 'authorId'>;

/** A message that stands nowhere yet: an ephemeral one stays so. */
export function newMessage(world: World, channel: Channel, draft: Draft): Message {
  return {
    id: world.newId(),
    channelId: channel.id,
    type: MessageType.Default,
    createdAt: world.clock.now(),
    content: '',
    embeds: [],
    components: [],
    attachments: [],
    flags: 0,
    editedAt: null,
    nonce: null,
    pinnedAt: null,
    reactions: new Map(),
    mentions: [],
    mentionRoles: [],
    mentionsEveryone: false,
    replyTo: null,
    interaction: null,
    ephemeralTo: null,
    threadId: null,
    ...draft,
  };
}

/** Puts a message into its channel and tells those who listen there. Writing wakes an archived thread. */
export function postMessage(world: World, channel: Channel, draft: Draft): Message {
  const message = newMessage(world, channel, draft);
  channel.messages.set(message.id, message);
  channel.lastMessageId = message.id;
  if (channel.thread !== null) {
    channel.thread.sent += 1;
    if (channel.thread.archived && !channel.thread.locked) {
      channel.thread.archived = false;
      channel.thread.archivedAt = world.clock.now();
      tellOfChannel(world, channel, 'UPDATE');
    }
  }
  tellOfMessage(world, message, 'CREATE');
  return message;
}

/** Changes a message where it stands and tells those who listen there. */
export function changeMessage(world: World, message: Message, changes: Partial<Draft>): void {
  Object.assign(message, changes);
  if (message.ephemeralTo === null) tellOfMessage(world, message, 'UPDATE');
}

/** Takes a message away and tells those who listen there. */
export function removeMessage(world: World, message: Message): void {
  const channel = world.channels.get(message.channelId);
  channel?.messages.delete(message.id);
  if (message.ephemeralTo !== null || channel === undefined) return;
  world.tell({
    name: 'MESSAGE_DELETE',
    intents: messageIntent(channel),
    channel,
    data: () => ({ id: message.id, channel_id: channel.id, ...whereOf(channel) }),
  });
}

/** Pins a message or takes its pin away; whoever pins is named by a message of the system. */
export function pinMessage(world: World, message: Message, by: string | null): void {
  const channel = world.channels.get(message.channelId);
  if (channel === undefined) return;
  const isPinned = by !== null;
  const now = world.clock.now();
  changeMessage(world, message, { pinnedAt: isPinned ? now : null });
  if (isPinned) channel.lastPinAt = now;
  world.tell({
    name: 'CHANNEL_PINS_UPDATE',
    intents: channel.guildId === null ? GatewayIntentBits.DirectMessages : GatewayIntentBits.Guilds,
    channel,
    data: () => ({
      channel_id: channel.id,
      ...whereOf(channel),
      last_pin_timestamp: channel.lastPinAt?.toISOString() ?? null,
    }),
  });
  if (isPinned)
    postMessage(world, channel, {
      authorId: by,
      type: MessageType.ChannelPinnedMessage,
      replyTo: { channelId: channel.id, messageId: message.id },
    });
}

/** A moderator takes all reactions off a message, or all of one kind. */
export function clearReactions(world: World, message: Message, emoji?: string): void {
  if (emoji === undefined) message.reactions.clear();
  else message.reactions.delete(emoji);
  const channel = world.channels.get(message.channelId);
  if (channel === undefined) return;
  world.tell({
    name: emoji === undefined ? 'MESSAGE_REACTION_REMOVE_ALL' : 'MESSAGE_REACTION_REMOVE_EMOJI',
    intents: GatewayIntentBits.GuildMessageReactions,
    channel,
    data: () => ({
      channel_id: channel.id,
      guild_id: channel.guildId,
      message_id: message.id,
      ...(emoji !== undefined && { emoji: { id: null, name: emoji } }),
    }),
  });
}

/** Adds or takes away somebody's reaction, and tells when that changed anything. */
export function react(
  world: World,
  message: Message,
  { emoji, userId, isThere }: { readonly emoji: string; readonly userId: string; readonly isThere: boolean },
): void {
  const people = message.reactions.get(emoji) ?? new Set<string>();
  if (people.has(userId) === isThere) return;
  if (isThere) message.reactions.set(emoji, people.add(userId));
  else people.delete(userId);
  if (people.size === 0) message.reactions.delete(emoji);
  const channel = world.channels.get(message.channelId);
  if (channel === undefined) return;
  const isDirect = channel.guildId === null;
  world.tell({
    name: isThere ? 'MESSAGE_REACTION_ADD' : 'MESSAGE_REACTION_REMOVE',
    intents: isDirect ? GatewayIntentBits.DirectMessageReactions : GatewayIntentBits.GuildMessageReactions,
    channel,
    data: () => ({
      user_id: userId,
      channel_id: channel.id,
      message_id: message.id,
      message_author_id: message.authorId,
      emoji: { id: null, name: emoji },
      burst: false,
      type: 0,
      ...whereOf(channel),
    }),
  });
}

function messageIntent(channel: Channel): number {
  return channel.guildId === null ? GatewayIntentBits.DirectMessages : GatewayIntentBits.GuildMessages;
}

function tellOfMessage(world: World, message: Message, what: 'CREATE' | 'UPDATE'): void {
  const channel = world.channels.get(message.channelId);
  if (channel === undefined) return;
  world.tell({
    name: `MESSAGE_${what}`,
    intents: messageIntent(channel),
    channel,
    data: ({ seesContent }) => messageEventJson(world, message, seesContent),
  });
}

/** Tells of a channel or a thread that came, changed or went. */
export function tellOfChannel(world: World, channel: Channel, what: 'CREATE' | 'UPDATE' | 'DELETE'): void {
  const kind = channel.thread === null ? 'CHANNEL' : 'THREAD';
  world.tell({
    name: `${kind}_${what}`,
    intents: channel.type === ChannelType.DM ? GatewayIntentBits.DirectMessages : GatewayIntentBits.Guilds,
    ...(channel.thread === null ? {} : { channel }),
    data: () => ({
      ...channelJson(world, channel),
      ...(kind === 'THREAD' && what === 'CREATE' ? { newly_created: true } : {}),
    }),
  });
}
