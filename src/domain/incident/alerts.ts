import type { CommandOf } from '../command.ts';
import { accept, QUIET } from '../decision.ts';
import type { Decision } from '../decision.ts';
import type { Directory } from '../directory.ts';
import type { Given } from '../given.ts';
import type { IncidentEvent } from './events.ts';
import { isOpen } from './incident.ts';
import type { Incident } from './incident.ts';

/** What alerts that joined or cleared mean for their incident. They never close one in which people are working. */
export function noteAlerts(
  incident: Incident,
  command: CommandOf<'incident.note_alerts'>,
  { directory }: Given,
): Decision<IncidentEvent> {
  const { firing, total, titles, joined, cleared, severity, startsAt } = command;
  // An alert that flaps back neither joins nor clears, and still fires again.
  const isNews =
    joined > 0 || cleared > 0 || firing !== incident.alerts.firing || total !== incident.alerts.total;
  if (!isNews && severity === null) return QUIET;
  const events: IncidentEvent[] = isNews
    ? [
        {
          type: 'incident.alerts_changed',
          firing,
          total,
          titles: [...titles],
          joined,
          cleared,
          ...(startsAt && { startsAt }),
        },
      ]
    : [];
  if (!isOpen(incident)) return accept(...events);
  if (severity !== null && isWorse(severity, incident.severity, directory)) {
    const reason = `an alert that asks for ${severity} joined`;
    events.push({ type: 'incident.severity_changed', from: incident.severity, to: severity, reason });
  }
  if (firing === 0 && cleared > 0) {
    events.push({ type: 'incident.alerts_cleared', total });
    if (incident.autoResolve && incident.acknowledgedAt === null) {
      events.push({ type: 'incident.resolved', summary: null, byItself: true });
    }
  }
  return accept(...events);
}

/** True when the first severity is worse than the second; one that is no longer configured is the mildest. */
export function isWorse(one: string, other: string, { severities }: Directory): boolean {
  const rank = (id: string): number => {
    const found = severities.findIndex((severity) => severity.id === id);
    return found === -1 ? severities.length : found;
  };
  return rank(one) < rank(other);
}
