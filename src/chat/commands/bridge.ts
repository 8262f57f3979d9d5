import { incidentLinks } from '../../domain/incident/links.ts';
import type { Line } from '../../domain/text.ts';
import { note, whisper } from '../views/blocks.ts';
import { defineCommand } from './define.ts';

/** `/inc bridge` */
export const bridge = defineCommand({
  name: 'bridge',
  synonyms: ['call', 'meet'],
  summary: 'Show where people talk to each other about it, and what users read',
  where: 'incident',
  course: 'all',
  params: [],
  examples: ['bridge', 'bridge #42'],
  answer: (_, { incident, directory, zone }) => {
    const { call, statusPage, runbook } = incidentLinks(incident, directory);
    const lines: readonly Line[] = [
      call === null
        ? ['No call is configured: ', { code: 'settings.call_link' }, ' in firebell.yaml names one.']
        : [{ link: call, label: 'Join the call' }, ` of #${incident.id}: ${call}`],
      ...(statusPage === null ? [] : [[{ link: statusPage, label: 'Open the status page' }]]),
      ...(runbook === null ? [] : [[{ link: runbook, label: 'Open the runbook' }]]),
    ];
    return whisper(note(lines, { directory, zone }));
  },
});
