import type { IncidentStatus } from '../../../domain/incident/incident.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';

const ACTIVE: ReadonlySet<IncidentStatus> = new Set(['triage', 'investigating', 'identified']);

/** The status of an incident as a chip. */
export function statusChip(status: IncidentStatus): Html {
  const kind = ACTIVE.has(status) ? 'active' : status === 'monitoring' ? 'watching' : 'over';
  return html`<span class="chip status-${kind}">${status.charAt(0).toUpperCase() + status.slice(1)}</span>`;
}
