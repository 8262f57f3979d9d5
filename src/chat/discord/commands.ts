import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js';
import type { CommandDefinition } from '../commands/define.ts';
import type { Param } from '../commands/params.ts';
import { BOOK } from '../commands/registry.ts';
import { shorten } from '../../lib/clean-text.ts';

/** Name of the one command under which all verbs are. */
export const ROOT = 'inc';
/** The subcommand that takes a typed line, for the verbs that have no subcommand and for whoever rather types. */
export const LINE = 'do';
/** The option of `do`. */
export const LINE_TEXT = 'text';
/** The option that names an incident where the room does not. */
export const INCIDENT = 'incident';

/** Names of the entries in the menu of a message. */
export const MENU = { note: 'Add to timeline', declare: 'Declare from message' } as const;

/**
 * The verbs that are subcommands. Discord takes 25 options in a command, one of them is `do`, and 8000 characters in all. Those that
 * somebody types at three in the morning come first, then those by which somebody new finds their way.
 */
export const SUBCOMMANDS = [
  'new',
  'ack',
  'unack',
  'decline',
  'escalate',
  'snooze',
  'status',
  'update',
  'severity',
  'rename',
  'summary',
  'role',
  'handoff',
  'invite',
  'note',
  'timeline',
  'pages',
  'task',
  'resolve',
  'reopen',
  'list',
  'postmortem',
  'link',
  'help',
] as const;

/** Commands of their own, and the verb that each of them is. */
export const SHORTCUTS: Readonly<Record<string, string>> = { ack: 'ack', page: 'escalate', oncall: 'oncall' };

const LONGEST_DESCRIPTION = 100;

interface Option {
  readonly type: ApplicationCommandOptionType;
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly choices?: readonly { readonly name: string; readonly value: string }[];
  readonly max_length?: number;
  readonly options?: readonly Option[];
}

/** A command as Discord is told it. */
export interface DiscordCommand {
  readonly type: ApplicationCommandType;
  readonly name: string;
  readonly description?: string;
  readonly options?: readonly Option[];
  /** Where it can be used: 0 is a server, 1 the direct messages with the bot. */
  readonly contexts: readonly number[];
  readonly integration_types: readonly number[];
}

/** Everything that Discord is to show, made from the definitions of the verbs. */
export function discordCommands(): readonly DiscordCommand[] {
  const everywhere = { contexts: [0, 1], integration_types: [0] };
  const shortcuts = Object.entries(SHORTCUTS).map(([name, verb]) => {
    const command = definitionOf(verb);
    return {
      ...everywhere,
      type: ApplicationCommandType.ChatInput,
      name,
      description: described(command.summary),
      options: optionsOf(command),
    };
  });
  const menus = Object.values(MENU).map((name) => ({
    type: ApplicationCommandType.Message,
    name,
    contexts: [0],
    integration_types: [0],
  }));
  return [
    {
      ...everywhere,
      type: ApplicationCommandType.ChatInput,
      name: ROOT,
      description: 'Incidents: declare, acknowledge, page, and everything else that Firebell does',
      options: [lineOption(), ...SUBCOMMANDS.map((verb) => subcommand(definitionOf(verb)))],
    },
    ...shortcuts,
    ...menus,
  ];
}

function definitionOf(verb: string): CommandDefinition {
  const found = BOOK.find(verb);
  if (found === null) throw new Error(`expected the verb ${verb} to be defined`);
  return found.command;
}

function lineOption(): Option {
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name: LINE,
    description: 'Any verb, typed as a line; without one, the menu of what can be done here',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: LINE_TEXT,
        description: 'For example: whopages checkout',
        autocomplete: true,
      },
    ],
  };
}

function subcommand(command: CommandDefinition): Option {
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name: command.name,
    description: described(command.summary),
    options: optionsOf(command),
  };
}

/** Whatever opens a form when nothing is given must be sendable with nothing given. */
function optionsOf({ params, where, opensForm }: CommandDefinition): readonly Option[] {
  const needed = (param: Param): boolean => param.required === true && !opensForm;
  const sorted = [...params.filter(needed), ...params.filter((param) => !needed(param))];
  const options = sorted.map((param) => optionOf(param, needed(param)));
  return where === 'anywhere' ? options : [...options, incidentOption()];
}

function incidentOption(): Option {
  return {
    type: ApplicationCommandOptionType.String,
    name: INCIDENT,
    description: 'Which incident; in its room that one',
    autocomplete: true,
  };
}

function optionOf({ name, kind, description, choices }: Param, required: boolean): Option {
  const common = {
    name: name.toLowerCase(),
    description: described(description),
    ...(required && { required: true }),
  };
  if (kind === 'flag') return { ...common, type: ApplicationCommandOptionType.Boolean };
  const text = { ...common, type: ApplicationCommandOptionType.String };
  if (choices !== undefined && choices.length <= 25)
    return { ...text, choices: choices.map((choice) => ({ name: choice, value: choice })) };
  if (kind === 'text')
    return name === 'verb' ? { ...text, autocomplete: true } : { ...text, max_length: 1500 };
  return { ...text, autocomplete: true };
}

function described(words: string): string {
  return shorten(words, LONGEST_DESCRIPTION);
}

/** How many characters a command counts against Discord's 8000: names, descriptions and values, its options' included. */
export function weightOf({
  name,
  description = '',
  options = [],
}: Pick<DiscordCommand, 'name' | 'description' | 'options'>): number {
  const weigh = (option: Option): number =>
    option.name.length +
    option.description.length +
    (option.choices ?? []).reduce((sum, one) => sum + one.name.length + one.value.length, 0) +
    (option.options ?? []).reduce((sum, one) => sum + weigh(one), 0);
  return name.length + description.length + options.reduce((sum, one) => sum + weigh(one), 0);
}
