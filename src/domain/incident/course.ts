import type { CommandOf } from '../command.ts';
import { accept, QUIET, refuse } from '../decision.ts';
import type { Decision } from '../decision.ts';
import type { Given } from '../given.ts';
import type { IncidentEvent } from './events.ts';
import { isOpen } from './incident.ts';
import type { Incident, IncidentStatus } from './incident.ts';

/** The course of an incident. Any jump forward is allowed, a step back takes a reason: `reopen`. */
const FORWARD: readonly IncidentStatus[] = [
  'triage',
  'investigating',
  'identified',
  'monitoring',
  'resolved',
  'closed',
];

/** The refusal that an incident which is over gives to whoever wants to go on with it. */
export function refuseOver(incident: Incident): Decision<never> {
  const hint =
    incident.status === 'merged'
      ? 'Work goes on in the incident it was merged into.'
      : 'Reopen it with `reopen <reason>`.';
  return refuse(`#${incident.id} is ${incident.status}; nothing was changed.`, hint);
}

export function setStatus(
  incident: Incident,
  command: CommandOf<'incident.set_status'>,
): Decision<IncidentEvent> {
  const { status, message } = command;
  if (status === incident.status && message === null) return QUIET;
  if (status === 'resolved') return resolve(incident, message, false);
  if (status === 'closed') return close(incident, message);
  if (status === 'declined') return decline(incident, message);
  if (!isOpen(incident)) return refuseOver(incident);
  if (!FORWARD.includes(status))
    return refuse(
      `An incident is not set to ${status} like this.`,
      '`cancel <reason>` ends one that was none.',
    );
  if (FORWARD.indexOf(status) < FORWARD.indexOf(incident.status)) {
    return refuse(
      `#${incident.id} is already ${incident.status}.`,
      'To go back to investigating, say why: `reopen <reason>`.',
    );
  }
  return accept({ type: 'incident.status_changed', from: incident.status, to: status, message });
}

function close(incident: Incident, message: string | null): Decision<IncidentEvent> {
  if (incident.status === 'closed') return QUIET;
  if (incident.status !== 'resolved')
    return refuse(
      `#${incident.id} is ${incident.status}, only a resolved one is closed.`,
      '`resolve` it first.',
    );
  return accept({ type: 'incident.status_changed', from: 'resolved', to: 'closed', message });
}

function decline(incident: Incident, message: string | null): Decision<IncidentEvent> {
  if (incident.status !== 'triage')
    return refuse(
      `#${incident.id} is ${incident.status}, only one in triage is declined.`,
      '`cancel <reason>` ends it.',
    );
  return accept({ type: 'incident.status_changed', from: 'triage', to: 'declined', message });
}

export function postUpdate(
  incident: Incident,
  command: CommandOf<'incident.post_update'>,
  given: Given,
): Decision<IncidentEvent> {
  const text = command.text.trim();
  if (text === '')
    return refuse(
      'The update is empty.',
      'Say what is known, what is being done, and when the next word comes.',
    );
  if (!isOpen(incident) && incident.status !== 'resolved') return refuseOver(incident);
  const change = statusChange(incident, command.status);
  if (change.kind === 'refused') return change;
  const status = command.status ?? incident.status;
  const every = command.nextInMs ?? targetsOf(incident, given).updateEveryMs;
  const goesOn = isOpen(incident) && status !== 'resolved';
  const nextDue = goesOn && every !== null ? new Date(given.now.getTime() + every) : null;
  return accept<IncidentEvent>({ type: 'incident.update_posted', text, status, nextDue }, ...change.events);
}

function statusChange(incident: Incident, status: IncidentStatus | null): Decision<IncidentEvent> {
  if (status === null || status === incident.status) return QUIET;
  return setStatus(incident, {
    type: 'incident.set_status',
    incidentId: incident.id,
    by: { kind: 'bot' },
    status,
    message: null,
  });
}

/** The response targets of the incident's severity. */
export function targetsOf(
  incident: Incident,
  { directory }: Given,
): { readonly updateEveryMs: number | null } {
  return directory.severities.find((one) => one.id === incident.severity)?.targets ?? { updateEveryMs: null };
}

export function resolve(
  incident: Incident,
  summary: string | null,
  byItself: boolean,
): Decision<IncidentEvent> {
  if (incident.status === 'resolved' || incident.status === 'closed') return QUIET;
  if (!isOpen(incident)) return refuseOver(incident);
  return accept({ type: 'incident.resolved', summary: summary?.trim() || null, byItself });
}

export function reopen(incident: Incident, command: CommandOf<'incident.reopen'>): Decision<IncidentEvent> {
  const reason = command.reason.trim();
  if (reason === '')
    return refuse('Reopening takes a reason.', 'For example: `reopen errors are back since 14:05`.');
  if (incident.status === 'merged') return refuseOver(incident);
  if (!isOpen(incident)) return accept({ type: 'incident.reopened', reason });
  if (incident.status === 'triage' || incident.status === 'investigating') return QUIET;
  return accept({
    type: 'incident.status_changed',
    from: incident.status,
    to: 'investigating',
    message: reason,
  });
}

export function cancel(incident: Incident, command: CommandOf<'incident.cancel'>): Decision<IncidentEvent> {
  const reason = command.reason.trim();
  if (reason === '')
    return refuse('Cancelling takes a reason.', 'For example: `cancel false alarm, planned test`.');
  if (incident.status === 'cancelled') return QUIET;
  if (!isOpen(incident)) return refuseOver(incident);
  return accept({ type: 'incident.cancelled', reason });
}
