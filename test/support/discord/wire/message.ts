import { InteractionType, MessageType } from 'discord-api-types/v10';

import type { Attachment, Channel, InteractionRef, Message } from '../state/shapes.ts';
import { findMessage } from '../state/world.ts';
import type { World } from '../state/world.ts';
import { channelJson } from './channel.ts';
import { bareMemberJson, userById, userJson } from './user.ts';

/** A message, as Discord writes it. Without the content when the bot's switch for it is off and no exception holds. */
export function messageJson(world: World, message: Message, seesContent = true): MessageJson {
  const readable = seesContent || isAlwaysReadable(world, message);
  return {
    ...basicJson(world, message, readable),
    ...(message.replyTo === null ? {} : { referenced_message: repliedTo(world, message, seesContent) }),
  };
}

type MessageJson = ReturnType<typeof basicJson> & { readonly referenced_message?: unknown };

function basicJson(world: World, message: Message, readable: boolean) {
  return {
    id: message.id,
    channel_id: message.channelId,
    type: message.type,
    author: userJson(userById(world, message.authorId)),
    timestamp: message.createdAt.toISOString(),
    edited_timestamp: message.editedAt?.toISOString() ?? null,
    content: readable ? message.content : '',
    embeds: readable ? message.embeds : [],
    components: readable ? message.components : [],
    attachments: readable ? message.attachments.map((one) => attachmentJson(world, message, one)) : [],
    flags: message.flags,
    tts: false,
    pinned: message.pinnedAt !== null,
    mention_everyone: message.mentionsEveryone,
    mentions: message.mentions.map((id) => userJson(userById(world, id))),
    mention_roles: [...message.mentionRoles],
    ...(message.reactions.size === 0 ? {} : { reactions: reactionsJson(world, message) }),
    ...(message.nonce === null ? {} : { nonce: message.nonce }),
    ...(message.replyTo === null ? {} : { message_reference: referenceJson(world, message.replyTo) }),
    ...(message.interaction === null ? {} : answeredJson(world, message.interaction)),
    ...threadOf(world, message),
  };
}

function isAlwaysReadable(world: World, message: Message): boolean {
  const isDirect = world.channels.get(message.channelId)?.guildId === null;
  return isDirect || message.authorId === world.bot.id || message.mentions.includes(world.bot.id);
}

function repliedTo(world: World, { replyTo }: Message, seesContent: boolean) {
  const target = replyTo === null ? undefined : findMessage(world, replyTo.channelId, replyTo.messageId);
  if (target === undefined) return null;
  return basicJson(world, target, seesContent || isAlwaysReadable(world, target));
}

function referenceJson(world: World, to: { readonly channelId: string; readonly messageId: string }) {
  const guildId = world.channels.get(to.channelId)?.guildId ?? null;
  return {
    type: 0,
    channel_id: to.channelId,
    message_id: to.messageId,
    ...(guildId === null ? {} : { guild_id: guildId }),
  };
}

function attachmentJson(world: World, message: Message, one: Attachment) {
  const url = `${world.url}/attachments/${message.channelId}/${one.id}/${encodeURIComponent(one.filename)}`;
  return {
    id: one.id,
    filename: one.filename,
    size: one.size,
    url,
    proxy_url: url,
    content_type: one.contentType,
    ...(one.description === null ? {} : { description: one.description }),
    ...(message.ephemeralTo === null ? {} : { ephemeral: true }),
  };
}

function reactionsJson(world: World, { reactions }: Message) {
  return [...reactions].map(([emoji, people]) => ({
    emoji: { id: null, name: emoji },
    count: people.size,
    count_details: { burst: 0, normal: people.size },
    burst_colors: [],
    me_burst: false,
    burst_me: false,
    burst_count: 0,
    me: people.has(world.bot.id),
  }));
}

function answeredJson(world: World, interaction: InteractionRef) {
  const user = userJson(userById(world, interaction.userId));
  const owners = { '0': world.guild.id };
  const command = {
    id: interaction.id,
    type: InteractionType.ApplicationCommand,
    user,
    authorizing_integration_owners: owners,
  };
  const byType: Partial<Record<InteractionType, object>> = {
    [InteractionType.ApplicationCommand]: command,
    [InteractionType.MessageComponent]: {
      ...command,
      type: InteractionType.MessageComponent,
      interacted_message_id: interaction.messageId ?? interaction.id,
    },
    [InteractionType.ModalSubmit]: {
      ...command,
      type: InteractionType.ModalSubmit,
      triggering_interaction_metadata: command,
    },
  };
  return {
    application_id: world.application.id,
    webhook_id: world.application.id,
    interaction_metadata: byType[interaction.type] ?? command,
    ...(interaction.name === null
      ? {}
      : { interaction: { id: interaction.id, type: interaction.type, name: interaction.name, user } }),
  };
}

function threadOf(world: World, { threadId }: Message) {
  const thread = threadId === null ? undefined : world.channels.get(threadId);
  return thread === undefined ? {} : { thread: channelJson(world, thread) };
}

/** What the gateway adds to a message of the guild: where it is, and its author's membership. */
export function messageEventJson(world: World, message: Message, seesContent: boolean) {
  const channel = world.channels.get(message.channelId);
  const member = world.guild.members.get(message.authorId);
  return {
    ...messageJson(world, message, seesContent),
    ...whereOf(channel),
    ...(channel?.guildId && member ? { member: bareMemberJson(member) } : {}),
  };
}

/** The guild id that the gateway writes beside what happened in a guild. */
export function whereOf(channel: Channel | undefined): { readonly guild_id?: string } {
  return channel?.guildId ? { guild_id: channel.guildId } : {};
}

/** True for what people and bots wrote themselves, against what Discord says in a channel. */
export function isWritten({ type }: Message): boolean {
  const written = [
    MessageType.Default,
    MessageType.Reply,
    MessageType.ChatInputCommand,
    MessageType.ContextMenuCommand,
  ];
  return written.includes(type);
}
