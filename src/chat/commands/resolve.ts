import { alwaysTold } from '../step.ts';
import { defineCommand } from './define.ts';

/** `/inc resolve rolled back, errors are gone` */
export const resolve = defineCommand({
  name: 'resolve',
  synonyms: ['close', 'fix', 'fixed'],
  summary: 'It is over: ends every page',
  where: 'incident',
  params: [{ name: 'summary', kind: 'text', description: 'What fixed it' }],
  examples: ['resolve', 'resolve rolled back, errors are gone'],
  toCommand: (args, { actor, incident }) => ({
    type: 'incident.resolve',
    by: actor,
    incidentId: incident.id,
    summary: args.summary,
  }),
  confirm: ({ events, incident }) =>
    events.length > 0 ? null : alwaysTold([`it is ${incident.status} already.`]),
});
