import type { Incident } from '../../../domain/incident/incident.ts';
import type { Visit } from './visit.ts';

/** A private incident is absent for everyone who does not belong to it. */
export function mayRead({ visibility, members }: Incident, { personId }: Visit): boolean {
  return visibility === 'public' || (personId !== null && members.includes(personId));
}
