import { replying } from '../step.ts';
import { roleForm } from '../views/role-form.ts';
import { defineIncidentAction } from './define.ts';

/** Assign a role: opens the form. */
export const assignRole = defineIncidentAction({
  name: 'assign-role',
  typed: 'role',
  opensForm: true,
  press: (_, { incident, directory }) => replying({ kind: 'form', form: roleForm(incident, directory) }),
});
