import { personOf } from '../actor.ts';
import type { Actor } from '../actor.ts';
import type { Given } from '../given.ts';
import type { IncidentEvent } from './events.ts';
import { isOpen } from './incident.ts';
import type { Incident } from './incident.ts';

/** What the first acknowledgement, or the first since it was given back, means for the incident. Nothing for a further one. */
export function acknowledgeIncident(incident: Incident, by: Actor, given: Given): IncidentEvent[] {
  if (!isOpen(incident) || incident.acknowledgedAt !== null) return [];
  const events: IncidentEvent[] = [{ type: 'incident.acknowledged' }];
  const commander = given.directory.settings.roles[0];
  const personId = personOf(by);
  if (
    incident.ackTakesCommand &&
    commander !== undefined &&
    personId !== null &&
    !incident.roles[commander]
  ) {
    events.push({ type: 'incident.role_assigned', role: commander, personId, previous: null, note: null });
  }
  return events;
}
