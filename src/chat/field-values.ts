import { personOf } from '../domain/actor.ts';
import { readValue } from './commands/read-value.ts';
import type { ValueRead } from './commands/read-value.ts';
import type { Asking } from './step.ts';
import { filled } from './forms/define.ts';
import type { Fields } from './forms/define.ts';

/** What a field of a form was found to be: null when it was left empty, or words for the field. */
export type FieldRead<T> = { readonly value: T | null } | { readonly wrong: string };

/** A field that names a person. */
export function personField(fields: Fields, name: string, asking: Asking): FieldRead<string> {
  const read = readField(filled(fields, name), 'person', asking);
  if (read === null) return { value: null };
  if (read.kind === 'value' && typeof read.value === 'string') return { value: read.value };
  return { wrong: problemOf(read, 'Nobody is called that.') };
}

/** A field that names some people. */
export function peopleField(fields: Fields, name: string, asking: Asking): FieldRead<readonly string[]> {
  const read = readField(filled(fields, name), 'people', asking);
  if (read === null) return { value: null };
  if (read.kind !== 'value') return { wrong: problemOf(read, 'Nobody is called that.') };
  // People are read as a list of ids.
  return { value: read.value as readonly string[] };
}

/** A field that names a time to come. */
export function timeField(fields: Fields, name: string, asking: Asking): FieldRead<Date> {
  return instantOf(readField(filled(fields, name), 'time', asking));
}

/** A field with a time to come or a duration, read as seen from `from`. */
export function momentField(
  fields: Fields,
  name: string,
  asking: Asking & { readonly from: Date },
): FieldRead<Date> {
  return instantOf(readField(filled(fields, name), 'moment', { ...asking, now: asking.from }));
}

function instantOf(read: ValueRead | null): FieldRead<Date> {
  if (read === null) return { value: null };
  if (read.kind === 'value' && read.value instanceof Date) return { value: read.value };
  return { wrong: problemOf(read, 'That is not a time I understand.') };
}

function readField(
  words: string,
  kind: 'person' | 'people' | 'time' | 'moment',
  asking: Asking,
): ValueRead | null {
  if (words === '') return null;
  const param = { name: kind, kind, description: kind };
  return readValue(words, param, { ...asking, me: personOf(asking.actor) });
}

/** Fields have no markup. */
function problemOf(read: ValueRead, otherwise: string): string {
  if (read.kind === 'problem') return read.refusal.why.replaceAll('`', '');
  return (read.kind === 'none' ? (read.why ?? otherwise) : otherwise).replaceAll('`', '');
}
