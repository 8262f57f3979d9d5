import { nearestWord } from '../../lib/edit-distance.ts';
import type { CommandDefinition } from './define.ts';

/** A verb as it was typed: its command, and the words that its synonym stands for. */
export interface Found {
  readonly command: CommandDefinition;
  /** Words to put before the arguments, e.g. `lead` for `role lead`. */
  readonly before: string;
}

/** All commands, looked up by verb or synonym. */
export interface CommandBook {
  readonly commands: readonly CommandDefinition[];
  readonly find: (verb: string) => Found | null;
  /** The verb or synonym that was probably meant. */
  readonly nearest: (verb: string) => string | null;
}

/** Makes the book of some commands. Throws when two of them claim the same word. */
export function makeBook(commands: readonly CommandDefinition[]): CommandBook {
  const words = new Map<string, Found>();
  for (const command of commands) {
    for (const { word, before } of wordsOf(command)) {
      if (words.has(word)) throw new Error(`two commands are called "${word}"`);
      words.set(word, { command, before });
    }
  }
  return {
    commands,
    find: (verb) => words.get(verb.toLowerCase()) ?? null,
    nearest: (verb) => nearestWord(verb.toLowerCase(), [...words.keys()]),
  };
}

function wordsOf({
  name,
  synonyms,
}: CommandDefinition): readonly { readonly word: string; readonly before: string }[] {
  const others = synonyms.map((synonym) =>
    typeof synonym === 'string'
      ? { word: synonym, before: '' }
      : { word: synonym.word, before: synonym.before },
  );
  return [{ word: name, before: '' }, ...others];
}
