import { defineCommand } from './define.ts';

/** `/inc cancel false alarm, planned test` */
export const cancel = defineCommand({
  name: 'cancel',
  synonyms: ['abort'],
  summary: 'It was none: ends every page',
  where: 'incident',
  params: [{ name: 'reason', kind: 'text', required: true, description: 'Why' }],
  examples: ['cancel false alarm, planned test'],
  toCommand: ({ reason }, { actor, incident }) => ({
    type: 'incident.cancel',
    by: actor,
    incidentId: incident.id,
    reason,
  }),
});
