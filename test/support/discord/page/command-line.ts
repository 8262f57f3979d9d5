import type { Option } from '../rest/bodies/command.ts';
import { findCommand, optionsOf } from '../people/command-options.ts';
import type { OptionValues, Typed } from '../people/command-options.ts';
import type { World } from '../state/world.ts';

/** A typed line taken apart: the command with its subcommands, and what was said for each option. */
export interface ReadLine {
  readonly line: string;
  readonly typed: Typed;
  readonly options: OptionValues;
}

/** Reads `/inc ack incident:7 note:"on my way"`; words without a name fill the first options. */
export function readCommandLine(world: World, text: string): ReadLine {
  const words = text.replace(/^\//, '').match(/(?:[^\s"]+:)?"[^"]*"|\S+/g) ?? [];
  const depth = depthOf(world, words);
  const line = `/${words.slice(0, depth).join(' ')}`;
  const typed = findCommand(world, line);
  return { line, typed, options: fill(world, typed.options, words.slice(depth)) };
}

/** How many of the words name the command and its subcommands. */
function depthOf(world: World, words: readonly string[]): number {
  const command = world.commands.find(({ name, type }) => type === 1 && name === words[0]);
  let depth = 1;
  let options = optionsOf(command?.fields['options']);
  for (;;) {
    const next = options.find(({ name, type }) => type <= 2 && name === words[depth]);
    if (next === undefined) return depth;
    depth += 1;
    options = next.options ?? [];
  }
}

function fill(world: World, options: readonly Option[], words: readonly string[]): OptionValues {
  const said = new Map<string, string>();
  const loose: string[] = [];
  for (const word of words) {
    const [, name = '', value = ''] = /^([\w-]+):(.*)$/s.exec(word) ?? [];
    if (options.some((one) => one.name === name)) said.set(name, unquoted(value));
    else loose.push(unquoted(word));
  }
  const free = options.filter(({ name }) => !said.has(name));
  for (const [index, option] of free.entries()) {
    const isLast = index === free.length - 1;
    const value = isLast ? loose.slice(index).join(' ') : loose[index];
    if (value) said.set(option.name, value);
  }
  return Object.fromEntries(
    options.flatMap((option) => {
      const value = said.get(option.name);
      return value === undefined ? [] : [[option.name, valueOf(world, option, value)]];
    }),
  );
}

function unquoted(text: string): string {
  return text.replace(/^"(.*)"$/s, '$1');
}

/** A typed word as the client sends it: a number, a yes, the id of a person, a role or a channel. */
export function valueOf(world: World, { type, choices }: Option, text: string): string | number | boolean {
  const name = text.replace(/^[@#]/, '');
  switch (type) {
    case 4:
    case 10:
      return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
    case 5:
      return ['true', 'yes', 'on'].includes(text.toLowerCase());
    case 6:
    case 9:
      return [...world.users.values()].find((one) => one.username === name)?.id ?? text;
    case 7:
      return [...world.channels.values()].find((one) => one.name === name)?.id ?? text;
    case 8:
      return [...world.guild.roles.values()].find((one) => one.name === name)?.id ?? text;
    default:
      return choices?.find((one) => one.name === text)?.value ?? text;
  }
}
