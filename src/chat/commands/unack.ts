import { defineCommand } from './define.ts';

/** `/inc unack` */
export const unack = defineCommand({
  name: 'unack',
  synonyms: ['unacknowledge', 'unclaim', 'release'],
  summary: 'Give it back: paging goes on at the same step, at once',
  where: 'incident',
  params: [],
  examples: ['unack', 'unack #42'],
  forgiving: true,
  toCommand: (_, { actor, incident }) => ({
    type: 'escalation.unacknowledge',
    by: actor,
    incidentId: incident.id,
  }),
});
