import type { CommandDefinition } from './define.ts';
import type { Param } from './params.ts';

/** How a command is written: `snooze <until>`, `note <text> [at <time>]`. */
export function grammarOf({ name, params }: Pick<CommandDefinition, 'name' | 'params'>): string {
  return [name, ...params.map(placeOf)].join(' ');
}

function placeOf({ name, kind, keywords, choices, required }: Param): string {
  const value = kind === 'flag' ? name : choices === undefined ? `<${name}>` : choices.join('|');
  const words = keywords?.[0] === undefined ? value : `${keywords[0]} ${value}`;
  return required === true ? words : `[${words}]`;
}

/** The other words for a verb; those that say an argument too are written with it: `lead (role lead)`. */
export function synonymWords({
  synonyms,
  name,
}: Pick<CommandDefinition, 'synonyms' | 'name'>): readonly string[] {
  return synonyms.map((synonym) =>
    typeof synonym === 'string' ? synonym : `${synonym.word} (${name} ${synonym.before})`,
  );
}
