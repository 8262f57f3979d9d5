import type { RecordedEvent } from '../../domain/event.ts';
import { lineOf } from '../../domain/timeline/line.ts';
import { serviceName, severityName } from '../../domain/timeline/phrase.ts';
import type { Line } from '../../domain/text.ts';
import type { Message } from '../message.ts';
import type { Announcing } from './announcement.ts';
import { button, buttons, context, text, tidy } from './blocks.ts';
import { headlineOf } from './naming.ts';
import { plainLine } from './plain.ts';

/** What stakeholders read in the announcement room: which incident, what happened, where to follow. Null for what only responders need. */
export function broadcast(recorded: RecordedEvent, { incident, directory }: Announcing): Message | null {
  const line = lineOf(recorded, directory);
  if (line === null) return null;
  const service = incident.service === null ? '' : ` · ${serviceName(incident.service, directory)}`;
  const said = tidy(line);
  const plain = plainLine([`${headlineOf(incident, directory)}: `, ...said], {
    directory,
    zone: directory.settings.zone,
  });
  return {
    blocks: [
      { kind: 'heading', text: headlineOf(incident, directory) },
      text(...said),
      context(
        { incident: incident.id },
        ` · ${incident.status} · ${severityName(incident.severity, directory)}${service}`,
      ),
    ],
    tone: toneOf(recorded, incident.kind === 'drill'),
    plain,
    notify: [],
  };
}

function toneOf({ event }: RecordedEvent, isDrill: boolean): Message['tone'] {
  if (isDrill) return 'drill';
  if (event.type === 'incident.resolved') return 'good';
  return event.type === 'incident.declared' ? 'warning' : 'news';
}

/** What a chat channel reads when an escalation step names it. */
export function channelCall(said: string | null, { incident, directory }: Announcing): Message {
  const line: Line = [
    { incident: incident.id },
    ' needs somebody. Nobody has acknowledged it yet: open it and acknowledge, if you can take it.',
  ];
  const lines: readonly Line[] = [line, ...(said === null ? [] : [tidy([said])])];
  const reading = { directory, zone: directory.settings.zone };
  return {
    blocks: [{ kind: 'heading', text: headlineOf(incident, directory) }, ...lines.map((one) => text(...one))],
    tone: incident.kind === 'drill' ? 'drill' : 'warning',
    plain: `${headlineOf(incident, directory)}: ${lines.map((one) => plainLine(one, reading)).join(' ')}`,
    notify: [],
  };
}

/** What a user group reads in the incident's room when an escalation step names it. */
export function groupCall(group: string, said: string | null, { incident, directory }: Announcing): Message {
  const line: Line = [
    { bold: `@${group}` },
    ', this needs somebody. Nobody has acknowledged it yet: acknowledge here, if you can take it.',
  ];
  const lines: readonly Line[] = [tidy(line), ...(said === null ? [] : [tidy([said])])];
  const reading = { directory, zone: directory.settings.zone };
  const value = incident.id;
  return {
    blocks: [
      ...lines.map((one) => text(...one)),
      ...buttons(button('acknowledge', 'Acknowledge', { value, style: 'primary' })),
    ],
    tone: incident.kind === 'drill' ? 'drill' : 'warning',
    plain: lines.map((one) => plainLine(one, reading)).join(' '),
    notify: [],
    notifyGroups: [group],
  };
}

/** What the admins read about something that Firebell could not do. */
export function adminNotice(said: string, incidentId: number | null): Message {
  const line = tidy([said]);
  const about: Line = incidentId === null ? [] : ['About ', { incident: incidentId }];
  return {
    blocks: [text(...line), ...(about.length === 0 ? [] : [context(...about)])],
    tone: 'warning',
    plain: incidentId === null ? said : `#${incidentId}: ${said}`,
    notify: [],
  };
}
