import { alwaysTold } from '../step.ts';
import { defineCommand } from './define.ts';

/** `/inc invite @ana @ben` */
export const invite = defineCommand({
  name: 'invite',
  synonyms: [],
  summary: 'Bring people into the room',
  where: 'incident',
  params: [{ name: 'people', kind: 'people', required: true, description: 'Who is to come' }],
  examples: ['invite @ben', 'invite @ana @ben'],
  toCommand: ({ people }, { actor, incident }) => ({
    type: 'incident.add_members',
    by: actor,
    incidentId: incident.id,
    personIds: people,
  }),
  confirm: ({ events }) => (events.length > 0 ? null : alwaysTold(['they are in it already.'])),
});
