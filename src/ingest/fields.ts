import { cleanLine } from '../lib/clean-text.ts';

/** An object of a post, with its fields findable under any spelling: `startsAt`, `starts_at` and `Starts-At` are one. */
export class Fields {
  private readonly byName = new Map<string, readonly [name: string, value: unknown]>();
  private readonly used = new Set<string>();

  constructor(object: Readonly<Record<string, unknown>>) {
    for (const [name, value] of Object.entries(object)) {
      const folded = fold(name);
      if (!this.byName.has(folded)) this.byName.set(folded, [name, value]);
    }
  }

  /** The first of these fields that is a text or a number and not empty, as one line. */
  text(...names: readonly string[]): string | null {
    return this.first(names, textOf);
  }

  /** The first of these fields that `read` makes something of. */
  first<T>(names: readonly string[], read: (value: unknown) => T | null): T | null {
    for (const name of names) {
      const found = this.byName.get(asked(name));
      const value = found ? read(found[1]) : null;
      if (value === null) continue;
      this.used.add(asked(name));
      return value;
    }
    return null;
  }

  /** As `text`, and the field still counts as one that nobody has asked for. */
  peek(...names: readonly string[]): string | null {
    for (const name of names) {
      const text = textOf(this.byName.get(asked(name))?.[1]);
      if (text !== null) return text;
    }
    return null;
  }

  /** Every one of these fields that `read` makes something of. */
  all<T>(names: readonly string[], read: (value: unknown) => T | null): readonly T[] {
    return names.flatMap((name) => this.first([name], read) ?? []);
  }

  /** The fields that nobody has asked for yet. */
  rest(): readonly (readonly [name: string, value: unknown])[] {
    return [...this.byName].flatMap(([folded, field]) => (this.used.has(folded) ? [] : [field]));
  }
}

const ASKED = new Map<string, string>();

/** The names that sources ask for are few and always the same, unlike those in posts. */
function asked(name: string): string {
  const known = ASKED.get(name);
  if (known !== undefined) return known;
  const folded = fold(name);
  ASKED.set(name, folded);
  return folded;
}

/** The value as an object, or null. Lists are none. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  // An object out of JSON.parse has string keys and unknown values, and nothing else.
  return value as Readonly<Record<string, unknown>>;
}

/** The value as a list, or null. */
export function listOf(value: unknown): readonly unknown[] | null {
  return Array.isArray(value) ? value : null;
}

/** A text, a number or a boolean as a text that is not empty; null for anything else. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value);
  return null;
}

/** The value as one readable line of at most `max` characters, whatever it is; null when it says nothing. */
export function lineOf(value: unknown, max: number): string | null {
  const list = listOf(value);
  const text = list?.every((item) => textOf(item) !== null)
    ? list.map(String).join(', ')
    : (textOf(value) ?? (value === null || typeof value !== 'object' ? '' : JSON.stringify(value)));
  // Cut before it is cleaned, so that a huge value costs no more than a long one.
  return cleanLine(text.slice(0, max * 4), max) || null;
}

function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, '');
}
