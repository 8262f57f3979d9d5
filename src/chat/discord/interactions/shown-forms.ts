import { randomUUID } from 'node:crypto';
import type { Form } from '../../message.ts';

/** Forms that were shown lately, so that one that came too late or has to be corrected can be opened by a button. */
export interface ShownForms {
  /** Keeps a form, and gives the name under which a button opens it. */
  readonly keep: (form: Form) => string;
  readonly find: (id: string) => Form | null;
  /** Notes that somebody is filling it in. */
  readonly shown: (form: Form) => void;
  /** The form that was shown under this name with this value, as it was. */
  readonly lately: (form: string, value: string) => Form | null;
}

const REMEMBERED = 500;

/** Remembers in this process: a token of Discord lasts a quarter of an hour, and whoever is later types the command again. */
export function createShownForms(): ShownForms {
  const kept = new Map<string, Form>();
  const shown = new Map<string, Form>();
  return {
    keep: (form) => {
      const id = randomUUID();
      remember(kept, id, form);
      return id;
    },
    find: (id) => kept.get(id) ?? null,
    shown: (form) => remember(shown, nameOf(form.form, form.value), form),
    lately: (form, value) => shown.get(nameOf(form, value)) ?? null,
  };
}

function nameOf(form: string, value: string): string {
  return `${form} ${value}`;
}

function remember(map: Map<string, Form>, key: string, form: Form): void {
  map.delete(key);
  map.set(key, form);
  const [oldest] = map.keys();
  if (map.size > REMEMBERED && oldest !== undefined) map.delete(oldest);
}
