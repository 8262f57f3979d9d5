import type { Choice, Field } from '../message.ts';

interface About {
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
}

function common(name: string, { label, hint = '', required = false }: About) {
  return { name, label, hint: hint === '' ? null : hint, required };
}

/** A line of text to fill in, empty unless there is a value already. */
export function textField(name: string, about: About & { readonly value?: string }): Field {
  return { ...common(name, about), kind: 'text', value: about.value ?? '' };
}

/** An empty field for several lines. */
export function longField(name: string, about: About): Field {
  return { ...common(name, about), kind: 'long_text', value: '' };
}

/** A choice, with the one that is chosen at first. */
export function choiceField(
  name: string,
  about: About & { readonly value: string; readonly choices: readonly Choice[] },
): Field {
  return { ...common(name, about), kind: 'choice', value: about.value, choices: about.choices };
}

/** A box that is not ticked. */
export function checkField(name: string, about: About): Field {
  return { ...common(name, about), kind: 'check', value: false };
}
