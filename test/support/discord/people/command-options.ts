import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord-api-types/v10';

import type { Option } from '../rest/bodies/command.ts';
import type { Command, World } from '../state/world.ts';
import { channelJson } from '../wire/channel.ts';
import { bareMemberJson, roleJson, userById, userJson } from '../wire/user.ts';

/** What a person fills into the options of a command: words and numbers, and ids of what they choose. */
export type OptionValues = Readonly<Record<string, string | number | boolean>>;

/** A line that a person types, as the client understands it. */
export interface Typed {
  readonly command: Command;
  /** Subcommand and group, from the outside in. */
  readonly path: readonly Option[];
  readonly options: readonly Option[];
}

/** Finds `/inc ack` among the registered commands; an error when the client would not offer it. */
export function findCommand(world: World, line: string): Typed {
  const [name = '', ...rest] = line.replace(/^\//, '').trim().split(/\s+/);
  const command = world.commands.find(
    (one) => one.type === Number(ApplicationCommandType.ChatInput) && one.name === name,
  );
  if (command === undefined)
    throw new Error(`No command /${name} is registered; there are ${namesOf(world.commands)}`);
  const path: Option[] = [];
  let options = optionsOf(command.fields['options']);
  for (const word of rest) {
    const next = options.find((one) => one.name === word && one.type <= 2);
    if (next === undefined)
      throw new Error(`/${name} has no subcommand ${word}; there are ${namesOf(options)}`);
    path.push(next);
    options = next.options ?? [];
  }
  if (options.some(({ type }) => type <= 2)) throw new Error(`${line} needs one of ${namesOf(options)}`);
  return { command, path, options };
}

function namesOf(all: readonly { readonly name: string }[]): string {
  return all.map(({ name }) => name).join(', ') || 'none';
}

/** The options of a command; they went through the schema when the command was registered. */
export function optionsOf(said: unknown): readonly Option[] {
  return Array.isArray(said) ? (said as readonly Option[]) : [];
}

interface Filled {
  readonly values: OptionValues;
  /** The option that is being typed right now, for autocompletion. */
  readonly focused?: string;
}

/** `data` of the payload for a command; an error when the client would not let it be sent. */
export function commandData(world: World, { command, path, options }: Typed, filled: Filled) {
  const { values, focused } = filled;
  for (const name of Object.keys(values))
    if (!options.some((one) => one.name === name))
      throw new Error(`/${command.name} has no option ${name} there; there are ${namesOf(options)}`);
  const missing = options.find(({ name, required }) => required && values[name] === undefined);
  if (missing !== undefined && focused === undefined)
    throw new Error(`/${command.name} needs the option ${missing.name}`);
  const given = options.flatMap((option) => {
    const value = values[option.name];
    if (value === undefined) return [];
    if (focused === undefined) refuseValue(option, value);
    return [
      { name: option.name, type: option.type, value, ...(option.name === focused ? { focused: true } : {}) },
    ];
  });
  const nested = path.reduceRight<readonly unknown[]>(
    (inside, { name, type }) => [{ name, type, options: inside }],
    given,
  );
  return {
    id: command.id,
    name: command.name,
    type: command.type,
    ...(command.guildId === null ? {} : { guild_id: command.guildId }),
    ...(nested.length > 0 ? { options: nested } : {}),
    ...resolvedOf(world, options, values),
  };
}

function refuseValue(option: Option, value: string | number | boolean): void {
  const say = (why: string): never => {
    throw new Error(`The option ${option.name} does not take ${JSON.stringify(value)}: ${why}`);
  };
  const { Integer, Number: Decimal, Boolean: Flag } = ApplicationCommandOptionType;
  const wanted =
    option.type === Number(Flag)
      ? 'boolean'
      : [Integer, Decimal].map(Number).includes(option.type)
        ? 'number'
        : 'string';
  if (typeof value !== wanted) say(`it wants a ${wanted}`);
  if (option.choices?.length && !option.choices.some((one) => one.value === value))
    say(`it is none of ${option.choices.map((one) => one.value).join(', ')}`);
  if (typeof value === 'string' && option.max_length != null && value.length > option.max_length)
    say(`it is longer than ${option.max_length}`);
  if (typeof value === 'string' && option.min_length != null && value.length < option.min_length)
    say(`it is shorter than ${option.min_length}`);
}

function resolvedOf(world: World, options: readonly Option[], values: OptionValues) {
  const ids = (...types: readonly ApplicationCommandOptionType[]): readonly string[] =>
    options
      .filter(({ type }) => types.map(Number).includes(type))
      .flatMap(({ name }) => (values[name] === undefined ? [] : [String(values[name])]));
  const { User, Mentionable, Channel, Role } = ApplicationCommandOptionType;
  return resolved(world, {
    users: ids(User, Mentionable).filter((id) => world.users.has(id)),
    roles: ids(Role, Mentionable).filter((id) => world.guild.roles.has(id)),
    channels: ids(Channel),
  });
}

interface Named {
  readonly users: readonly string[];
  readonly roles: readonly string[];
  readonly channels: readonly string[];
}

/** What Discord sends along of those who were chosen. */
export function resolved(world: World, { users, roles, channels }: Named) {
  if (users.length + roles.length + channels.length === 0) return {};
  const byId = <T>(all: readonly string[], json: (id: string) => T | undefined): object =>
    Object.fromEntries(all.flatMap((id) => (json(id) === undefined ? [] : [[id, json(id)]])));
  return {
    resolved: {
      users: byId(users, (id) => userJson(userById(world, id))),
      members: byId(users, (id) => {
        const member = world.guild.members.get(id);
        return member && { ...bareMemberJson(member), permissions: '0' };
      }),
      roles: byId(roles, (id) => {
        const role = world.guild.roles.get(id);
        return role && roleJson(role);
      }),
      channels: byId(channels, (id) => {
        const channel = world.channels.get(id);
        return channel && { ...channelJson(world, channel), permissions: '0' };
      }),
    },
  };
}
