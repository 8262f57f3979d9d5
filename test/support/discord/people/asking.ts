import { ApplicationCommandType, InteractionType, PermissionFlagsBits } from 'discord-api-types/v10';

import { startInteraction } from '../interactions/start.ts';
import { canSee, channelPermissions } from '../permissions.ts';
import { dmWith } from '../state/channels.ts';
import { findMessage } from '../state/world.ts';
import type { Command, World } from '../state/world.ts';
import type { Channel } from '../state/shapes.ts';
import { messageJson } from '../wire/message.ts';
import { commandData, findCommand, resolved } from './command-options.ts';
import type { OptionValues } from './command-options.ts';
import { whenSeen } from './seen.ts';
import type { Seen } from './seen.ts';

/** Where and with what somebody uses a command. */
export interface Use {
  readonly options?: OptionValues;
  /** A channel's name or id; `general` unless told otherwise. */
  readonly channel?: string;
  /** How long, in real milliseconds, to wait for what follows a deferred answer; 10 s unless told otherwise. */
  readonly waitMs?: number;
}

/** What somebody types while suggestions are shown. */
export interface Typing extends Use {
  readonly option: string;
  readonly typed: string | number;
}

/** Finds a channel by name or id that the person sees; `@bot` is the conversation with the bot. */
export function placeFor(world: World, userId: string, name = 'general'): Channel {
  if (name === '@bot') return dmWith(world, userId);
  const all = [...world.channels.values()].filter((one) => canSee(world, one, userId));
  const found = all.find((one) => one.id === name) ?? all.findLast((one) => one.name === name);
  if (found !== undefined) return found;
  throw new Error(`This person sees no channel ${name}; they see ${all.map((one) => one.name).join(', ')}`);
}

/** Uses a slash command. */
export async function useCommand(world: World, userId: string, line: string, use: Use): Promise<Seen> {
  const channel = placeFor(world, userId, use.channel);
  const typed = findCommand(world, line);
  refuseUse(world, typed.command, { userId, channel });
  const interaction = startInteraction(world, {
    type: InteractionType.ApplicationCommand,
    userId,
    channelId: channel.id,
    data: commandData(world, typed, { values: use.options ?? {} }),
    commandName: [typed.command.name, ...typed.path.map(({ name }) => name)].join(' '),
    message: null,
  });
  return whenSeen(world, interaction, use.waitMs);
}

/** Types into an option that suggests. */
export async function typeOption(world: World, userId: string, line: string, use: Typing): Promise<Seen> {
  const channel = placeFor(world, userId, use.channel);
  const typed = findCommand(world, line);
  const option = typed.options.find(({ name }) => name === use.option);
  if (!option?.autocomplete) throw new Error(`${line} suggests nothing for ${use.option}`);
  const values = { ...use.options, [use.option]: use.typed };
  const interaction = startInteraction(world, {
    type: InteractionType.ApplicationCommandAutocomplete,
    userId,
    channelId: channel.id,
    data: commandData(world, typed, { values, focused: use.option }),
    commandName: null,
    message: null,
  });
  return whenSeen(world, interaction, use.waitMs);
}

/** Uses a command of the menu of a message. */
export async function useOnMessage(
  world: World,
  userId: string,
  {
    name,
    messageId,
    waitMs,
  }: { readonly name: string; readonly messageId: string; readonly waitMs?: number | undefined },
): Promise<Seen> {
  const channel = [...world.channels.values()].find(
    (one) => findMessage(world, one.id, messageId) !== undefined,
  );
  const message = channel?.messages.get(messageId);
  if (channel === undefined || message === undefined || !canSee(world, channel, userId))
    throw new Error(`This person sees no message ${messageId}`);
  const command = menuCommand(world, ApplicationCommandType.Message, name);
  refuseUse(world, command, { userId, channel });
  const data = {
    id: command.id,
    name: command.name,
    type: command.type,
    ...(command.guildId === null ? {} : { guild_id: command.guildId }),
    target_id: messageId,
    // The message that somebody points at is shown with its content, whatever the intents are.
    resolved: { messages: { [messageId]: messageJson(world, message) } },
  };
  return menu(world, { userId, channel, command, data, waitMs });
}

/** Uses a command of the menu of a person. */
export async function useOnPerson(
  world: World,
  userId: string,
  { name, targetId, channel: place, waitMs }: Use & { readonly name: string; readonly targetId: string },
): Promise<Seen> {
  const channel = placeFor(world, userId, place);
  const command = menuCommand(world, ApplicationCommandType.User, name);
  refuseUse(world, command, { userId, channel });
  const data = {
    id: command.id,
    name: command.name,
    type: command.type,
    ...(command.guildId === null ? {} : { guild_id: command.guildId }),
    target_id: targetId,
    ...resolved(world, { users: [targetId], roles: [], channels: [] }),
  };
  return menu(world, { userId, channel, command, data, waitMs });
}

function menuCommand(world: World, type: ApplicationCommandType, name: string): Command {
  const found = world.commands.find((one) => one.type === Number(type) && one.name === name);
  if (found === undefined) throw new Error(`No menu has the command ${name}`);
  return found;
}

interface Menu {
  readonly userId: string;
  readonly channel: Channel;
  readonly command: Command;
  readonly data: Readonly<Record<string, unknown>>;
  readonly waitMs: number | undefined;
}

function menu(world: World, { userId, channel, command, data, waitMs }: Menu): Promise<Seen> {
  const type = InteractionType.ApplicationCommand;
  const doing = { type, userId, channelId: channel.id, data, commandName: command.name, message: null };
  return whenSeen(world, startInteraction(world, doing), waitMs);
}

/** The client hides commands from who may not use them, and those of a guild in conversations. */
function refuseUse(
  world: World,
  command: Command,
  { userId, channel }: { readonly userId: string; readonly channel: Channel },
): void {
  if (channel.guildId === null) {
    const contexts = command.fields['contexts'];
    const isHidden = command.guildId !== null || (Array.isArray(contexts) && !contexts.includes(1));
    if (isHidden) throw new Error(`/${command.name} is not offered in a direct conversation`);
    return;
  }
  const said = command.fields['default_member_permissions'];
  const needed = typeof said === 'string' ? BigInt(said) : 0n;
  const has = channelPermissions(world, channel, userId);
  const all = needed | PermissionFlagsBits.UseApplicationCommands;
  if ((has & all) !== all) throw new Error(`/${command.name} is not offered to this person here`);
}
