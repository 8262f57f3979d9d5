import type { Json } from './state.ts';

/** An element that people fill in or choose from. */
export interface Input {
  readonly blockId: string;
  readonly actionId: string;
  readonly element: Json;
  /** The input block around it; null for elements of actions and sections. */
  readonly block: Json;
  readonly isInput: boolean;
}

/** Everything in these blocks that a person can act on. */
export function inputsOf(blocks: unknown): readonly Input[] {
  return asList(blocks).flatMap((block) => {
    const elements = [block['element'], block['accessory'], ...asList(block['elements'])];
    return elements.filter(isJson).flatMap((element) =>
      typeof element['action_id'] === 'string'
        ? [
            {
              blockId: text(block['block_id']),
              actionId: element['action_id'],
              element,
              block,
              isInput: block['type'] === 'input',
            },
          ]
        : [],
    );
  });
}

/** `state.values` of a view that nobody has touched. */
export function initialValues(body: Json): Json {
  return valuesOf(body, ({ element }) => initialValue(element));
}

/** `state.values`: each stateful element of the view with what `valueOf` says. */
export function valuesOf(
  { blocks }: Json & { readonly blocks?: unknown },
  valueOf: (input: Input) => Json,
): Json {
  const values: Record<string, Record<string, unknown>> = {};
  for (const input of inputsOf(blocks)) {
    if (text(input.element['type']) === 'button' || text(input.element['type']) === 'overflow') continue;
    values[input.blockId] = { ...values[input.blockId], [input.actionId]: valueOf(input) };
  }
  return values;
}

/** What an element holds before anybody has touched it. */
export function initialValue(element: Json): Json {
  const type = text(element['type']);
  const initial = (name: string): unknown => element[name] ?? null;
  switch (type) {
    case 'checkboxes':
    case 'multi_static_select':
    case 'multi_external_select':
      return { type, selected_options: element['initial_options'] ?? [] };
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type, selected_option: initial('initial_option') };
    case 'users_select':
      return { type, selected_user: initial('initial_user') };
    case 'multi_users_select':
      return { type, selected_users: element['initial_users'] ?? [] };
    case 'channels_select':
      return { type, selected_channel: initial('initial_channel') };
    case 'conversations_select':
      return { type, selected_conversation: initial('initial_conversation') };
    case 'multi_channels_select':
      return { type, selected_channels: element['initial_channels'] ?? [] };
    case 'multi_conversations_select':
      return { type, selected_conversations: element['initial_conversations'] ?? [] };
    case 'datepicker':
      return { type, selected_date: initial('initial_date') };
    case 'timepicker':
      return { type, selected_time: initial('initial_time') };
    case 'datetimepicker':
      return { type, selected_date_time: initial('initial_date_time') };
    default:
      return { type, value: initial('initial_value') };
  }
}

function asList(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

/** Whether it is a JSON object. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
