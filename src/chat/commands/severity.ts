import { severityName } from '../../domain/timeline/phrase.ts';
import { alwaysTold } from '../step.ts';
import { defineCommand } from './define.ts';

/** `/inc severity sev1 customers cannot pay` */
export const severity = defineCommand({
  name: 'severity',
  synonyms: ['sev'],
  summary: 'Raise or lower the severity',
  where: 'incident',
  params: [
    { name: 'severity', kind: 'severity', required: true, description: 'The new severity' },
    { name: 'reason', kind: 'text', description: 'Why, for the timeline' },
  ],
  examples: ['severity sev1', 'sev 2 only the export is affected'],
  toCommand: (args, { actor, incident }) => ({
    type: 'incident.set_severity',
    by: actor,
    incidentId: incident.id,
    severity: args.severity,
    reason: args.reason,
  }),
  confirm: ({ incident, events }, _, { directory }) =>
    events.length > 0 ? null : alwaysTold([`it is ${severityName(incident.severity, directory)} already.`]),
});
