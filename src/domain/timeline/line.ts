import type { Directory } from '../directory.ts';
import type { EscalationEvent } from '../escalation/events.ts';
import type { DomainEvent, RecordedEvent } from '../event.ts';
import type { IncidentEvent } from '../incident/events.ts';
import type { Line } from '../text.ts';
import { escalationLine } from './escalation-line.ts';
import { incidentLine } from './incident-line.ts';
import { pageLine } from './page-line.ts';

/** What happened, in a sentence or two that a person reads; null for machinery that nobody wants to read. */
export function lineOf(recorded: RecordedEvent, directory: Directory): Line | null {
  const { event } = recorded;
  const telling = { recorded, directory };
  if (isIncidentEvent(event)) return incidentLine(event, telling);
  if (isEscalationEvent(event)) return escalationLine(event, telling);
  return pageLine(event);
}

/** True for what happened to the incident itself. */
export function isIncidentEvent(event: DomainEvent): event is IncidentEvent {
  return event.type.startsWith('incident.');
}

/** True for what happened to an escalation of the incident. */
export function isEscalationEvent(event: DomainEvent): event is EscalationEvent {
  return event.type.startsWith('escalation.');
}
