import { replying } from '../step.ts';
import { taskForm } from '../views/update.ts';
import { defineIncidentAction } from './define.ts';

/** Add task: opens the form. */
export const addTask = defineIncidentAction({
  name: 'add-task',
  typed: 'task',
  opensForm: true,
  press: (_, { incident }) => replying({ kind: 'form', form: taskForm(incident) }),
});
