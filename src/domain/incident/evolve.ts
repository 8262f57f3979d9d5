import { personOf } from '../actor.ts';
import type { Actor } from '../actor.ts';
import type { IncidentEvent } from './events.ts';
import type { Incident, Task } from './incident.ts';

/** Who and when of an event. */
export interface Occasion {
  readonly incidentId: number;
  readonly at: Date;
  readonly by: Actor;
}

/** The incident after an event. */
export function evolveIncident(
  incident: Incident | null,
  event: IncidentEvent,
  occasion: Occasion,
): Incident {
  if (event.type === 'incident.declared') return declared(event, occasion);
  if (incident === null)
    throw new Error(`expected incident #${occasion.incidentId} before ${event.type}, found none`);
  return withMember({ ...incident, ...changes(incident, event, occasion) }, personOf(occasion.by));
}

function declared(
  event: Extract<IncidentEvent, { type: 'incident.declared' }>,
  { incidentId, at, by }: Occasion,
): Incident {
  const { type: _, targets: __, rulesNow: ___, room: ____, ...stated } = event;
  return {
    ...stated,
    id: incidentId,
    status: 'triage',
    declaredBy: by,
    declaredAt: at,
    acknowledgedBy: null,
    acknowledgedAt: null,
    resolvedAt: null,
    roles: {},
    room: null,
    alerts: { firing: 0, total: 0 },
    lastUpdate: null,
    nextUpdateDue: null,
    tasks: [],
    reopened: 0,
    postmortemAt: null,
  };
}

/** Whoever acts on an incident belongs to it. */
function withMember(incident: Incident, personId: string | null): Incident {
  if (personId === null || incident.members.includes(personId)) return incident;
  return { ...incident, members: [...incident.members, personId] };
}

type Later = Exclude<IncidentEvent, { type: 'incident.declared' }>;

function changes(incident: Incident, event: Later, { at, by }: Occasion): Partial<Incident> {
  switch (event.type) {
    case 'incident.acknowledged':
      return acknowledged(incident, { at, by });
    case 'incident.unacknowledged':
      return { acknowledgedAt: null, acknowledgedBy: null };
    case 'incident.status_changed':
      return { status: event.to };
    case 'incident.update_posted':
      return { lastUpdate: { text: event.text, by, at }, nextUpdateDue: event.nextDue };
    case 'incident.severity_changed':
      return { severity: event.to };
    case 'incident.renamed':
      return { title: event.to };
    case 'incident.summarized':
      return { summary: event.text };
    case 'incident.role_assigned':
      return {
        roles: { ...incident.roles, [event.role]: event.personId },
        members: union(incident.members, [event.personId]),
      };
    case 'incident.members_added':
      return { members: union(incident.members, event.personIds) };
    case 'incident.task_added':
    case 'incident.task_done':
    case 'incident.task_reopened':
      return { tasks: tasksAfter(incident.tasks, event, { at, by }) };
    case 'incident.resolved':
      return { status: 'resolved', resolvedAt: at, nextUpdateDue: null };
    case 'incident.reopened':
      return {
        status: 'investigating',
        resolvedAt: null,
        acknowledgedAt: null,
        acknowledgedBy: null,
        reopened: incident.reopened + 1,
      };
    case 'incident.cancelled':
      return { status: 'cancelled', nextUpdateDue: null };
    case 'incident.alerts_changed':
      return { alerts: countAlerts(incident, event) };
    case 'incident.room_opened':
      return { room: event.room };
    case 'incident.room_lost':
      return { room: null };
    case 'incident.postmortem_drafted':
      return { postmortemAt: at };
    case 'incident.update_due':
    case 'incident.noted':
    case 'incident.alerts_cleared':
    case 'incident.target_missed':
    case 'incident.postmortem_requested':
    case 'incident.silence_told':
    case 'incident.effect_given_up':
      return {};
  }
}

function acknowledged({ status }: Incident, { at, by }: Pick<Occasion, 'at' | 'by'>): Partial<Incident> {
  return {
    acknowledgedAt: at,
    acknowledgedBy: by,
    ...(status === 'triage' ? { status: 'investigating' } : {}),
  };
}

function union(members: readonly string[], more: readonly string[]): string[] {
  return [...new Set([...members, ...more])];
}

type TaskEvent = Extract<IncidentEvent, { type: `incident.task_${string}` }>;

function tasksAfter(
  tasks: readonly Task[],
  event: TaskEvent,
  { at, by }: Pick<Occasion, 'at' | 'by'>,
): Task[] {
  switch (event.type) {
    case 'incident.task_added': {
      const { number, text, owner, due } = event;
      return [...tasks, { number, text, owner, due, doneAt: null, addedBy: by }];
    }
    case 'incident.task_done':
      return changeTask(tasks, event.number, at);
    case 'incident.task_reopened':
      return changeTask(tasks, event.number, null);
  }
}

function changeTask(tasks: readonly Task[], number: number, doneAt: Date | null): Task[] {
  return tasks.map((task) => (task.number === number ? { ...task, doneAt } : task));
}

function countAlerts(
  { alerts }: Incident,
  { firing, total, startsAt }: Extract<IncidentEvent, { type: 'incident.alerts_changed' }>,
): Incident['alerts'] {
  const known = alerts.startsAt;
  const earliest = known !== undefined && (startsAt === undefined || known < startsAt) ? known : startsAt;
  return { firing, total, ...(earliest && { startsAt: earliest }) };
}
