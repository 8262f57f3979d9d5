import { defineCommand } from './define.ts';

/** `/inc reopen errors are back` */
export const reopen = defineCommand({
  name: 'reopen',
  synonyms: ['unresolve'],
  summary: 'It is not over after all: pages again',
  where: 'incident',
  course: 'over',
  params: [{ name: 'reason', kind: 'text', required: true, description: 'Why' }],
  examples: ['reopen errors are back since 14:05'],
  toCommand: ({ reason }, { actor, incident }) => ({
    type: 'incident.reopen',
    by: actor,
    incidentId: incident.id,
    reason,
  }),
});
