import type { NamedSchedule } from '../../domain/directory.ts';
import type { HandoverNote } from '../../domain/roster/shift-commands.ts';
import type { Line } from '../../domain/text.ts';
import { whoOf } from '../../domain/timeline/phrase.ts';
import type { Message } from '../message.ts';
import { listScreen } from './lists.ts';
import type { Reading } from './plain.ts';

/** The notes that wait for the next hand-off of a schedule. */
export function notesScreen(
  { name, id }: NamedSchedule,
  notes: readonly HandoverNote[],
  reading: Reading,
): Message {
  return listScreen(
    {
      heading: `For the next on call: ${name}`,
      items: notes.map(({ by, at, text }): Line => [whoOf(by), ', ', { time: at }, `: ${text}`]),
      empty: 'No note waits.',
      foot: ['To leave one: ', { code: `handover ${id} <note>` }],
    },
    reading,
  );
}
