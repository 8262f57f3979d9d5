import { personOf } from '../../domain/actor.ts';
import { readValue } from '../commands/read-value.ts';
import type { ReadContext, ValueRead } from '../commands/read-value.ts';
import { saying } from '../step.ts';
import { defineIncidentForm, filled, wrong } from './define.ts';

/** Adds a task. */
export const task = defineIncidentForm('task', (fields, asking) => {
  const { actor: by, incident } = asking;
  const context: ReadContext = { ...asking, me: personOf(by) };
  const text = filled(fields, 'text');
  if (text === '') return wrong('text', 'Say what is to be done.');
  const owner = readOptional(filled(fields, 'owner'), 'person', context);
  if (owner.kind !== 'value') return wrong('owner', problemOf(owner, 'Nobody is called that.'));
  const due = readOptional(filled(fields, 'due'), 'time', context);
  if (due.kind !== 'value') return wrong('due', problemOf(due, 'That is not a time I understand.'));
  return saying({
    type: 'incident.add_task',
    by,
    incidentId: incident.id,
    text,
    owner: typeof owner.value === 'string' ? owner.value : null,
    due: due.value instanceof Date ? due.value : null,
  });
});

function readOptional(words: string, kind: 'person' | 'time', context: ReadContext): ValueRead {
  return words === ''
    ? { kind: 'value', value: null }
    : readValue(words, { name: kind, kind, description: kind }, context);
}

function problemOf(read: Exclude<ValueRead, { kind: 'value' }>, otherwise: string): string {
  const words = read.kind === 'problem' ? read.refusal.why : (read.why ?? otherwise);
  return words.replaceAll('`', '');
}
