import type { ActionsBlock, Button as SlackButton, KnownBlock, RichTextBlock } from '@slack/types';
import type { Block, Button, Message } from '../../message.ts';
import { actionIdOf } from './action-id.ts';
import { fit } from './fit.ts';
import { mrkdwnOf } from './mrkdwn.ts';
import type { SlackReading } from './reading.ts';
import { bold, cutLine, cutText, plain, richLine } from './rich-text.ts';

const LONGEST_TEXT = 2_900;
const LONGEST_HEADER = 150;
const LONGEST_LABEL = 75;
const LONGEST_VALUE = 2_000;
const LONGEST_MARKDOWN = 11_000;
const BUTTONS_IN_A_ROW = 25;
const LONGEST_CONTEXT = 1_900;

/** What stands before the first words, so that how bad it is reaches those too who see no colour. */
const MARKS: Readonly<Record<Message['tone'], string>> = {
  calm: '',
  news: '',
  warning: '🟠 ',
  danger: '🔴 ',
  good: '🟢 ',
  drill: '🟣 ',
};

/** The blocks of a message in Slack's words, before they are held to the limits of a whole message. */
export function blocksOf({ blocks, tone }: Message, reading: SlackReading): KnownBlock[] {
  const mark = MARKS[tone];
  const at = blocks.findIndex(({ kind }) => kind === 'heading' || kind === 'text');
  return blocks.flatMap((block, i) => blockOf(i === at ? marked(block, mark) : block, { reading, place: i }));
}

function marked(block: Block, mark: string): Block {
  if (mark === '') return block;
  if (block.kind === 'heading') return { ...block, text: mark + block.text };
  return block.kind === 'text' ? { ...block, line: [mark, ...block.line] } : block;
}

interface Standing {
  readonly reading: SlackReading;
  /** Which block of the message it is. */
  readonly place: number;
}

function blockOf(block: Block, { reading, place }: Standing): KnownBlock[] {
  switch (block.kind) {
    case 'heading':
      return block.text.trim() === ''
        ? []
        : [{ type: 'header', text: plainText(block.text, LONGEST_HEADER) }];
    case 'text':
      return cutLine(block.line, LONGEST_TEXT).map((piece) => section(richLine(piece, reading)));
    case 'context':
      return contextOf(mrkdwnOf(block.line, reading));
    case 'facts':
      return block.facts.length === 0 ? [] : [factsOf(block.facts, reading)];
    case 'list':
      return block.items.length === 0 ? [] : [listOf(block.items, reading)];
    case 'quote':
      return cutText(block.text, LONGEST_TEXT).map((piece) =>
        rich({ type: 'rich_text_quote', elements: plain(piece) }),
      );
    case 'code':
      return cutText(block.text, LONGEST_TEXT).map((piece) =>
        rich({ type: 'rich_text_preformatted', elements: [{ type: 'text', text: piece }] }),
      );
    case 'document':
      return documentOf(block.title, block.markdown);
    case 'buttons':
      return rowsOf(block.buttons, place);
  }
}

function plainText(text: string, max: number) {
  return { type: 'plain_text' as const, text: fit(text, max), emoji: false };
}

function rich(element: RichTextBlock['elements'][number]): RichTextBlock {
  return { type: 'rich_text', elements: [element] };
}

function section(elements: ReturnType<typeof plain>): RichTextBlock {
  return rich({ type: 'rich_text_section', elements });
}

function contextOf(text: string): KnownBlock[] {
  if (text.trim() === '') return [];
  // Markup that is cut in its middle is worse than a paragraph of the usual size.
  return [{ type: 'context', elements: [{ type: 'mrkdwn', text: cutMarkup(text), verbatim: true }] }];
}

/** Cuts behind the last piece of markup that fits. */
function cutMarkup(text: string): string {
  if (text.length <= LONGEST_CONTEXT) return text;
  const cut = text.slice(0, LONGEST_CONTEXT).replace(/<[^<>]*$|&[a-z]{0,4}$/, '');
  return `${cut.trimEnd()}…`;
}

type Facts = Extract<Block, { kind: 'facts' }>['facts'];

function factsOf(facts: Facts, reading: SlackReading): RichTextBlock {
  const lines = facts.flatMap(({ label, value }, i) => [
    ...plain(i === 0 ? '' : '\n'),
    ...bold(`${label}: `),
    ...richLine(cutLine(value, LONGEST_TEXT)[0] ?? [], reading),
  ]);
  return section(lines);
}

function listOf(items: Extract<Block, { kind: 'list' }>['items'], reading: SlackReading): RichTextBlock {
  return rich({
    type: 'rich_text_list',
    style: 'bullet',
    elements: items.map((item) => ({
      type: 'rich_text_section',
      elements: richLine(cutLine(item, LONGEST_TEXT)[0] ?? [], reading),
    })),
  });
}

function documentOf(title: string, markdown: string): KnownBlock[] {
  const pieces = cutText(markdown, LONGEST_MARKDOWN);
  const [first = ''] = pieces;
  const more = pieces.length > 1 ? contextOf('_Shortened: the whole document is in Firebell._') : [];
  if (first.trim() === '') return [];
  return [...(title === '' ? [] : [section(bold(title))]), { type: 'markdown', text: first }, ...more];
}

function rowsOf(buttons: readonly Button[], place: number): ActionsBlock[] {
  const rows: ActionsBlock[] = [];
  for (let i = 0; i < buttons.length; i += BUTTONS_IN_A_ROW) {
    const row = buttons.slice(i, i + BUTTONS_IN_A_ROW);
    rows.push({
      type: 'actions',
      block_id: `buttons-${place}-${i}`,
      elements: row.map((button, n) => buttonOf(button, i + n)),
    });
  }
  return rows;
}

function buttonOf({ action, value, label, style }: Button, place: number): SlackButton {
  return {
    type: 'button',
    action_id: actionIdOf(action, place),
    text: plainText(label, LONGEST_LABEL),
    value: value.slice(0, LONGEST_VALUE),
    ...(style === 'plain' ? {} : { style }),
  };
}
