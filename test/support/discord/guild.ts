import { bits } from './permissions.ts';
import type { PermissionName } from './permissions.ts';
import { personOf } from './people/person.ts';
import type { Person, SeenMessage } from './people/person.ts';
import { deleteChannel } from './rest/routes/channels.ts';
import { guildChannels, newChannel } from './state/channels.ts';
import { tellOfMember, tellOfRole } from './state/membership.ts';
import { tellOfChannel } from './state/messages.ts';
import { addPerson, addRole } from './state/new-world.ts';
import type { Channel, Role } from './state/shapes.ts';
import type { World } from './state/world.ts';
import { messageJson } from './wire/message.ts';

/** The guild as tests and the page look at it, and what its owner does there. */
export interface Guild {
  readonly id: string;
  readonly name: string;
  /** The person of that name; somebody new joins when there is none. */
  readonly person: (name: string) => Person;
  /** Somebody with an account who is not in the guild. */
  readonly stranger: (name: string) => Person;
  readonly people: () => readonly Person[];
  readonly channels: () => readonly Channel[];
  /** Threads and posts too. */
  readonly threads: () => readonly Channel[];
  /** The newest channel or thread of that name, or the one with that id; an error when there is none. */
  readonly channel: (name: string) => Channel;
  readonly messages: (channel: Pick<Channel, 'id'>) => readonly SeenMessage[];
  readonly role: (name: string) => Role;
  readonly makesChannel: (said: Partial<Channel> & Pick<Channel, 'type' | 'name'>) => Channel;
  readonly deletesChannel: (channel: Channel) => void;
  /** A role above all that are there, so above the bot's, unless a position is said. */
  readonly makesRole: (role: Partial<Role> & Pick<Role, 'name'>) => Role;
  readonly movesRole: (role: Role, position: number) => void;
  readonly grants: (person: Pick<Person, 'id'>, role: Role, has?: boolean) => void;
  /** The owner opens the link by which the bot is invited: its own role holds what the link asks for, and no more. */
  readonly acceptsInvite: (link: string) => void;
  readonly botGains: (...names: readonly PermissionName[]) => void;
  readonly botLoses: (...names: readonly PermissionName[]) => void;
}

/** The guild of a world. */
export function guildOf(world: World): Guild {
  const everywhere = (): readonly Channel[] =>
    [...world.channels.values()].filter(({ guildId }) => guildId !== null);
  const botRole = (): Role => {
    const role = [...world.guild.roles.values()].find(({ botId }) => botId === world.bot.id);
    if (role === undefined) throw new Error('The bot has lost its role');
    return role;
  };
  return {
    id: world.guild.id,
    name: world.guild.name,
    person: (name) => personNamed(world, name),
    stranger: (name) => personOf(world, addPerson(world, name, false)),
    people: () =>
      [...world.users.values()].filter(({ isBot }) => !isBot).map((user) => personOf(world, user)),
    channels: () => guildChannels(world),
    threads: () => everywhere().filter(({ thread }) => thread !== null),
    channel: (name) => {
      const found = world.channels.get(name) ?? everywhere().findLast((one) => one.name === name);
      if (found !== undefined) return found;
      const there = everywhere().map((one) => one.name);
      throw new Error(`There is no channel ${name}; there are ${there.join(', ')}`);
    },
    messages: ({ id }) =>
      [...(world.channels.get(id)?.messages.values() ?? [])].map((one) => messageJson(world, one)),
    role: (name) => {
      const found = [...world.guild.roles.values()].find((one) => one.name === name);
      if (found === undefined) throw new Error(`There is no role ${name}`);
      return found;
    },
    makesChannel: (said) => {
      const made = newChannel(world, said);
      tellOfChannel(world, made, 'CREATE');
      return made;
    },
    deletesChannel: (channel) => deleteChannel(world, channel),
    makesRole: (said) => {
      const made = addRole(world, said);
      tellOfRole(world, made, 'CREATE');
      return made;
    },
    movesRole: (role, position) => {
      role.position = position;
      tellOfRole(world, role, 'UPDATE');
    },
    grants: ({ id }, role, has = true) => {
      const member = world.guild.members.get(id);
      if (member === undefined) throw new Error(`${id} does not belong to the guild`);
      if (has) member.roles.add(role.id);
      else member.roles.delete(role.id);
      tellOfMember(world, member, 'UPDATE');
    },
    acceptsInvite: (link) => {
      botRole().permissions = invited(world, link);
      tellOfRole(world, botRole(), 'UPDATE');
    },
    botGains: (...names) => {
      botRole().permissions |= bits(...names);
      tellOfRole(world, botRole(), 'UPDATE');
    },
    botLoses: (...names) => {
      botRole().permissions &= ~bits(...names);
      // What everybody may do the bot may do too.
      const everyone = world.guild.roles.get(world.guild.id);
      if (everyone !== undefined) everyone.permissions &= ~bits(...names);
      tellOfRole(world, botRole(), 'UPDATE');
    },
  };
}

/** The permissions that an invite link asks for; an error when Discord would not show the page behind it. */
function invited(world: World, link: string): bigint {
  const { pathname, searchParams } = new URL(link);
  if (!pathname.endsWith('/oauth2/authorize')) throw new Error(`${link} is no link that invites a bot`);
  if (searchParams.get('client_id') !== world.application.id)
    throw new Error(`${link} invites another application`);
  const scopes = (searchParams.get('scope') ?? '').split(/[ +]/);
  if (!scopes.includes('bot'))
    throw new Error(`${link} asks for no bot; its scopes are ${scopes.join(', ')}`);
  return BigInt(searchParams.get('permissions') ?? 0);
}

function personNamed(world: World, name: string): Person {
  const known = [...world.users.values()].find(({ username }) => username === name);
  if (known !== undefined) return personOf(world, known);
  const user = addPerson(world, name);
  const member = world.guild.members.get(user.id);
  if (member !== undefined) tellOfMember(world, member, 'ADD');
  return personOf(world, user);
}
