import type { Alert } from '../../domain/alert/alert.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { beganAt, isOpen } from '../../domain/incident/incident.ts';
import { isRunning } from '../../domain/escalation/run.ts';
import { serviceName, severityName } from '../../domain/timeline/phrase.ts';
import type { Line } from '../../domain/text.ts';
import { cleanLine, cleanLines } from '../../lib/clean-text.ts';
import type { Block, Button, Message } from '../message.ts';
import { button, buttons, context, text } from './blocks.ts';
import { incidentLinks } from '../../domain/incident/links.ts';
import { actorSpan, drillMark, headlineOf, titleOf } from './naming.ts';
import { pagingLine } from './paging-state.ts';
import type { PagingState } from './paging-state.ts';
import { plainLine } from './plain.ts';

const SHOWN_ALERTS = 5;

/** What transcripts call the card, which is no part of what was said. */
export const CARD = 'screen.card';

/** What the card shows; `alerts` are the incident's, or those of a storm that fire and were told last. */
export interface CardState extends PagingState {
  readonly alerts: readonly Alert[];
}

/** The live card of an incident: how bad, who has it, what comes next, and the buttons that make sense now. */
export function incidentCard(state: CardState): Message {
  const { incident, directory } = state;
  const reading = { directory, zone: directory.settings.zone };
  const paging = isOpen(incident) ? pagingLine(state) : null;
  const blocks: Block[] = [
    { kind: 'heading', text: headlineOf(incident, directory) },
    ...(incident.summary === null ? [] : [text(cleanLines(incident.summary, 600))]),
    { kind: 'facts', facts: factsOf(state, paging) },
    ...alertBlocks(state),
    ...noteBlocks(incident),
    ...buttons(...cardButtons(state)),
  ];
  const said: Line = paging === null ? [] : [' ', ...paging];
  const plain = plainLine(
    [`${drillMark(incident)}#${incident.id} ${titleOf(incident)}: ${incident.status}.`, ...said],
    reading,
  );
  return { blocks, tone: toneOf(state), plain, notify: [], event: CARD };
}

function toneOf({ incident, directory }: CardState): Message['tone'] {
  if (!isOpen(incident)) return incident.status === 'cancelled' ? 'calm' : 'good';
  if (incident.kind === 'drill') return 'drill';
  return directory.severities[0]?.id === incident.severity ? 'danger' : 'warning';
}

interface Fact {
  readonly label: string;
  readonly value: Line;
}

function factsOf(state: CardState, paging: Line | null): { label: string; value: Line }[] {
  const { incident, directory } = state;
  const { service } = incident;
  const { runbook, call, statusPage } = incidentLinks(incident, directory);
  const facts: readonly (Fact | null)[] = [
    { label: 'Status', value: [{ bold: incident.status }] },
    { label: 'Severity', value: [severityName(incident.severity, directory)] },
    service === null ? null : { label: 'Service', value: [serviceName(service, directory)] },
    ...roleFacts(incident, directory.settings.roles),
    { label: 'Since', value: [{ time: beganAt(incident) }] },
    paging === null ? null : { label: 'On it', value: paging },
    incident.alerts.total === 0
      ? null
      : { label: 'Alerts', value: [`${incident.alerts.firing} of ${incident.alerts.total} firing`] },
    ...updateFacts(incident),
    runbook === null ? null : { label: 'Runbook', value: [{ link: runbook, label: 'Open the runbook' }] },
    call === null || !isOpen(incident)
      ? null
      : { label: 'Call', value: [{ link: call, label: 'Join the call' }] },
    statusPage === null
      ? null
      : { label: 'Status page', value: [{ link: statusPage, label: 'Open the status page' }] },
    tasksFact(incident),
  ];
  return facts.filter((fact) => fact !== null).map(({ label, value }) => ({ label, value }));
}

function roleFacts({ roles, kind }: Incident, names: readonly string[]): readonly Fact[] {
  const shown = names.filter((name, i) => roles[name] !== undefined || (i === 0 && kind !== 'retrospective'));
  return shown.map((name) => {
    const holder = roles[name];
    return { label: capital(name), value: holder === undefined ? ['nobody yet'] : [{ person: holder }] };
  });
}

function updateFacts(incident: Incident): readonly Fact[] {
  const { lastUpdate, nextUpdateDue, resolvedAt } = incident;
  return [
    ...(lastUpdate === null
      ? []
      : [
          {
            label: 'Last update',
            value: [
              cleanLine(lastUpdate.text, 300),
              ' – ',
              actorSpan(lastUpdate.by),
              ', ',
              { time: lastUpdate.at },
            ],
          },
        ]),
    ...(nextUpdateDue === null ? [] : [{ label: 'Next update', value: [{ time: nextUpdateDue }] }]),
    ...(resolvedAt === null || isOpen(incident)
      ? []
      : [{ label: 'Resolved', value: [{ time: resolvedAt }] }]),
  ];
}

function tasksFact({ tasks }: Incident): Fact | null {
  if (tasks.length === 0) return null;
  const done = tasks.filter(({ doneAt }) => doneAt !== null).length;
  return { label: 'Tasks', value: [`${done} of ${tasks.length} done`] };
}

function alertBlocks({ alerts, incident }: CardState): readonly Block[] {
  const firing = alerts.filter(({ status }) => status === 'firing');
  if (firing.length === 0) return [];
  const items: Line[] = firing.slice(0, SHOWN_ALERTS).map(({ signal, count }) => {
    return [cleanLine(signal.title, 200), ...(count > 1 ? [` (${count}×)`] : [])];
  });
  const more = Math.max(firing.length, incident.alerts.firing) - items.length;
  return [{ kind: 'list', items }, ...(more > 0 ? [context(`and ${more} more firing`)] : [])];
}

function noteBlocks(incident: Incident): readonly Block[] {
  return [
    ...(incident.kind === 'drill' ? [context('This is a drill. Pages are real, the trouble is not.')] : []),
    ...(incident.visibility === 'private' ? [context('Private: only the people in this room see it.')] : []),
  ];
}

function cardButtons({ incident, runs }: CardState): readonly Button[] {
  const value = incident.id;
  if (!isOpen(incident)) return overButtons(incident);
  const paging = runs.some(isRunning);
  const commands = Object.keys(incident.roles).length > 0;
  return [
    ...(incident.acknowledgedAt === null
      ? [button('acknowledge', 'Acknowledge', { value, style: 'primary' })]
      : []),
    ...(paging ? [button('escalate-now', 'Escalate now', { value })] : []),
    ...(commands ? [] : [button('take-command', 'Take command', { value })]),
    button('post-update', 'Post update', { value }),
    ...(incident.acknowledgedAt === null ? [] : [button('resolve', 'Resolve incident', { value })]),
  ];
}

function overButtons({ id, status, postmortemAt }: Incident): readonly Button[] {
  if (status !== 'resolved' && status !== 'closed') return [];
  const label = postmortemAt === null ? 'Draft postmortem' : 'Draft postmortem again';
  return [
    button('draft-postmortem', label, { value: id, style: postmortemAt === null ? 'primary' : 'plain' }),
  ];
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
