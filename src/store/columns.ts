import { customType } from 'drizzle-orm/pg-core';
import type { z } from 'zod';
import { wellFormed } from '../lib/well-formed.ts';

/** A `jsonb` column that is parsed with its schema on the way out, so that dates are dates and a surprise is an error, not a cast. */
export function json<T>(name: string, schema: z.ZodType<T>) {
  return customType<{ data: T; driverData: unknown }>({
    dataType: () => 'jsonb',
    toDriver: (value) => toJson(value),
    fromDriver: (value) => schema.parse(value),
  })(name);
}

/** JSON text that `jsonb` accepts, whatever strings and names are inside: what `wellFormed` replaces in a text is replaced here too. */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value);
  if (!text.includes('\\u')) return text;
  // Escapes are matched whole, so that an escaped backslash before a `u` is no escape of a character.
  return text.replaceAll(/\\(u0000|ud[0-9a-f]{3}|.)/g, (escape) =>
    /^\\u(0000|d)/.test(escape) ? '\\ufffd' : escape,
  );
}

/** A `text` column for words from outside: what Postgres cannot keep is replaced. */
export const words = customType<{ data: string; driverData: string }>({
  dataType: () => 'text',
  toDriver: wellFormed,
});

/** An instant, exact to the millisecond as JavaScript knows it, so that a time read back is equal to the one written. */
export const instant = customType<{ data: Date; driverData: string }>({
  dataType: () => 'timestamp(3) with time zone',
  toDriver: (value) => value.toISOString(),
  fromDriver: (value) => new Date(value),
});
