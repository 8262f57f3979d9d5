import { PermissionFlagsBits } from 'discord-api-types/v10';

import { canSee, channelPermissions } from '../permissions.ts';
import type { PermissionName } from '../permissions.ts';
import { mentionsOf } from '../state/mentions.ts';
import {
  changeMessage,
  clearReactions,
  pinMessage,
  postMessage,
  react,
  removeMessage,
} from '../state/messages.ts';
import { tellOfMember } from '../state/membership.ts';
import type { Channel, Message, User } from '../state/shapes.ts';
import { dmWith } from '../state/channels.ts';
import type { World } from '../state/world.ts';
import { messageJson } from '../wire/message.ts';
import { placeFor, typeOption, useCommand, useOnMessage, useOnPerson } from './asking.ts';
import type { Typing, Use } from './asking.ts';
import { chooseIn, clickButton, messageFor, submitForm } from './pressing.ts';
import type { FormValues } from './pressing.ts';
import type { Form, Seen } from './seen.ts';

/** A message as a person sees it. */
export type SeenMessage = ReturnType<typeof messageJson>;

/** Anything that has the id of a message. */
export type MessageRef = Pick<SeenMessage, 'id'>;

/** Where somebody writes, and to what. */
export interface Saying {
  readonly channel?: string;
  readonly replyTo?: MessageRef;
  readonly files?: readonly { readonly name: string; readonly bytes: Uint8Array; readonly type?: string }[];
}

/** Somebody in the guild, with hands and eyes. Whatever a client would not let them do is an error. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly uses: (line: string, use?: Use) => Promise<Seen>;
  readonly autocompletes: (line: string, typing: Typing) => Promise<Seen>;
  readonly usesOnMessage: (name: string, message: MessageRef, waitMs?: number) => Promise<Seen>;
  readonly usesOnPerson: (name: string, person: { readonly id: string }, use?: Use) => Promise<Seen>;
  readonly clicks: (message: MessageRef, button: string, waitMs?: number) => Promise<Seen>;
  readonly selects: (
    message: MessageRef,
    select: string,
    values: readonly string[],
    waitMs?: number,
  ) => Promise<Seen>;
  readonly submits: (form: Form, values: FormValues, waitMs?: number) => Promise<Seen>;
  readonly says: (text: string, saying?: Saying) => SeenMessage;
  readonly edits: (message: MessageRef, text: string) => void;
  readonly deletes: (message: MessageRef) => void;
  readonly pins: (message: MessageRef) => void;
  readonly unpins: (message: MessageRef) => void;
  readonly reacts: (message: MessageRef, emoji: string) => void;
  readonly unreacts: (message: MessageRef, emoji: string) => void;
  /** Takes everybody's reactions off, or those of one kind: who may manage messages may. */
  readonly clearsReactions: (message: MessageRef, emoji?: string) => void;
  /** What stands in a channel now, oldest first. */
  readonly reads: (channel?: string) => readonly SeenMessage[];
  /** What stands in the conversation with the bot, oldest first. */
  readonly directMessages: () => readonly SeenMessage[];
  /** True when the person sees the channel in the list. */
  readonly sees: (channel: Pick<Channel, 'id'>) => boolean;
  /** False: the bot cannot write to them any more. */
  readonly takesDms: (takes: boolean) => void;
  readonly leaves: () => void;
  readonly joins: () => void;
  readonly roles: () => readonly string[];
}

