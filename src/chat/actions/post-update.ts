import { replying } from '../step.ts';
import { updateForm } from '../views/update.ts';
import { defineIncidentAction } from './define.ts';

/** Post update: opens the form. */
export const postUpdate = defineIncidentAction({
  name: 'post-update',
  typed: 'update',
  opensForm: true,
  press: (_, { incident }) => replying({ kind: 'form', form: updateForm(incident) }),
});
