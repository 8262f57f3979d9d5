import type { Condition, Directory, WorkingHours } from '../directory.ts';
import { isWorse } from '../incident/alerts.ts';
import type { Incident } from '../incident/incident.ts';
import { onCallAt } from '../schedule/on-call.ts';

/** Whether a step's condition holds now. */
export function holds(condition: Condition, incident: Incident, directory: Directory, at: Date): boolean {
  switch (condition.kind) {
    case 'severity_at_least':
      return !isWorse(condition.severity, incident.severity, directory);
    case 'urgency':
      return urgencyOf(incident, directory) === condition.urgency;
    case 'within_hours':
      return isWithin(condition.hours, condition.zone, at);
  }
}

/** How the people of an incident are to be told: by its severity; one that is no longer configured pages at once. */
export function urgencyOf(incident: Incident, { severities }: Directory): 'high' | 'low' {
  return severities.find((one) => one.id === incident.severity)?.urgency ?? 'high';
}

/** Hours are windows of a schedule, so that clock changes are handled in one place. */
function isWithin(hours: WorkingHours, zone: string, at: Date): boolean {
  const window = {
    type: 'daily' as const,
    days: hours.days.map(weekday),
    start: hours.start,
    end: hours.end,
  };
  const rotation = { unit: 'days' as const, count: 1, startDate: '2000-01-01', handoffTime: '00:00' };
  const layers = [{ participants: ['open'], rotation, restrictions: [window] }];
  return onCallAt({ timeZone: zone, layers }, at).length > 0;
}

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

function weekday(day: string): (typeof WEEKDAYS)[number] {
  const found = WEEKDAYS.find((one) => one === day);
  if (!found) throw new Error(`expected one of ${WEEKDAYS.join(', ')}, got ${day}`);
  return found;
}
