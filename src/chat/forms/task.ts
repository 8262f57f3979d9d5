import { saying } from '../step.ts';
import { defineIncidentForm, filled, wrong } from './define.ts';
import { personField, timeField } from '../field-values.ts';

/** Adds a task. */
export const task = defineIncidentForm('task', (fields, asking) => {
  const { actor: by, incident } = asking;
  const text = filled(fields, 'text');
  if (text === '') return wrong('text', 'Say what is to be done.');
  const owner = personField(fields, 'owner', asking);
  if ('wrong' in owner) return wrong('owner', owner.wrong);
  const due = timeField(fields, 'due', asking);
  if ('wrong' in due) return wrong('due', due.wrong);
  return saying({
    type: 'incident.add_task',
    by,
    incidentId: incident.id,
    text,
    owner: owner.value,
    due: due.value,
  });
});
