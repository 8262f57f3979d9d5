import { alwaysTold } from '../step.ts';
import { defineCommand } from './define.ts';

/** `/inc postmortem` */
export const postmortem = defineCommand({
  name: 'postmortem',
  synonyms: ['retro', 'retrospective', 'rca'],
  summary: 'Draft the postmortem from what was said, and post it in the room',
  where: 'incident',
  course: 'all',
  params: [],
  examples: ['postmortem', 'postmortem #42'],
  toCommand: (_, { actor, incident }) => ({
    type: 'incident.draft_postmortem',
    by: actor,
    incidentId: incident.id,
  }),
  confirm: () => alwaysTold(['the postmortem is being drafted; it will be posted in the room.']),
});
