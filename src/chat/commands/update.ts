import { updateForm } from '../views/update.ts';
import { alwaysTold } from '../step.ts';
import { defineCommand } from './define.ts';

/** `/inc update We rolled back, errors are falling next in 30m` */
export const update = defineCommand({
  name: 'update',
  synonyms: ['post'],
  summary: 'Post a status update to the room and the stakeholders; without a text, by a form',
  where: 'incident',
  opensForm: true,
  params: [
    { name: 'text', kind: 'text', description: 'What everybody should know' },
    {
      name: 'next',
      kind: 'duration',
      keywords: ['next in', 'next update in'],
      description: 'When the next update comes',
    },
  ],
  examples: ['update', 'update We rolled back, errors are falling next in 30m'],
  toCommand: ({ text, next }, { actor, incident }) =>
    text === null
      ? null
      : {
          type: 'incident.post_update',
          by: actor,
          incidentId: incident.id,
          text,
          status: null,
          nextInMs: next,
        },
  answer: (_, { incident }) => ({ kind: 'form', form: updateForm(incident) }),
  confirm: ({ incident, events }) => {
    const due = incident.nextUpdateDue;
    return events.length === 0 || due === null
      ? null
      : alwaysTold(['posted. The next update is due by ', { time: due }, '.']);
  },
});
