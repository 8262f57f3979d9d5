import type { IncidentEvent } from '../incident/events.ts';
import type { Line } from '../text.ts';
import { because, counted, people, serviceName, severityName, whoOf } from './phrase.ts';
import type { Telling } from './phrase.ts';
import { workLine } from './work-line.ts';
import type { WorkEvent } from './work-line.ts';

type CourseEvent = Exclude<IncidentEvent, WorkEvent>;

/** What happened to an incident, in words; null for what no person wants to read. */
export function incidentLine(event: IncidentEvent, telling: Telling): Line | null {
  return isWork(event) ? workLine(event, telling) : courseLine(event, telling);
}

const WORK: ReadonlySet<string> = new Set<WorkEvent['type']>([
  'incident.renamed',
  'incident.summarized',
  'incident.role_assigned',
  'incident.members_added',
  'incident.noted',
  'incident.task_added',
  'incident.task_done',
  'incident.task_reopened',
]);

function isWork(event: IncidentEvent): event is WorkEvent {
  return WORK.has(event.type);
}

function courseLine(event: CourseEvent, { recorded, directory }: Telling): Line | null {
  const who = whoOf(recorded.by);
  switch (event.type) {
    case 'incident.declared':
      return declaredLine(event, { recorded, directory });
    case 'incident.acknowledged':
      return [who, ' acknowledged.'];
    case 'incident.unacknowledged':
      return [who, ' gave it back; paging goes on.'];
    case 'incident.status_changed':
      return [
        who,
        ' set the status to ',
        { bold: event.to },
        ` (was ${event.from})`,
        ...because(event.message),
      ];
    case 'incident.update_posted':
      return ['Update from ', who, ` (${event.status}): `, event.text, ...nextUpdate(event)];
    case 'incident.update_due':
      return event.by === null
        ? ['A status update is due; the last word was at ', { time: event.since }, '.']
        : ['The next status update is due by ', { time: event.by }, ': that is soon.'];
    case 'incident.severity_changed':
      return severityLine(event, { recorded, directory });
    case 'incident.resolved':
      return event.byItself ? RESOLVED_BY_ITSELF : [who, ' resolved it', ...because(event.summary)];
    case 'incident.reopened':
      return [who, ' opened it again: ', event.reason];
    case 'incident.cancelled':
      return [who, ' cancelled it: ', event.reason];
    case 'incident.alerts_changed':
      return alertsLine(event);
    case 'incident.alerts_cleared':
      return [event.total === 1 ? 'The alert has cleared.' : `All ${event.total} alerts have cleared.`];
    case 'incident.room_opened':
      return event.room.isBorrowed === true
        ? ['It is worked on in ', { bold: `#${event.room.name}` }, ' from now on.']
        : ['The room ', { bold: event.room.name }, ' was opened.'];
    case 'incident.room_lost':
      return [
        'The room ',
        { bold: `#${event.room.name}` },
        ' was deleted or archived by hand while people still need it: a new one takes its place.',
      ];
    case 'incident.target_missed':
      return targetLine(event);
    case 'incident.postmortem_requested':
      return [who, ' asked for a postmortem draft.'];
    case 'incident.postmortem_drafted':
      return [
        `The postmortem was drafted: ${entries(event.entries)}, ${counted(event.actions, 'follow-up')}.`,
      ];
    case 'incident.silence_told':
      return event.text;
    case 'incident.effect_given_up':
      return [`Firebell could not ${event.what}: ${event.reason}`];
  }
}

const RESOLVED_BY_ITSELF: Line = ['Every alert cleared before anybody had to act: it resolved by itself.'];

type Of<T extends IncidentEvent['type']> = Extract<IncidentEvent, { type: T }>;

const KIND_WORDS = {
  real: 'declared ',
  drill: 'started the drill ',
  retrospective: 'recorded afterwards ',
} as const;

function declaredLine(event: Of<'incident.declared'>, { recorded, directory }: Telling): Line {
  const service = event.service === null ? [] : [`, service ${serviceName(event.service, directory)}`];
  const hand = event.targets.filter(({ kind }) => kind === 'person').map(({ id }) => id);
  const { by } = recorded;
  const start: Line =
    by.kind === 'monitor' ? ['Alert from ', whoOf(by), ': '] : [whoOf(by), ' ', KIND_WORDS[event.kind]];
  return [
    ...start,
    { bold: event.title },
    ` (${severityName(event.severity, directory)}`,
    ...service,
    ')',
    ...(hand.length > 0 ? [' and pages ', ...people(hand)] : []),
    '.',
  ];
}

function nextUpdate({ text, nextDue }: Of<'incident.update_posted'>): Line {
  if (nextDue === null) return [];
  return [/[.!?…]$/.test(text) ? ' ' : '. ', 'Next update by ', { time: nextDue }, '.'];
}

function severityLine(event: Of<'incident.severity_changed'>, { recorded, directory }: Telling): Line {
  const rank = (id: string): number => directory.severities.findIndex((severity) => severity.id === id);
  const verb = rank(event.to) < rank(event.from) ? 'raised' : 'lowered';
  const [from, to] = [severityName(event.from, directory), severityName(event.to, directory)];
  return [
    whoOf(recorded.by),
    ` ${verb} the severity from ${from} to `,
    { bold: to },
    ...because(event.reason),
  ];
}

function alertsLine({ joined, cleared, titles, firing, total }: Of<'incident.alerts_changed'>): Line {
  const more = joined > titles.length ? ` and ${joined - titles.length} more` : '';
  const named = titles.length > 0 ? `: ${titles.join('; ')}${more}` : '';
  const parts = [
    ...(joined > 0 ? [`${counted(joined, 'alert')} fired${named}`] : []),
    ...(cleared > 0 ? [`${counted(cleared, 'alert')} cleared`] : []),
  ];
  return [`${parts.join('; ') || 'The alerts changed'}. ${firing} of ${total} firing.`];
}

const TARGET_WORDS = {
  acknowledge: 'acknowledged',
  first_update: 'given a first update',
  resolve: 'resolved',
} as const;

function targetLine({ target, phase, due }: Of<'incident.target_missed'>): Line {
  const words = TARGET_WORDS[target];
  if (phase === 'soon') return [`It should be ${words} by `, { time: due }, ': that is soon.'];
  return [`It should have been ${words} by `, { time: due }, ' and is not.'];
}

function entries(count: number): string {
  return count === 1 ? '1 timeline entry' : `${count} timeline entries`;
}
