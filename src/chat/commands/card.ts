import type { Message } from '../message.ts';
import type { InIncident } from '../step.ts';
import { incidentCard } from '../views/incident-card.ts';

/** The incident's card as it is now. */
export async function cardFor({ incident, reads, directory }: InIncident): Promise<Message> {
  const [runs, pages, alerts] = await Promise.all([
    reads.runsOf(incident.id),
    reads.pagesOf(incident.id),
    reads.alertsOf(incident.id),
  ]);
  return incidentCard({ incident, runs, pages, alerts, directory });
}
