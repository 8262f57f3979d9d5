import type { Refusal } from '../../domain/decision.ts';
import type { Directory } from '../../domain/directory.ts';
import { severityOf } from '../../domain/incident/severity-matrix.ts';
import { severityName } from '../../domain/timeline/phrase.ts';
import { alwaysTold } from '../step.ts';
import { IMPACT, URGENCY } from './params.ts';
import { defineCommand } from './define.ts';
import { knownValues } from './known-values.ts';

const SEVERITY = { name: 'severity', kind: 'severity', description: 'The new severity' } as const;

/** `/inc severity sev1 customers cannot pay` */
export const severity = defineCommand({
  name: 'severity',
  synonyms: ['sev'],
  summary: 'Raise or lower the severity',
  where: 'incident',
  course: 'all',
  params: [SEVERITY, IMPACT, URGENCY, { name: 'reason', kind: 'text', description: 'Why, for the timeline' }],
  examples: ['severity sev1', 'sev 2 only the export is affected'],
  toCommand: (args, { actor, incident, directory }) => {
    const said = severityOf({ ...args, service: incident.service }, directory);
    if ('why' in said) return said;
    if (said.severity === null) return unknownSeverity(args.reason, directory);
    const reason = [said.because, args.reason].filter((one) => one !== null).join(': ') || null;
    const { id: incidentId } = incident;
    return { type: 'incident.set_severity', by: actor, incidentId, severity: said.severity, reason };
  },
  confirm: ({ incident, events }, _, { directory }) =>
    events.length > 0 ? null : alwaysTold([`it is ${severityName(incident.severity, directory)} already.`]),
});

function unknownSeverity(words: string | null, directory: Directory): Refusal {
  const hint = knownValues(SEVERITY, directory);
  if (words !== null && /^(impact|urgency)\b/i.test(words) && !directory.severityMatrix)
    return { why: 'No severities are configured by impact and urgency (`severity_matrix`).', hint };
  const said = words === null ? 'is missing' : `is missing; “${words.slice(0, 60)}” is none`;
  return { why: `The new severity: that ${said}.`, hint };
}
