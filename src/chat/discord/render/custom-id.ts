import { LIMITS } from './limits.ts';

/** What a component of ours means when it comes back. */
export type Pointer =
  | { readonly kind: 'action'; readonly action: string; readonly value: string }
  | { readonly kind: 'form'; readonly form: string; readonly value: string }
  /** A button that opens a form which could not be opened at once; `id` names what was kept of it. */
  | { readonly kind: 'again'; readonly id: string };

const LETTERS = { action: 'a', form: 'f', again: 'o' } as const;

/**
 * Values too long for a component are kept under a short key. `keep` gives the key of a value, the same one for the same value.
 */
export type KeepValue = (value: string) => string;

/** Writes a pointer into the 100 characters that a component carries. */
export function writePointer(pointer: Pointer, keep: KeepValue): string {
  if (pointer.kind === 'again') return `${LETTERS.again}:${pointer.id}`;
  const name = pointer.kind === 'action' ? pointer.action : pointer.form;
  const whole = `${LETTERS[pointer.kind]}:${name}:${pointer.value}`;
  if (whole.length <= LIMITS.customId) return whole;
  return `${LETTERS[pointer.kind].toUpperCase()}:${name}:${keep(pointer.value)}`;
}

/** What is read from a component, before kept values are looked up. */
export type ReadPointer = Pointer & { readonly isKept: boolean };

/** Reads what a component carried; null for what is not ours. */
export function readPointer(customId: string): ReadPointer | null {
  const [, letter = '', name = '', value = ''] = /^([a-zA-Z]):([^:]*)(?::([\s\S]*))?$/.exec(customId) ?? [];
  const isKept = letter !== '' && letter === letter.toUpperCase();
  switch (letter.toLowerCase()) {
    case LETTERS.action:
      return { kind: 'action', action: name, value, isKept };
    case LETTERS.form:
      return { kind: 'form', form: name, value, isKept };
    case LETTERS.again:
      return { kind: 'again', id: name, isKept: false };
    default:
      return null;
  }
}
