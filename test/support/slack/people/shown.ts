import type { Channel, Ephemeral, Json, Message, State, View } from '../workspace/state.ts';
import { topModal } from '../workspace/views.ts';
import { inputsOf, isJson } from '../workspace/view-values.ts';

/** A message as somebody sees it. */
export interface Shown {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | null;
  /** Who said it: a user id. */
  readonly author: string;
  /** Every word that can be read in it: the blocks', or the text when there are none. */
  readonly words: string;
  /** The text that notifications show. */
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly buttons: readonly string[];
  readonly isPinned: boolean;
  readonly isEphemeral: boolean;
  readonly metadata: Message['metadata'];
  readonly reactions: readonly string[];
}

/** A message of a conversation as its members see it. */
export function showMessage(channel: Channel, message: Message): Shown {
  return {
    ...content(message.text, message.blocks, message.attachments),
    channel: channel.id,
    ts: message.ts,
    threadTs: message.threadTs,
    author: message.user,
    isPinned: channel.pins.some(({ ts }) => ts === message.ts),
    isEphemeral: false,
    metadata: message.metadata,
    reactions: message.reactions.map(({ name }) => name),
  };
}

/** What only one person sees. */
export function showEphemeral({ app }: State, one: Ephemeral): Shown {
  return {
    ...content(one.text, one.blocks, null),
    channel: one.channel,
    ts: one.ts,
    threadTs: one.threadTs,
    author: app.botUser,
    isPinned: false,
    isEphemeral: true,
    metadata: null,
    reactions: [],
  };
}

function content(text: string, blocks: readonly Json[] | null, attachments: readonly Json[] | null) {
  const inside = (attachments ?? []).flatMap((one) =>
    Array.isArray(one['blocks']) ? one['blocks'].filter(isJson) : [],
  );
  const all = [...(blocks ?? []), ...inside];
  const buttons = inputsOf(all).filter(({ element }) => element['type'] === 'button');
  return {
    text,
    blocks: all,
    // What a person wrote says the same in both.
    words: all.every(({ type }) => type === 'rich_text') ? text : wordsOf(all),
    buttons: buttons.map(({ element }) => wordsOf(element['text'])),
  };
}

/** Every word in these blocks, in reading order. */
export function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).filter(Boolean).join('\n');
  if (!isJson(value)) return '';
  if (typeof value['text'] === 'string') return value['text'];
  const parts = [
    'title',
    'label',
    'text',
    'fields',
    'element',
    'elements',
    'accessory',
    'options',
    'placeholder',
    'hint',
  ];
  const words = parts.map((name) => wordsOf(value[name])).filter(Boolean);
  if (typeof value['user_id'] === 'string') words.push(`<@${value['user_id']}>`);
  if (typeof value['url'] === 'string' && words.length === 0) words.push(value['url']);
  return words.join('\n');
}

/** A modal or a Home as its person sees it. */
export interface ShownView {
  readonly id: string;
  readonly callbackId: string;
  readonly title: string;
  readonly words: string;
  readonly blocks: readonly Json[];
  /** The labels of what can be filled in. */
  readonly fields: readonly string[];
  readonly buttons: readonly string[];
}

export function showView({ id, body }: View): ShownView {
  const blocks = Array.isArray(body['blocks']) ? body['blocks'].filter(isJson) : [];
  const inputs = inputsOf(blocks);
  return {
    id,
    callbackId: typeof body['callback_id'] === 'string' ? body['callback_id'] : '',
    title: wordsOf(body['title']),
    words: wordsOf(blocks),
    blocks,
    fields: inputs.filter(({ isInput }) => isInput).map(({ block }) => wordsOf(block['label'])),
    buttons: inputs
      .filter(({ element }) => element['type'] === 'button')
      .map(({ element }) => wordsOf(element['text'])),
  };
}

/** The modal in front of this person. */
export function modalOf(state: State, user: string): ShownView | null {
  const view = topModal(state, user);
  return view === null ? null : showView(view);
}
