import { ApplicationCommandOptionType } from 'discord.js';
import { BOOK } from '../../commands/registry.ts';
import { INCIDENT, LINE, LINE_TEXT, ROOT, SHORTCUTS } from '../commands.ts';
import type { Interaction, Option } from './shape.ts';

/** A command as it was typed: a line, or a verb with what stands in its options. */
export type Typed =
  | { readonly kind: 'line'; readonly text: string }
  | {
      readonly kind: 'verb';
      readonly verb: string;
      readonly values: Readonly<Record<string, string>>;
      readonly incident: string | null;
    };

/** The option in which somebody is typing. */
export interface Focus {
  readonly typed: Typed;
  readonly param: string;
  readonly text: string;
}

/** Reads a command; null when it is none of ours. */
export function readTyped({ data }: Interaction): Typed | null {
  const placed = placeOf(data);
  if (placed === null) return null;
  const { verb, options } = placed;
  const values = Object.fromEntries(options.map(({ name, value }) => [name, String(value ?? '')]));
  if (verb === LINE) return { kind: 'line', text: values[LINE_TEXT] ?? '' };
  const { [INCIDENT]: incident, ...others } = values;
  return { kind: 'verb', verb, values: byParam(verb, others), incident: incident ?? null };
}

/** Options are written in lower case, whatever the parameter's name. */
function byParam(verb: string, values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const params = BOOK.find(verb)?.command.params ?? [];
  return Object.fromEntries(
    Object.entries(values).map(([option, value]) => [
      params.find(({ name }) => name.toLowerCase() === option)?.name ?? option,
      value,
    ]),
  );
}

/** Where somebody is typing; null when nothing asks for proposals. */
export function readFocus(interaction: Interaction): Focus | null {
  const placed = placeOf(interaction.data);
  const typed = readTyped(interaction);
  const focused = placed?.options.find((option) => option.focused === true);
  if (typed === null || placed === null || focused === undefined) return null;
  const param =
    BOOK.find(placed.verb)?.command.params.find(({ name }) => name.toLowerCase() === focused.name)?.name ??
    focused.name;
  return { typed, param, text: String(focused.value ?? '') };
}

function placeOf(
  data: Interaction['data'],
): { readonly verb: string; readonly options: readonly Option[] } | null {
  const { name, options = [] } = data ?? {};
  if (name === undefined) return null;
  if (name !== ROOT) {
    const verb = SHORTCUTS[name];
    return verb === undefined ? null : { verb, options };
  }
  const sub = options.find(({ type }) => type === Number(ApplicationCommandOptionType.Subcommand));
  return sub === undefined ? null : { verb: sub.name, options: sub.options ?? [] };
}

/** Whether the answer to it may be a form, which has to be the very first answer. */
export function mayOpenForm(typed: Typed): boolean {
  if (typed.kind === 'line') return lineMayOpenForm(typed.text);
  const isBare = Object.values(typed.values).every((value) => value.trim() === '');
  return isBare && (BOOK.find(typed.verb)?.command.opensForm ?? false);
}

/** Nothing, or a bare verb with at most an incident behind it. */
export function lineMayOpenForm(text: string): boolean {
  const words = text
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  const [verb, ...rest] = words;
  if (verb === undefined) return true;
  return rest.every((word) => /^#\d+$/.test(word)) && (BOOK.find(verb)?.command.opensForm ?? false);
}
