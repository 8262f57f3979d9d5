import type { IncidentEvent } from '../incident/events.ts';
import { personOf } from '../actor.ts';
import type { Line } from '../text.ts';
import { people, whoOf } from './phrase.ts';
import type { Telling } from './phrase.ts';

/** The events about the people, the words and the tasks of an incident. */
export type WorkEvent = Extract<
  IncidentEvent,
  {
    type:
      | 'incident.renamed'
      | 'incident.summarized'
      | 'incident.role_assigned'
      | 'incident.members_added'
      | 'incident.noted'
      | 'incident.task_added'
      | 'incident.task_done'
      | 'incident.task_reopened';
  }
>;

/** What happened to the people, the words and the tasks of an incident, in words. */
export function workLine(event: WorkEvent, telling: Telling): Line {
  const who = whoOf(telling.recorded.by);
  switch (event.type) {
    case 'incident.renamed':
      return [who, ' renamed it from “', event.from, '” to “', event.to, '”.'];
    case 'incident.summarized':
      return [who, ' wrote the summary: ', event.text];
    case 'incident.role_assigned':
      return roleLine(event, telling);
    case 'incident.members_added':
      return membersLine(event.personIds, telling);
    case 'incident.noted':
      return [who, ' noted: ', event.text];
    case 'incident.task_added':
      return taskLine(event, telling);
    case 'incident.task_done':
      return [who, ` finished task ${event.number}: `, event.text];
    case 'incident.task_reopened':
      return [who, ` reopened task ${event.number}: `, event.text];
  }
}

type Of<T extends WorkEvent['type']> = Extract<WorkEvent, { type: T }>;

function roleLine(event: Of<'incident.role_assigned'>, { recorded }: Telling): Line {
  const who = whoOf(recorded.by);
  const note = event.note === null ? '' : ` ${event.note}`;
  const before = event.previous === null ? [] : [', from ', { person: event.previous }];
  if (personOf(recorded.by) === event.personId) {
    return [who, ' is now ', { bold: event.role }, ...before, `.${note}`];
  }
  return [who, ' made ', { person: event.personId }, ' ', { bold: event.role }, ...before, `.${note}`];
}

function membersLine(ids: readonly string[], { recorded }: Telling): Line {
  const [only] = ids;
  if (ids.length === 1 && only === personOf(recorded.by)) return [whoOf(recorded.by), ' joined.'];
  return [whoOf(recorded.by), ' brought in ', ...people(ids), '.'];
}

function taskLine(event: Of<'incident.task_added'>, { recorded }: Telling): Line {
  const owner = event.owner === null ? [] : [' for ', { person: event.owner }];
  const due = event.due === null ? [] : [' (due ', { time: event.due }, ')'];
  return [whoOf(recorded.by), ` added task ${event.number}`, ...owner, ': ', event.text, ...due];
}
