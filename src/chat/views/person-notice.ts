import type { EffectOf } from '../../domain/effect.ts';
import type { Message } from '../message.ts';
import { button, buttons as row, note, tidy } from './blocks.ts';
import type { Reading } from './plain.ts';

/** A direct message that is no page: its words, and buttons that do what a typed command does. */
export function personNotice(
  { personId, text, buttons }: Pick<EffectOf<'chat.tell_person'>, 'personId' | 'text' | 'buttons'>,
  reading: Reading,
): Message {
  const line = tidy(typeof text === 'string' ? [text] : text);
  const message = note([line], reading, { tone: 'news', notify: [personId] });
  const offers = buttons.map(({ label, command }, i) =>
    button('run-command', label, { value: command, style: i === 0 ? 'primary' : 'plain' }),
  );
  return { ...message, blocks: [...message.blocks, ...row(...offers)] };
}
