import type { Json } from '../workspace/state.ts';
import { initialValue, inputsOf, isJson, valuesOf } from '../workspace/view-values.ts';
import type { Input } from '../workspace/view-values.ts';
import { wordsOf } from './shown.ts';

/** What a person puts in: by the label, the block id or the action id. Lists for what takes several. */
export type Filled = Readonly<Record<string, string | readonly string[]>>;

/** `state.values` with what was filled in. Throws when there is no such field or no such choice. */
export function fill(body: Json, filled: Filled): Json {
  const blocks = body['blocks'];
  const inputs = inputsOf(blocks);
  const used = new Set<string>();
  const values = valuesOf({ blocks }, (input) => {
    const name = namesOf(input).find((one) => one in filled);
    if (name === undefined) return initialValue(input.element);
    used.add(name);
    return put(input.element, filled[name] ?? '');
  });
  const unknown = Object.keys(filled).filter((name) => !used.has(name));
  const known = inputs.map((input) => namesOf(input).join('/')).join(', ');
  if (unknown.length > 0) throw new Error(`there is no field ${unknown.join(', ')}; there are ${known}`);
  return values;
}

function namesOf({ blockId, actionId, block }: Input): readonly string[] {
  return [wordsOf(block['label']), blockId, actionId].filter(Boolean);
}

/** The value of an element in which this was put. */
export function put(element: Json, value: string | readonly string[]): Json {
  const type = String(element['type']);
  const many = typeof value === 'string' ? [value] : [...value];
  const [one = ''] = many;
  const empty = one === '' ? null : one;
  switch (type) {
    case 'static_select':
    case 'radio_buttons':
    case 'overflow':
      return { type, selected_option: one === '' ? null : optionOf(element, one) };
    case 'external_select':
      return { type, selected_option: { text: { type: 'plain_text', text: one }, value: one } };
    case 'checkboxes':
    case 'multi_static_select':
      return { type, selected_options: many.filter(Boolean).map((each) => optionOf(element, each)) };
    case 'users_select':
      return { type, selected_user: empty };
    case 'multi_users_select':
      return { type, selected_users: many.filter(Boolean) };
    case 'conversations_select':
      return { type, selected_conversation: empty };
    case 'channels_select':
      return { type, selected_channel: empty };
    case 'multi_conversations_select':
      return { type, selected_conversations: many.filter(Boolean) };
    case 'datepicker':
      return { type, selected_date: empty };
    case 'timepicker':
      return { type, selected_time: empty };
    case 'datetimepicker':
      return { type, selected_date_time: empty === null ? null : Number(one) };
    default:
      return { type, value: empty };
  }
}

function optionOf(element: Json, wanted: string): Json {
  const groups = Array.isArray(element['option_groups']) ? element['option_groups'].filter(isJson) : [];
  const lists = [
    element['options'],
    ...groups.map(({ options }: Json & { readonly options?: unknown }) => options),
  ];
  const options = lists.flatMap((list) => (Array.isArray(list) ? list.filter(isJson) : []));
  const found = options.find((option) => option['value'] === wanted || wordsOf(option['text']) === wanted);
  if (!found)
    throw new Error(
      `there is no choice ${wanted}; there are ${options.map((one) => wordsOf(one['text'])).join(', ')}`,
    );
  return found;
}

/** What Slack itself says at the fields before the app is asked, by block id. */
export function clientErrors(body: Json, values: Json): Readonly<Record<string, string>> {
  const errors: Record<string, string> = {};
  for (const { blockId, actionId, block, element, isInput } of inputsOf(body['blocks'])) {
    if (!isInput) continue;
    const ofBlock = values[blockId];
    const value = isJson(ofBlock) ? ofBlock[actionId] : undefined;
    const error = errorOf(element, isJson(value) ? value : {}, block['optional'] === true);
    if (error !== null) errors[blockId] = error;
  }
  return errors;
}

function errorOf(element: Json, { type: _type, ...value }: Json, isOptional: boolean): string | null {
  const [content] = Object.values(value);
  const isEmpty =
    content === null ||
    content === undefined ||
    content === '' ||
    (Array.isArray(content) && content.length === 0);
  if (isEmpty) return isOptional ? null : 'Please complete this required field.';
  if (typeof content !== 'string') return null;
  const { max_length, min_length } = element as {
    readonly max_length?: number;
    readonly min_length?: number;
  };
  if (content.length > (max_length ?? 3_000)) return `Please use at most ${max_length ?? 3_000} characters.`;
  if (content.length < (min_length ?? 0)) return `Please use at least ${min_length ?? 0} characters.`;
  if (element['type'] === 'number_input' && Number.isNaN(Number(content))) return 'Enter a number.';
  if (element['type'] === 'email_text_input' && !content.includes('@')) return 'Enter a valid email.';
  return element['type'] === 'url_text_input' && !URL.canParse(content) ? 'Enter a valid URL.' : null;
}
