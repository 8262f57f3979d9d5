import type { Directory } from '../../domain/directory.ts';
import type { Choice, Field } from '../message.ts';
import { choiceField, textField } from './fields.ts';

/** As many as every platform lists in one field. */
const MOST_CHOICES = 25;

interface Asked {
  readonly label: string;
  readonly hint?: string;
  readonly value?: string | null;
  readonly required?: boolean;
}

/** A field for one person: a list of everybody while they are few, else a line to write a name in. */
export function whoField(name: string, about: Asked, { people }: Directory): Field {
  const everybody = [...people.values()].map((one): Choice => ({ value: one.id, label: one.name }));
  const { value, hint, ...rest } = about;
  const known = value ?? '';
  if (everybody.length > MOST_CHOICES)
    return textField(name, { ...rest, hint: hint ?? 'A name or handle.', value: known });
  const choices = known === '' ? [{ value: '', label: 'Choose somebody' }, ...everybody] : everybody;
  return choiceField(name, { ...rest, value: known, choices, ...(hint === undefined ? {} : { hint }) });
}

/** A field for one schedule. `none` is the choice of naming none. */
export function scheduleField(
  name: string,
  { label, none }: { readonly label: string; readonly none?: string },
  { schedules }: Directory,
): Field {
  const all = [...schedules.values()].map((one): Choice => ({ value: one.id, label: one.name }));
  const choices = none === undefined ? all : [{ value: '', label: none }, ...all];
  return choiceField(name, { label, value: choices[0]?.value ?? '', choices });
}
