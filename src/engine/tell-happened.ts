import type { Workspace } from './workspace.ts';

/** Tells whoever measures what a transaction made happen, incident by incident. */
export function tellHappened({ desks, events, parts }: Workspace): void {
  const { happened } = parts.hooks;
  if (!happened || events.length === 0) return;
  const byIncident = Map.groupBy(events, (event) => event.incidentId);
  for (const [id, own] of byIncident) {
    const incident = desks.get(id)?.world.incident;
    if (incident) happened(own, incident);
  }
}
