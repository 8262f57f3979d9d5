import type { Directory } from '../directory.ts';
import type { Incident } from './incident.ts';

/** What people need at hand beside the room. Each a web address, or null where there is none. */
export interface IncidentLinks {
  readonly runbook: string | null;
  /** Where they talk to each other. */
  readonly call: string | null;
  /** What users read. */
  readonly statusPage: string | null;
}

/** The links of an incident: its service's own, else those of the house. */
export function incidentLinks(
  { id, service }: Pick<Incident, 'id' | 'service'>,
  { services, settings }: Pick<Directory, 'services' | 'settings'>,
): IncidentLinks {
  const own = service === null ? undefined : services.get(service);
  const call = own?.callLink ?? settings.callLink ?? null;
  return {
    runbook: own?.runbook ?? null,
    call: call?.replaceAll('{number}', String(id)) ?? null,
    statusPage: own?.statusPage ?? settings.statusPage ?? null,
  };
}
