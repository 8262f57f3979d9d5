import type { Condition, Directory } from '../directory.ts';
import { holidaysOf, holidaysOfSchedule } from '../holiday/holidays.ts';
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
      return isWithinHours({ ...condition, closed: closedOn(condition, directory) }, at);
    case 'own_hours':
      return true;
  }
}

/** The dates on which the hours of a condition are closed. */
export function closedOn(
  { of }: Extract<Condition, { kind: 'within_hours' }>,
  directory: Directory,
): readonly string[] {
  if (of === undefined) return [];
  const dates = of.kind === 'person' ? holidaysOf(of.id, directory) : holidaysOfSchedule(of.id, directory);
  return [...dates.keys()];
}

/** How the people of an incident of this severity are to be told; one that is no longer configured pages at once. */
export function urgencyOf(severity: string, { severities }: Directory): 'high' | 'low' {
  return severities.find((one) => one.id === severity)?.urgency ?? 'high';
}
