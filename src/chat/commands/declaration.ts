import type { CommandOf } from '../../domain/command.ts';
import type { Declaration } from '../../domain/incident/commands.ts';
import type { Line } from '../../domain/text.ts';
import { serviceName, severityName } from '../../domain/timeline/phrase.ts';
import { told } from '../step.ts';
import type { Asking, Confirmation, Done } from '../step.ts';

const LONGEST_TITLE = 200;

/** An incident that a person declares; what they leave open the service and the settings fill. */
export function declareBy(
  { actor }: Asking,
  more: Partial<Declaration> & { readonly title: string },
): CommandOf<'incident.declare'> {
  // A title that is too long is cut; what it said is kept.
  const summary = more.title.length > LONGEST_TITLE ? more.title : null;
  return {
    type: 'incident.declare',
    by: actor,
    incidentId: 0,
    summary,
    severity: null,
    kind: 'real',
    visibility: 'public',
    service: null,
    page: { kind: 'service' },
    wantsRoom: true,
    autoResolve: false,
    ackTakesCommand: false,
    ...more,
  };
}

/** What was declared, as it was understood. */
export function confirmDeclared({ incident }: Done, { directory }: Asking): Confirmation {
  const parts = [
    severityName(incident.severity, directory),
    ...(incident.service === null ? [] : [`service ${serviceName(incident.service, directory)}`]),
    ...(incident.visibility === 'private' ? ['private'] : []),
    ...(incident.kind === 'retrospective' ? ['retrospective: nobody is paged'] : []),
  ];
  const what: Line = ['declared ', { bold: incident.title }, ` (${parts.join(', ')}).`];
  return told([...what, incident.wantsRoom ? ' Its room is being opened.' : '']);
}
