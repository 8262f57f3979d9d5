import type { Actor } from '../../domain/actor.ts';
import { personOf } from '../../domain/actor.ts';
import type { Directory } from '../../domain/directory.ts';
import type { Line, Span } from '../../domain/text.ts';
import { shorten, withoutInvisible } from '../../lib/clean-text.ts';
import type { Block, Button, Message, Reply } from '../message.ts';
import { plainLine } from './plain.ts';
import type { Reading } from './plain.ts';

const LONGEST_SPAN = 2000;

/** A paragraph. */
export function text(...line: Line): Block {
  return { kind: 'text', line };
}

/** A small, quiet line. */
export function context(...line: Line): Block {
  return { kind: 'context', line };
}

/** A row of buttons; nothing when there are none. */
export function buttons(...row: readonly Button[]): readonly Block[] {
  return row.length === 0 ? [] : [{ kind: 'buttons', buttons: [...row] }];
}

/** A plain button. `value` is what its action is about: an incident's number or a page's id. */
export function button(
  action: string,
  label: string,
  { value, style = 'plain' }: { readonly value: string | number; readonly style?: Button['style'] },
): Button {
  return { action, value: String(value), label, style };
}

/** Text with `code` between backticks, as refusals and help write it, as spans. */
export function marked(words: string): Line {
  return words
    .split('`')
    .map((part, i): Span => (i % 2 === 1 ? { code: part } : part))
    .filter((span) => span !== '');
}

/** A line whose free texts hold no characters that nobody sees; what each span is stays as it is. */
export function tidy(line: Line): Line {
  return line.map((span) => {
    if (typeof span === 'string') return shorten(withoutInvisible(span), LONGEST_SPAN);
    return 'bold' in span ? { bold: withoutInvisible(span.bold) } : span;
  });
}

/** A calm message of these lines, whose plain sentence is the lines read aloud. */
export function note(lines: readonly Line[], reading: Reading, more: Partial<Message> = {}): Message {
  return {
    blocks: lines.map((line) => text(...line)),
    tone: 'calm',
    plain: lines.map((line) => plainLine(line, reading)).join(' '),
    notify: [],
    ...more,
  };
}

/** An answer that only the asker sees. */
export function whisper(message: Message): Reply {
  return { kind: 'private', message };
}

/** The zone in which somebody reads times: their own, or the one of the rooms. */
export function zoneOf(actor: Actor, { people, settings }: Directory): string {
  const id = personOf(actor);
  return (id === null ? undefined : people.get(id)?.zone) ?? settings.zone;
}
