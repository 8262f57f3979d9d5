import type { Condition, Directory } from '../directory.ts';
import { isWorse } from '../incident/alerts.ts';
import type { Incident } from '../incident/incident.ts';
import { isWithinHours } from '../schedule/hours.ts';

/** Whether a step's condition holds now. One about each person's own hours is left to whoever chooses the people. */
export function holds(condition: Condition, incident: Incident, directory: Directory, at: Date): boolean {
  switch (condition.kind) {
    case 'severity_at_least':
      return !isWorse(condition.severity, incident.severity, directory);
    case 'urgency':
      return urgencyOf(incident.severity, directory) === condition.urgency;
    case 'within_hours':
      return isWithinHours(condition, at);
    case 'own_hours':
      return true;
  }
}

/** How the people of an incident of this severity are to be told; one that is no longer configured pages at once. */
export function urgencyOf(severity: string, { severities }: Directory): 'high' | 'low' {
  return severities.find((one) => one.id === severity)?.urgency ?? 'high';
}
