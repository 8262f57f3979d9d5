import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';

import type { Clock } from '../../../../src/lib/clock.ts';
import { bits } from '../permissions.ts';
import type { PermissionName } from '../permissions.ts';
import { newChannel } from './channels.ts';
import type { Role, User } from './shapes.ts';
import { snowflakes } from './snowflake.ts';
import type { Happening, World } from './world.ts';

/** What the invite link of Firebell asks for, and no more: whatever needs another permission is refused. */
export const USUAL_PERMISSIONS: readonly PermissionName[] = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'AddReactions',
  'ManageChannels',
  'ManageRoles',
  'ManageThreads',
  'CreatePublicThreads',
  'PinMessages',
  'Connect',
];

const EVERYBODY: readonly PermissionName[] = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'ReadMessageHistory',
  'AddReactions',
  'EmbedLinks',
  'AttachFiles',
  'UseApplicationCommands',
  'CreatePublicThreads',
  'Connect',
  'Speak',
];

const FOUNDED = new Date('2020-01-01T00:00:00Z');

/** What may be said about a world before it starts. */
export interface WorldOptions {
  readonly clock: Clock;
  readonly token: string;
  readonly guildName: string;
  readonly people: readonly string[];
  readonly botPermissions: readonly PermissionName[];
}

/** A guild with an owner, a bot with its own role, people, and the channel `general`. */
export function newWorld({ clock, token, guildName, people, botPermissions }: WorldOptions): World {
  // What stands from the beginning has the same ids and the same key in every run: they get written down.
  let isFounding = true;
  const newId = snowflakes(() => (isFounding ? FOUNDED : clock.now()));
  const privateKey = keyOf(token);
  const applicationId = newId();
  const bot = newUser({ id: applicationId, username: 'firebell', isBot: true });
  const owner = newUser({ id: newId(), username: 'owner', isBot: false });
  const guildId = newId();
  const listeners = new Set<(happening: Happening) => void>();
  const world: World = {
    clock,
    newId,
    token,
    application: {
      id: applicationId,
      name: 'Firebell',
      publicKey: createPublicKey(privateKey)
        .export({ format: 'der', type: 'spki' })
        .subarray(-32)
        .toString('hex'),
      privateKey,
      intents: { messageContent: true, members: true, presences: false },
      interactionsUrl: null,
    },
    bot,
    users: new Map([bot, owner].map((user) => [user.id, user])),
    guild: { id: guildId, name: guildName, ownerId: owner.id, members: new Map(), roles: new Map() },
    channels: new Map(),
    interactions: new Map(),
    tokens: new Map(),
    commands: [],
    nonces: new Map(),
    listeners,
    tell: (happening) => {
      for (const listener of listeners) listener(happening);
    },
    url: '',
  };
  addRole(world, { id: guildId, name: '@everyone', permissions: bits(...EVERYBODY) });
  const botRole = addRole(world, {
    name: 'Firebell',
    permissions: bits(...botPermissions) | PermissionFlagsBits.ViewChannel,
    botId: bot.id,
  });
  for (const user of [bot, owner]) join(world, user);
  world.guild.members.get(bot.id)?.roles.add(botRole.id);
  for (const name of people) addPerson(world, name);
  const text = newChannel(world, { type: ChannelType.GuildCategory, name: 'Text channels' });
  newChannel(world, { type: ChannelType.GuildText, name: 'general', parentId: text.id });
  isFounding = false;
  return world;
}

/** An Ed25519 key that follows from a text. */
function keyOf(text: string): KeyObject {
  const seed = createHash('sha256').update(text).digest();
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

function newUser({ id, username, isBot }: Pick<User, 'id' | 'username' | 'isBot'>): User {
  return { id, username, isBot, globalName: null, takesDms: true };
}

function join(world: World, user: User): void {
  world.guild.members.set(user.id, {
    userId: user.id,
    joinedAt: world.clock.now(),
    nick: null,
    roles: new Set(),
  });
}

/** A person with an account, who belongs to the guild unless told otherwise. */
export function addPerson(world: World, username: string, isMember = true): User {
  const user = newUser({ id: world.newId(), username, isBot: false });
  world.users.set(user.id, user);
  if (isMember) join(world, user);
  return user;
}

/** A role above those that are there. */
export function addRole(world: World, role: Partial<Role> & Pick<Role, 'name'>): Role {
  const made: Role = {
    id: world.newId(),
    permissions: 0n,
    position: world.guild.roles.size,
    color: 0,
    hoist: false,
    mentionable: false,
    managed: role.botId !== undefined,
    botId: null,
    ...role,
  };
  world.guild.roles.set(made.id, made);
  return made;
}
