/** What may stand in a property of Block Kit. Numbers are the most characters or items. */
export type Rule =
  | { readonly is: 'plain' | 'text'; readonly most: number }
  | { readonly is: 'string'; readonly most: number }
  | { readonly is: 'enum'; readonly of: readonly string[] }
  | { readonly is: 'list'; readonly least: number; readonly most: number; readonly of: Rule }
  | { readonly is: 'element'; readonly of: readonly string[] }
  | { readonly is: 'option'; readonly most: number }
  | { readonly is: 'confirm' | 'flag' | 'any' };

/** One kind of block or element: its properties, and which of them must be there. */
export interface Shape {
  readonly needs: readonly string[];
  readonly has: Readonly<Record<string, Rule>>;
}

const ID: Rule = { is: 'string', most: 255 };
const FLAG: Rule = { is: 'flag' };
const ANY: Rule = { is: 'any' };
const CONFIRM: Rule = { is: 'confirm' };
const plain = (most: number): Rule => ({ is: 'plain', most });
const text = (most: number): Rule => ({ is: 'text', most });
const string = (most: number): Rule => ({ is: 'string', most });
const list = (of: Rule, most: number, least = 1): Rule => ({ is: 'list', least, most, of });

const CHOOSERS = [
  'static_select',
  'external_select',
  'users_select',
  'conversations_select',
  'channels_select',
];
const SELECTS = [...CHOOSERS, ...CHOOSERS.map((name) => `multi_${name}`)];
const PICKERS = ['datepicker', 'timepicker', 'datetimepicker', 'checkboxes', 'radio_buttons'];

const select = {
  action_id: ID,
  placeholder: plain(150),
  confirm: CONFIRM,
  focus_on_load: FLAG,
  max_selected_items: ANY,
};
const picker = { action_id: ID, placeholder: plain(150), confirm: CONFIRM, focus_on_load: FLAG };
const written = {
  action_id: ID,
  placeholder: plain(150),
  initial_value: ANY,
  focus_on_load: FLAG,
  dispatch_action_config: ANY,
};

/** The blocks of messages and views with Slack's limits, as its reference gives them. */
export const BLOCKS: Readonly<Record<string, Shape>> = {
  section: {
    needs: [],
    has: {
      text: text(3_000),
      fields: list(text(2_000), 10),
      accessory: {
        is: 'element',
        of: ['button', 'image', 'overflow', 'workflow_button', ...SELECTS, ...PICKERS],
      },
      expand: FLAG,
    },
  },
  header: { needs: ['text'], has: { text: plain(150), level: ANY } },
  divider: { needs: [], has: {} },
  context: {
    needs: ['elements'],
    has: { elements: list({ is: 'element', of: ['image', 'plain_text', 'mrkdwn'] }, 10) },
  },
  actions: {
    needs: ['elements'],
    has: {
      elements: list(
        {
          is: 'element',
          of: ['button', 'overflow', 'workflow_button', 'rich_text_input', ...SELECTS, ...PICKERS],
        },
        25,
      ),
    },
  },
  input: {
    needs: ['label', 'element'],
    has: {
      label: plain(2_000),
      hint: plain(2_000),
      optional: FLAG,
      dispatch_action: FLAG,
      element: {
        is: 'element',
        of: [
          'plain_text_input',
          'number_input',
          'email_text_input',
          'url_text_input',
          'rich_text_input',
          'file_input',
          ...SELECTS,
          ...PICKERS,
        ],
      },
    },
  },
  image: {
    needs: ['alt_text'],
    has: { alt_text: string(2_000), image_url: string(3_000), slack_file: ANY, title: plain(2_000) },
  },
  rich_text: { needs: ['elements'], has: { elements: ANY } },
  markdown: { needs: ['text'], has: { text: string(12_000) } },
};

/** The elements of blocks with Slack's limits. */
export const ELEMENTS: Readonly<Record<string, Shape>> = {
  plain_text: { needs: ['text'], has: { text: string(3_000), emoji: FLAG } },
  mrkdwn: { needs: ['text'], has: { text: string(3_000), verbatim: FLAG } },
  image: { needs: ['alt_text'], has: { alt_text: string(2_000), image_url: string(3_000), slack_file: ANY } },
  button: {
    needs: ['text'],
    has: {
      text: plain(75),
      action_id: ID,
      value: string(2_000),
      url: string(3_000),
      style: { is: 'enum', of: ['primary', 'danger'] },
      confirm: CONFIRM,
      accessibility_label: string(75),
    },
  },
  overflow: {
    needs: ['options'],
    has: { action_id: ID, options: list({ is: 'option', most: 75 }, 5), confirm: CONFIRM },
  },
  plain_text_input: {
    needs: [],
    has: { ...written, multiline: FLAG, min_length: ANY, max_length: ANY },
  },
  number_input: {
    needs: ['is_decimal_allowed'],
    has: { ...written, is_decimal_allowed: FLAG, min_value: ANY, max_value: ANY },
  },
  email_text_input: { needs: [], has: written },
  url_text_input: { needs: [], has: written },
  rich_text_input: { needs: ['action_id'], has: written },
  file_input: { needs: [], has: { action_id: ID, filetypes: ANY, max_files: ANY } },
  datepicker: { needs: [], has: { ...picker, initial_date: ANY } },
  timepicker: { needs: [], has: { ...picker, initial_time: ANY, timezone: ANY } },
  datetimepicker: { needs: [], has: { ...picker, initial_date_time: ANY } },
  checkboxes: {
    needs: ['options'],
    has: { ...picker, options: list({ is: 'option', most: 75 }, 10), initial_options: ANY },
  },
  radio_buttons: {
    needs: ['options'],
    has: { ...picker, options: list({ is: 'option', most: 75 }, 10), initial_option: ANY },
  },
  workflow_button: {
    needs: ['text', 'workflow', 'action_id'],
    has: { text: plain(75), workflow: ANY, action_id: ID, style: ANY, accessibility_label: string(75) },
  },
  ...Object.fromEntries(['', 'multi_'].flatMap((many) => chooserShapes(many))),
};

function chooserShapes(many: string): readonly (readonly [string, Shape])[] {
  const options = list({ is: 'option', most: 75 }, 100);
  const chosen = { initial_option: ANY, initial_options: ANY };
  const fixed: Shape = { needs: [], has: { ...select, ...chosen, options, option_groups: list(ANY, 100) } };
  const asked: Shape = { needs: [], has: { ...select, ...chosen, min_query_length: ANY } };
  const of = (noun: string): Shape => ({
    needs: [],
    has: {
      ...select,
      [`initial_${noun}${many === '' ? '' : 's'}`]: ANY,
      response_url_enabled: FLAG,
      filter: ANY,
      default_to_current_conversation: FLAG,
    },
  });
  return [
    [`${many}static_select`, fixed],
    [`${many}external_select`, asked],
    [`${many}users_select`, of('user')],
    [`${many}conversations_select`, of('conversation')],
    [`${many}channels_select`, of('channel')],
  ];
}
