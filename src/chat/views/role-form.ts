import type { Directory } from '../../domain/directory.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { Form } from '../message.ts';
import { choiceField, textField } from './fields.ts';
import { whoField } from './people-field.ts';

/** The form that gives a role to somebody, with the first role that nobody holds. */
export function roleForm({ id, roles }: Incident, directory: Directory): Form {
  const all = directory.settings.roles;
  return {
    form: 'role',
    value: String(id),
    title: `Roles of #${id}`,
    submitLabel: 'Assign',
    fields: [
      choiceField('role', {
        label: 'Which role?',
        value: all.find((name) => roles[name] === undefined) ?? all[0] ?? '',
        choices: all.map((name) => ({ value: name, label: roleLabel(name, roles[name], directory) })),
      }),
      whoField('person', { label: 'Who takes it?', required: true }, directory),
      textField('note', { label: 'What should they know?' }),
    ],
  };
}

function roleLabel(role: string, holder: string | undefined, { people }: Directory): string {
  return holder === undefined ? role : `${role} (${people.get(holder)?.name ?? holder})`;
}
