import type { Asking, InIncident, Step } from '../step.ts';

/** What was filled in. A ticked check is `on`. */
export type Fields = Readonly<Record<string, string>>;

/** What a submitted form comes to: a step, or words at the fields that have to be corrected. */
export type Submitted = Step | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> };

/** What sending a form does. */
export interface FormDefinition {
  readonly name: string;
  readonly inIncident: boolean;
  readonly submit: (fields: Fields, asking: Asking) => Submitted;
}

/** A form about nothing that exists yet. */
export function defineForm(
  name: string,
  submit: (fields: Fields, asking: Asking) => Submitted,
): FormDefinition {
  return { name, inIncident: false, submit };
}

/** A form about the incident whose number it carries. */
export function defineIncidentForm(
  name: string,
  submit: (fields: Fields, asking: InIncident) => Submitted,
): FormDefinition {
  return {
    name,
    inIncident: true,
    submit: (fields, asking) => {
      const { incident } = asking;
      if (incident === null) throw new Error(`the form ${name} was sent without an incident`);
      return submit(fields, { ...asking, incident });
    },
  };
}

/** A field as it was filled in, without space around it; empty when it was left out. */
export function filled(fields: Fields, name: string): string {
  return fields[name]?.trim() ?? '';
}

/** True when a box was ticked. */
export function isTicked(fields: Fields, name: string): boolean {
  return ['on', 'true'].includes(filled(fields, name));
}

/** Words at one field. */
export function wrong(field: string, words: string): Submitted {
  return { kind: 'errors', errors: { [field]: words } };
}
