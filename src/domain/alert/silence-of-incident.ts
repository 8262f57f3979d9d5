import type { Matcher } from '../directory.ts';
import type { Alert } from './alert.ts';
import { literally } from './read-silence.ts';

/** As many names as one can still see through. */
const MOST_NAMES = 5;

/**
 * What matches the alerts of an incident: its service and their names, as narrow as they allow. Empty when they have neither a service
 * nor a name in common; `isStorm` when there are more alerts than these.
 */
export function matchersOf(
  service: string | null,
  alerts: readonly Alert[],
  isStorm: boolean,
): readonly Matcher[] {
  const ofService: readonly Matcher[] =
    service === null ? [] : [{ label: 'service', op: 'equals', value: service }];
  return isStorm && service !== null ? ofService : [...ofService, ...named('alertname', alerts)];
}

function named(label: string, alerts: readonly Alert[]): readonly Matcher[] {
  const values = new Set(alerts.map(({ signal }) => signal.labels[label] ?? ''));
  const [only] = values;
  if (only === undefined || values.has('') || values.size > MOST_NAMES) return [];
  if (values.size === 1) return [{ label, op: 'equals', value: only }];
  return [{ label, op: 'matches', value: [...values].toSorted().map(literally).join('|') }];
}
