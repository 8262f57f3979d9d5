import type { EffectOf } from '../../domain/effect.ts';
import type { Block, Message } from '../message.ts';
import { button, buttons as row, note, tidy } from './blocks.ts';
import type { Reading } from './plain.ts';

/** A direct message that is no page: its words, and buttons that do what a typed command does. */
export function personNotice(
  { personId, text, items = [], buttons }: Omit<EffectOf<'chat.tell_person'>, 'type' | 'key'>,
  reading: Reading,
): Message {
  const line = tidy(typeof text === 'string' ? [text] : text);
  const message = note([line], reading, { tone: 'news', notify: [personId] });
  const offers = buttons.map(({ label, command }, i) =>
    button('run-command', label, { value: command, style: i === 0 ? 'primary' : 'plain' }),
  );
  const list: readonly Block[] = items.length === 0 ? [] : [{ kind: 'list', items: items.map(tidy) }];
  return { ...message, blocks: [...message.blocks, ...list, ...row(...offers)] };
}
