import type { Directory } from '../../domain/directory.ts';
import { severityHint } from '../../domain/incident/declare.ts';
import type { Param } from './params.ts';

/** What would have been understood, for parameters whose values can be counted; null for the others. */
export function knownValues(param: Param, directory: Directory): string | null {
  switch (param.kind) {
    case 'severity':
      return severityHint(directory);
    case 'impact':
      return matrixHint('Impacts', directory.severityMatrix?.impacts);
    case 'urgency':
      return matrixHint('Urgencies', directory.severityMatrix?.urgencies);
    case 'role':
      return `Roles are: ${directory.settings.roles.join(', ')}.`;
    case 'choice':
      return `It can be: ${(param.choices ?? []).join(', ')}.`;
    case 'status':
      return 'It can be: investigating, identified, monitoring, resolved.';
    case 'schedule':
      return `Schedules are: ${[...directory.schedules.keys()].map((id) => `\`${id}\``).join(', ')}.`;
    case 'person':
    case 'people':
    case 'service':
    case 'target':
    case 'subject':
    case 'schedule_or_team':
    case 'away':
    case 'number':
    case 'duration':
    case 'time':
    case 'past_time':
    case 'moment':
    case 'text':
    case 'flag':
      return null;
  }
}

function matrixHint(what: string, known: readonly string[] | undefined): string {
  return known === undefined
    ? 'No `severity_matrix` is configured: name the severity itself.'
    : `${what} are, worst first: ${known.join(', ')}.`;
}
