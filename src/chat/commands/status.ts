import { whisper } from '../views/blocks.ts';
import { cardFor } from './card.ts';
import { defineCommand } from './define.ts';

/** `/inc status identified bad deploy, rolling back` */
export const status = defineCommand({
  name: 'status',
  synonyms: [
    { word: 'investigating', before: 'investigating' },
    { word: 'identified', before: 'identified' },
    { word: 'monitoring', before: 'monitoring' },
    { word: 'mitigate', before: 'monitoring' },
    { word: 'mitigated', before: 'monitoring' },
  ],
  summary: 'Show the incident, or change its status',
  where: 'incident',
  course: 'all',
  params: [
    { name: 'state', kind: 'status', description: 'investigating, identified, monitoring or resolved' },
    { name: 'message', kind: 'text', description: 'What changed' },
  ],
  examples: ['status', 'status identified bad deploy, rolling back', 'mitigate rolled back'],
  toCommand: ({ state, message }, { actor, incident }) => {
    if (state !== null)
      return { type: 'incident.set_status', by: actor, incidentId: incident.id, status: state, message };
    if (message === null) return null;
    return {
      why: `“${message.slice(0, 60)}” does not begin with a status.`,
      hint: 'They are `investigating`, `identified`, `monitoring`, `resolved`. To tell everybody something: `update …`.',
    };
  },
  answer: async (_, asking) => whisper(await cardFor(asking)),
});
