import { defineCommand } from './define.ts';

/** `/inc rename Checkout fails for card payments` */
export const rename = defineCommand({
  name: 'rename',
  synonyms: ['title', 'retitle'],
  summary: 'Give the incident another title',
  where: 'incident',
  course: 'all',
  params: [{ name: 'title', kind: 'text', required: true, description: 'The new title' }],
  examples: ['rename Checkout fails for card payments'],
  toCommand: ({ title }, { actor, incident }) => ({
    type: 'incident.rename',
    by: actor,
    incidentId: incident.id,
    title,
  }),
});
