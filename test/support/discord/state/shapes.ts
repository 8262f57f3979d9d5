import type { ChannelType, InteractionType, MessageType } from 'discord-api-types/v10';

/** A JSON object of the wire whose fields nobody has looked at. */
export type Fields = Readonly<Record<string, unknown>>;

/** An account of a person or of a bot. */
export interface User {
  readonly id: string;
  readonly username: string;
  globalName: string | null;
  readonly isBot: boolean;
  /** False: a bot that writes to it gets 50007. */
  takesDms: boolean;
}

/** A role of the guild; its position decides the hierarchy. */
export interface Role {
  readonly id: string;
  name: string;
  permissions: bigint;
  position: number;
  color: number;
  hoist: boolean;
  mentionable: boolean;
  readonly managed: boolean;
  readonly botId: string | null;
}

/** Somebody who belongs to the guild. */
export interface Member {
  readonly userId: string;
  readonly joinedAt: Date;
  nick: string | null;
  readonly roles: Set<string>;
}

/** What a channel allows or denies to a role (type 0) or to a member (type 1). */
export interface Overwrite {
  readonly id: string;
  readonly type: 0 | 1;
  readonly allow: bigint;
  readonly deny: bigint;
}

/** A tag that posts of a forum may wear. */
export interface Tag {
  readonly id: string;
  readonly name: string;
  readonly moderated: boolean;
  readonly emojiId: string | null;
  readonly emojiName: string | null;
}

/** What only threads have. */
export interface ThreadState {
  readonly ownerId: string;
  readonly createdAt: Date;
  archived: boolean;
  archivedAt: Date;
  autoArchiveMinutes: number;
  locked: boolean;
  invitable: boolean;
  appliedTags: readonly string[];
  readonly members: Map<string, Date>;
  sent: number;
}

/** A channel of the guild, a thread, or a direct conversation. */
export interface Channel {
  readonly id: string;
  readonly type: ChannelType;
  /** Null for a direct conversation. */
  readonly guildId: string | null;
  name: string;
  topic: string | null;
  parentId: string | null;
  position: number;
  nsfw: boolean;
  slowmode: number;
  overwrites: Overwrite[];
  tags: Tag[];
  readonly thread: ThreadState | null;
  /** The people of a direct conversation, without the bot. */
  readonly recipients: readonly string[];
  readonly messages: Map<string, Message>;
  lastMessageId: string | null;
  lastPinAt: Date | null;
  /** What else a caller set and Discord only hands back (bitrate, user limit, flags and the like). */
  rest: Fields;
}

/** A file on a message. */
export interface Attachment {
  readonly id: string;
  readonly filename: string;
  readonly size: number;
  readonly contentType: string;
  readonly description: string | null;
  readonly bytes: Uint8Array;
}

/** Which interaction a message answers. */
export interface InteractionRef {
  readonly id: string;
  readonly type: InteractionType;
  readonly userId: string;
  readonly name: string | null;
  readonly messageId: string | null;
}

/** A message as it stands now. */
export interface Message {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  readonly type: MessageType;
  readonly createdAt: Date;
  content: string;
  embeds: readonly Fields[];
  components: readonly Fields[];
  attachments: readonly Attachment[];
  flags: number;
  editedAt: Date | null;
  readonly nonce: string | number | null;
  pinnedAt: Date | null;
  readonly reactions: Map<string, Set<string>>;
  mentions: readonly string[];
  mentionRoles: readonly string[];
  mentionsEveryone: boolean;
  readonly replyTo: { readonly channelId: string; readonly messageId: string } | null;
  readonly interaction: InteractionRef | null;
  /** Set when only this person sees it. */
  readonly ephemeralTo: string | null;
  threadId: string | null;
}
