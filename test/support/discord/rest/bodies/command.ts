import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord-api-types/v10';
import { z } from 'zod';

import { Bits } from './basics.ts';
import type { Problem } from '../../refusal.ts';

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const MOST_CHARACTERS = 8000;

const NAME_INVALID = {
  error: 'Command name is invalid',
  params: { code: 'APPLICATION_COMMAND_INVALID_NAME' },
};
const Name = z.string().refine((name) => NAME.test(name) && name === name.toLowerCase(), NAME_INVALID);
const Description = z.string().min(1).max(100);

const Choice = z.object({
  name: z.string().min(1).max(100),
  value: z.union([z.string().min(1).max(100), z.number()]),
});

const Leaf = z.looseObject({
  type: z.number().int().min(1).max(11),
  name: Name,
  description: Description,
  required: z.boolean().nullish(),
  choices: z.array(Choice).max(25).nullish(),
  autocomplete: z.boolean().nullish(),
  min_length: z.number().int().min(0).max(6000).nullish(),
  max_length: z.number().int().min(1).max(6000).nullish(),
});

/** An option of a command: a value, a subcommand, or a group of them. */
export type Option = z.infer<typeof Leaf> & { readonly options?: readonly Option[] | null };

const Option: z.ZodType<Option> = z.lazy(() =>
  Leaf.extend({ options: z.array(Option).max(25).nullish() }),
) as z.ZodType<Option>; // The recursion hides from the compiler that this is the type above.

/** A command as an application registers it. */
export const CommandBody = z
  .looseObject({
    name: z.string().min(1).max(32),
    type: z.union([z.literal(1), z.literal(2), z.literal(3)]).nullish(),
    description: z.string().max(100).nullish(),
    options: z.array(Option).max(25).nullish(),
    default_member_permissions: Bits.nullish(),
    contexts: z.array(z.number().int().min(0).max(2)).nullish(),
    integration_types: z.array(z.number().int().min(0).max(1)).nullish(),
    dm_permission: z.boolean().nullish(),
    nsfw: z.boolean().nullish(),
  })
  .check(({ value, issues }) => {
    const problems = commandProblems(value);
    for (const { path, code, message } of problems)
      issues.push({ code: 'custom', path: [...path], message, params: { code }, input: value });
  });
export type CommandBody = z.infer<typeof CommandBody>;

interface Shape {
  readonly name: string;
  readonly type?: number | null | undefined;
  readonly description?: string | null | undefined;
  readonly options?: readonly Option[] | null | undefined;
}

function commandProblems(command: Shape): readonly Problem[] {
  const say = (path: readonly PropertyKey[], code: string, message: string): Problem => ({
    path,
    code,
    message,
  });
  if ((command.type ?? 1) !== Number(ApplicationCommandType.ChatInput))
    return command.description || command.options?.length
      ? [
          say(
            ['description'],
            'APPLICATION_COMMAND_INVALID_DESCRIPTION',
            'Context menu commands cannot have description',
          ),
        ]
      : [];
  const length = lengthOf(command);
  return [
    ...(NAME.test(command.name) && command.name === command.name.toLowerCase()
      ? []
      : [say(['name'], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid')]),
    ...(command.description ? [] : [say(['description'], 'BASE_TYPE_REQUIRED', 'This field is required')]),
    ...(length > MOST_CHARACTERS
      ? [say([], 'APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${MOST_CHARACTERS})`)]
      : []),
    ...optionProblems(command.options ?? [], { path: ['options'], depth: 0 }),
  ];
}

interface Place {
  readonly path: readonly PropertyKey[];
  readonly depth: number;
}

function optionProblems(options: readonly Option[], { path, depth }: Place): readonly Problem[] {
  const names = new Set<string>();
  let sawOptional = false;
  const isBranch = ({ type }: Option): boolean =>
    type <= Number(ApplicationCommandOptionType.SubcommandGroup);
  const isMixed = options.some(isBranch) && !options.every(isBranch);
  return options.flatMap((option, index): readonly Problem[] => {
    const here = [...path, index];
    const found: Problem[] = [];
    const say = (field: string, code: string, message: string): void => {
      found.push({ path: [...here, field], code, message });
    };
    if (names.has(option.name))
      say('name', 'APPLICATION_COMMAND_OPTIONS_NAME_INVALID', 'Option names must be unique');
    names.add(option.name);
    if (option.required && sawOptional)
      say(
        'required',
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      );
    sawOptional ||= !option.required;
    if (isMixed || (isBranch(option) && depth > (option.type === 2 ? 0 : 1)))
      say(
        'type',
        'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
        'Sub-command and sub-command group option types are mutually exclusive to all other types',
      );
    if (option.autocomplete && option.choices?.length)
      say(
        'autocomplete',
        'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID',
        'Choices cannot be set when autocomplete is enabled',
      );
    return [
      ...found,
      ...optionProblems(option.options ?? [], { path: [...here, 'options'], depth: depth + 1 }),
    ];
  });
}

function lengthOf({ name, description, options }: Shape): number {
  const own = name.length + (description?.length ?? 0);
  return (options ?? []).reduce((sum, option) => {
    const choices = (option.choices ?? []).reduce(
      (all, one) => all + one.name.length + String(one.value).length,
      0,
    );
    return sum + choices + lengthOf(option);
  }, own);
}
