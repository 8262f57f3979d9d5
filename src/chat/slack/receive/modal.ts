import { z } from 'zod';
import { shorten } from '../../../lib/clean-text.ts';
import type { Choice, Field, Form } from '../../message.ts';

/** What a form carries through Slack and back. */
export const FormMemory = z.object({
  form: z.string(),
  value: z.string(),
  /** The channel that it was opened in; null when it was opened elsewhere. */
  room: z.string().nullable(),
});
export type FormMemory = z.infer<typeof FormMemory>;

type Json = Readonly<Record<string, unknown>>;

/** What Slack allows. */
const LONGEST = { title: 24, label: 2000, hint: 2000, option: 75, value: 3000 } as const;
const MOST_OPTIONS = 100;
/** Slack has no choice without a value. */
const NONE = '__none__';
const TICKED = 'on';

/** A form as a modal of Slack. A title that is too long stands whole at the top. */
export function modalOf(form: Form, room: string | null): Json {
  const memory: FormMemory = { form: form.form, value: form.value, room };
  const isLong = form.title.length > LONGEST.title;
  const whole = { type: 'section', text: plain(form.title, 3000) };
  return {
    type: 'modal',
    callback_id: 'form',
    private_metadata: JSON.stringify(memory),
    title: plain(form.title, LONGEST.title),
    submit: plain(form.submitLabel, LONGEST.title),
    close: plain('Cancel', LONGEST.title),
    blocks: [...(isLong ? [whole] : []), ...form.fields.map(inputOf)],
  };
}

/** What was filled in, by the names of the fields. */
export function filledIn(
  values: Readonly<Record<string, Readonly<Record<string, FieldState>>>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.values(values).flatMap((block) =>
      Object.entries(block).map(([name, state]) => [name, valueOf(state)] as const),
    ),
  );
}

interface FieldState {
  readonly value?: string | null | undefined;
  readonly selected_option?: { readonly value: string } | null | undefined;
  readonly selected_options?: readonly { readonly value: string }[] | null | undefined;
}

function valueOf({ value, selected_option: chosen, selected_options: ticked }: FieldState): string {
  if (ticked != null) return ticked.length > 0 ? TICKED : '';
  if (chosen != null) return chosen.value === NONE ? '' : chosen.value;
  return value ?? '';
}

/** Words at fields, as the answer to a form that was sent. */
export function fieldErrors(errors: Readonly<Record<string, string>>): Json {
  const named = Object.entries(errors).map(
    ([field, words]) => [blockOf(field), shorten(words, 1000)] as const,
  );
  return { response_action: 'errors', errors: Object.fromEntries(named) };
}

function blockOf(name: string): string {
  return `field-${name}`;
}

function inputOf(field: Field): Json {
  return {
    type: 'input',
    block_id: blockOf(field.name),
    label: plain(field.label, LONGEST.label),
    optional: !field.required,
    element: elementOf(field),
    ...(field.hint === null || field.kind === 'check' ? {} : { hint: plain(field.hint, LONGEST.hint) }),
  };
}

function elementOf(field: Field): Json {
  const { name } = field;
  switch (field.kind) {
    case 'text':
    case 'long_text':
      return {
        type: 'plain_text_input',
        action_id: name,
        multiline: field.kind === 'long_text',
        max_length: LONGEST.value,
        ...(field.value === '' ? {} : { initial_value: field.value.slice(0, LONGEST.value) }),
      };
    case 'check': {
      // Its label stands above it already.
      const option = optionOf({ value: TICKED, label: field.hint ?? field.label });
      return {
        type: 'checkboxes',
        action_id: name,
        options: [option],
        ...(field.value ? { initial_options: [option] } : {}),
      };
    }
    case 'choice':
      return selectOf(field);
  }
}

/** Where something must be chosen, the empty choice is the word that stands there before. */
function selectOf(field: Extract<Field, { kind: 'choice' }>): Json {
  const empty = field.choices.find(({ value }) => value === '');
  const offered = field.required ? field.choices.filter(({ value }) => value !== '') : field.choices;
  const chosen = offered.find(({ value }) => value === field.value);
  const options = offered.map(optionOf);
  const placeholder = field.required && empty !== undefined ? { placeholder: plain(empty.label, 150) } : {};
  return {
    type: 'static_select',
    action_id: field.name,
    ...placeholder,
    ...(options.length > MOST_OPTIONS ? { option_groups: groupsOf(options) } : { options }),
    ...(chosen === undefined ? {} : { initial_option: optionOf(chosen) }),
  };
}

function groupsOf(options: readonly Json[]): readonly Json[] {
  const groups = Math.min(MOST_OPTIONS, Math.ceil(options.length / MOST_OPTIONS));
  return Array.from({ length: groups }, (_, n) => ({
    label: plain(`${n * MOST_OPTIONS + 1} to ${Math.min(options.length, (n + 1) * MOST_OPTIONS)}`, 75),
    options: options.slice(n * MOST_OPTIONS, (n + 1) * MOST_OPTIONS),
  }));
}

function optionOf({ value, label }: Choice): Json {
  return { text: plain(label === '' ? value : label, LONGEST.option), value: value === '' ? NONE : value };
}

function plain(text: string, most: number): Json {
  return { type: 'plain_text', text: shorten(text, most), emoji: false };
}
