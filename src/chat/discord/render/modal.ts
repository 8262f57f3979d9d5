import { ComponentType, TextInputStyle } from 'discord.js';
import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import { clip } from './markdown.ts';
import type { Field, Form } from '../../message.ts';
import type { Interaction } from '../interactions/shape.ts';
import type { KeepValue } from './custom-id.ts';
import { writePointer } from './custom-id.ts';
import { LIMITS } from './limits.ts';

/** Under this name all boxes of a form stand together, because a form of Discord has room for five things. */
const BOXES = 'boxes';
const BOXES_LABEL = 'Also';

type Part = APIModalInteractionResponseCallbackData['components'][number];

/** A form as Discord shows it. Of more fields than five, those that need not be filled in are left out from the end. */
export function renderForm(form: Form, keep: KeepValue): APIModalInteractionResponseCallbackData {
  const checks = form.fields.filter((field) => field.kind === 'check');
  const room = LIMITS.modalComponents - (checks.length > 0 ? 1 : 0);
  const others = fitting(
    form.fields.filter((field) => field.kind !== 'check'),
    room,
  );
  return {
    title: clip(form.title, LIMITS.modalTitle),
    custom_id: writePointer({ kind: 'form', form: form.form, value: form.value }, keep),
    components: [...others.map(partOf), ...(checks.length > 0 ? [boxesOf(checks)] : [])],
  };
}

function fitting(fields: readonly Field[], room: number): readonly Field[] {
  const surplus = fields.length - room;
  if (surplus <= 0) return fields;
  const spare = fields.filter(({ required }) => !required).slice(-surplus);
  return fields.filter((field) => !spare.includes(field)).slice(0, room);
}

function label({ label: words, hint }: Field, component: object): Part {
  const described = hint === null ? {} : { description: clip(hint, LIMITS.labelDescription) };
  // The typings know one kind of part at a time; each caller brings one that a label takes.
  return { type: ComponentType.Label, label: clip(words, LIMITS.label), ...described, component } as Part;
}

function partOf(field: Field): Part {
  if (field.kind === 'choice' && field.choices.length <= LIMITS.selectOptions) return selectOf(field);
  const value = String(field.value);
  const known = field.kind === 'choice' ? clip(field.choices.map((one) => one.value).join(', '), 100) : '';
  return label(field, {
    type: ComponentType.TextInput,
    custom_id: field.name,
    style: field.kind === 'long_text' ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required: field.required,
    ...(value !== '' && { value: clip(value, LIMITS.textInput) }),
    ...(known !== '' && { placeholder: known }),
  });
}

function selectOf(field: Extract<Field, { kind: 'choice' }>): Part {
  const options = field.choices
    .filter(({ value }) => value !== '')
    .map((choice) => ({
      value: clip(choice.value, LIMITS.optionLabel),
      label: clip(choice.label, LIMITS.optionLabel),
      ...(choice.value === field.value && { default: true }),
    }));
  return label(field, {
    type: ComponentType.StringSelect,
    custom_id: field.name,
    options,
    required: field.required,
    min_values: field.required ? 1 : 0,
    max_values: 1,
  });
}

function boxesOf(checks: readonly Extract<Field, { kind: 'check' }>[]): Part {
  const options = checks.map(({ name, label: words, hint, value }) => ({
    value: name,
    label: clip(words, LIMITS.optionLabel),
    ...(hint !== null && { description: clip(hint, LIMITS.optionLabel) }),
    ...(value && { default: true }),
  }));
  const [only] = checks;
  const words = checks.length === 1 && only ? only.label : BOXES_LABEL;
  const field = { name: BOXES, label: words, hint: null, required: false, kind: 'text', value: '' } as const;
  return label(field, {
    type: ComponentType.StringSelect,
    custom_id: BOXES,
    options: options.slice(0, LIMITS.selectOptions),
    required: false,
    min_values: 0,
    max_values: Math.min(options.length, LIMITS.selectOptions),
  });
}

/** What was filled in, by the names of the fields; a ticked box is `on`. */
export function readFields({ data }: Interaction): Readonly<Record<string, string>> {
  const filled = (data?.components ?? []).flatMap(({ component }) => component ?? []);
  const entries = filled.flatMap(({ custom_id: name, value, values }): [string, string][] =>
    name === BOXES ? (values ?? []).map((box) => [box, 'on']) : [[name, value ?? values?.[0] ?? '']],
  );
  return Object.fromEntries(entries);
}

/** The form as it was filled in, to be corrected. */
export function filledForm(form: Form, fields: Readonly<Record<string, string>>): Form {
  return {
    ...form,
    fields: form.fields.map((field) =>
      field.kind === 'check'
        ? { ...field, value: fields[field.name] === 'on' }
        : { ...field, value: fields[field.name] ?? '' },
    ),
  };
}
