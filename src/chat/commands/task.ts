import { alwaysTold } from '../step.ts';
import { taskForm } from '../views/update.ts';
import { defineCommand } from './define.ts';

/** `/inc task roll back the deploy @ben due 18:00` */
export const task = defineCommand({
  name: 'task',
  synonyms: ['action', 'todo'],
  summary: 'Add a task, or tick one off',
  where: 'incident',
  course: 'all',
  opensForm: true,
  params: [
    {
      name: 'done',
      kind: 'number',
      keywords: ['done', 'finish'],
      description: 'The number of a task that is finished',
    },
    {
      name: 'reopen',
      kind: 'number',
      keywords: ['reopen'],
      description: 'The number of a task that is not finished after all',
    },
    { name: 'text', kind: 'text', description: 'What is to be done' },
    { name: 'owner', kind: 'person', description: 'Who does it' },
    { name: 'due', kind: 'time', keywords: ['due', 'by'], description: 'Until when' },
  ],
  examples: ['task roll back the deploy @ben', 'task call the vendor @ana due 18:00', 'task done 2'],
  toCommand: (args, { actor: by, incident }) => {
    const incidentId = incident.id;
    if (args.done !== null) return { type: 'incident.finish_task', by, incidentId, number: args.done };
    if (args.reopen !== null) return { type: 'incident.reopen_task', by, incidentId, number: args.reopen };
    if (args.text === null) return null;
    return { type: 'incident.add_task', by, incidentId, text: args.text, owner: args.owner, due: args.due };
  },
  answer: (_, { incident }) => ({ kind: 'form', form: taskForm(incident) }),
  confirm: ({ events }, { due }) =>
    due === null || events.length === 0 ? null : alwaysTold(['added, due ', { time: due }, '.']),
});