/** The hands and eyes of an account. */
export function personOf(world: World, user: User): Person {
  const { id } = user;
  const find = (message: MessageRef): Message => messageFor(world, id, message.id);
  const read = (channel: Channel): readonly SeenMessage[] =>
    [...channel.messages.values()].map((one) => messageJson(world, one));
  return {
    id,
    name: user.username,
    uses: (line, use = {}) => useCommand(world, id, line, use),
    autocompletes: (line, typing) => typeOption(world, id, line, typing),
    usesOnMessage: (name, message, waitMs) =>
      useOnMessage(world, id, { name, messageId: message.id, waitMs }),
    usesOnPerson: (name, person, use = {}) => useOnPerson(world, id, { ...use, name, targetId: person.id }),
    clicks: (message, component, waitMs) =>
      clickButton(world, id, { messageId: message.id, component, waitMs }),
    selects: (message, component, values, waitMs) =>
      chooseIn(world, id, { messageId: message.id, component, values, waitMs }),
    submits: (form, values, waitMs) => submitForm(world, form, { values, waitMs }),
    says: (text, saying = {}) => messageJson(world, say(world, id, { text, ...saying })),
    edits: (ref, text) => {
      const message = find(ref);
      if (message.authorId !== id) throw new Error('Only their author edits a message');
      changeMessage(world, message, { content: text, editedAt: world.clock.now() });
    },
    deletes: (ref) => {
      const message = find(ref);
      if (message.authorId !== id) demand(world, message, { userId: id, permission: 'ManageMessages' });
      removeMessage(world, message);
    },
    pins: (ref) => pin(world, find(ref), { userId: id, isPinned: true }),
    unpins: (ref) => pin(world, find(ref), { userId: id, isPinned: false }),
    reacts: (ref, emoji) => react(world, find(ref), { emoji, userId: id, isThere: true }),
    unreacts: (ref, emoji) => react(world, find(ref), { emoji, userId: id, isThere: false }),
    clearsReactions: (ref, emoji) => {
      demand(world, find(ref), { userId: id, permission: 'ManageMessages' });
      clearReactions(world, find(ref), emoji);
    },
    reads: (channel) => read(placeFor(world, id, channel)),
    directMessages: () => read(dmWith(world, id)),
    sees: (channel) => {
      const known = world.channels.get(channel.id);
      return known !== undefined && canSee(world, known, id);
    },
    takesDms: (takes) => {
      user.takesDms = takes;
    },
    leaves: () => {
      const member = world.guild.members.get(id);
      world.guild.members.delete(id);
      if (member) tellOfMember(world, member, 'REMOVE');
    },
    joins: () => {
      const member = { userId: id, joinedAt: world.clock.now(), nick: null, roles: new Set<string>() };
      world.guild.members.set(id, member);
      tellOfMember(world, member, 'ADD');
    },
    roles: () =>
      [...(world.guild.members.get(id)?.roles ?? [])].map(
        (role) => world.guild.roles.get(role)?.name ?? role,
      ),
  };
}

function say(world: World, authorId: string, said: Saying & { readonly text: string }): Message {
  const channel = placeFor(world, authorId, said.channel);
  const speaks =
    channel.thread === null ? PermissionFlagsBits.SendMessages : PermissionFlagsBits.SendMessagesInThreads;
  const may = channelPermissions(world, channel, authorId);
  const isLocked = channel.thread?.locked === true && (may & PermissionFlagsBits.ManageThreads) === 0n;
  if (channel.guildId !== null && ((may & speaks) === 0n || isLocked))
    throw new Error(`This person may not write in ${channel.name}`);
  const replied = said.replyTo === undefined ? null : messageFor(world, authorId, said.replyTo.id);
  const told = mentionsOf(world, channel, { content: said.text, authorId, allowed: null });
  return postMessage(world, channel, {
    authorId,
    content: said.text,
    ...told,
    mentions: replied === null ? told.mentions : [...new Set([...told.mentions, replied.authorId])],
    attachments: (said.files ?? []).map(({ name, bytes, type }) => ({
      id: world.newId(),
      filename: name,
      size: bytes.length,
      contentType: type ?? 'application/octet-stream',
      description: null,
      bytes,
    })),
    ...(replied === null
      ? {}
      : { type: 19 as const, replyTo: { channelId: channel.id, messageId: replied.id } }),
  });
}

interface Hand {
  readonly userId: string;
  readonly permission: PermissionName;
}

function demand(world: World, message: Message, { userId, permission }: Hand): void {
  const channel = world.channels.get(message.channelId);
  const has = channel === undefined ? 0n : channelPermissions(world, channel, userId);
  if ((has & PermissionFlagsBits[permission]) === 0n)
    throw new Error(`This person lacks ${permission} there`);
}

/** People of a small guild pin freely here; the bot needs its permission. */
function pin(
  world: World,
  message: Message,
  { userId, isPinned }: { readonly userId: string; readonly isPinned: boolean },
): void {
  if ((message.pinnedAt !== null) !== isPinned) pinMessage(world, message, isPinned ? userId : null);
}
