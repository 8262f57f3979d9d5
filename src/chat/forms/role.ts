import { saying } from '../step.ts';
import { defineIncidentForm, filled, wrong } from './define.ts';
import { personField } from '../field-values.ts';

/** Gives a role to somebody. */
export const role = defineIncidentForm('role', (fields, asking) => {
  const { actor: by, incident, directory } = asking;
  const wanted = filled(fields, 'role');
  if (!directory.settings.roles.includes(wanted)) return wrong('role', 'Choose one of the list.');
  const person = personField(fields, 'person', asking);
  if ('wrong' in person) return wrong('person', person.wrong);
  if (person.value === null) return wrong('person', 'Say who takes it.');
  return saying({
    type: 'incident.assign_role',
    by,
    incidentId: incident.id,
    role: wanted,
    personId: person.value,
    note: filled(fields, 'note') || null,
  });
});
