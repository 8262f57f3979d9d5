import { defineCommand } from './define.ts';

/** `/inc decline` */
export const decline = defineCommand({
  name: 'decline',
  synonyms: ['cant', 'pass'],
  summary: 'Say that you cannot take it: somebody else is paged',
  where: 'incident',
  params: [],
  examples: ['decline', 'decline #42'],
  forgiving: true,
  toCommand: (_, { actor, incident }) => ({
    type: 'escalation.decline',
    by: actor,
    incidentId: incident.id,
    pageId: null,
  }),
});
