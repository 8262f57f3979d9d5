import { isOpen } from '../../domain/incident/incident.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { Form } from '../message.ts';
import { choiceField, longField, textField } from './fields.ts';
import { titleOf } from './naming.ts';

const STATUSES = ['triage', 'investigating', 'identified', 'monitoring', 'resolved'] as const;

/** The form of a status update, with the status as it is. */
export function updateForm(incident: Incident): Form {
  const { id, status } = incident;
  const from = STATUSES.findIndex((known) => known === status);
  const onward = isOpen(incident) ? STATUSES.slice(Math.max(from, 0)) : [status];
  return {
    form: 'update',
    value: String(id),
    title: `Update on #${id} ${titleOf(incident)}`,
    submitLabel: 'Post update',
    fields: [
      longField('text', {
        label: 'What should everybody know?',
        hint: 'What is known, what is being done, what comes next.',
        required: true,
      }),
      choiceField('status', {
        label: 'Status',
        value: status,
        choices: onward.map((value) => ({ value, label: value })),
      }),
      textField('next', { label: 'Next update in', hint: 'For example 30m. Empty: as the severity asks.' }),
    ],
  };
}

/** The form of a task. */
export function taskForm({ id }: Incident): Form {
  return {
    form: 'task',
    value: String(id),
    title: `New task for #${id}`,
    submitLabel: 'Add task',
    fields: [
      textField('text', { label: 'What is to be done?', required: true }),
      textField('owner', { label: 'Who does it?', hint: 'A name or handle; empty for whoever takes it.' }),
      textField('due', { label: 'Due', hint: 'For example 18:00 or tomorrow 9am.' }),
    ],
  };
}
