import type { Signal } from '../domain/alert/signal.ts';

/** What a sender's word for the state of an alert means; null for a word that nobody knows. */
export function statusOf(word: string | null): Signal['status'] | null {
  return word === null ? null : (STATUSES.get(fold(word)) ?? null);
}

/**
 * What a sender's word for urgency means; null for a word that nobody knows. `none` is `info` here; that it must not page is read from
 * the label, which keeps the sender's own word.
 */
export function severityOf(word: string | null): Signal['severity'] | null {
  return word === null ? null : (SEVERITIES.get(fold(word)) ?? null);
}

/** The severity of an alert that names none, or one that nobody knows. */
export const DEFAULT_SEVERITY: Signal['severity'] = 'warning';

function fold(word: string): string {
  return word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '');
}

function vocabulary<T extends string>(words: Readonly<Record<T, string>>): ReadonlyMap<string, T> {
  // Object.entries forgets that the keys of a record are its type's.
  const entries = Object.entries(words) as [T, string][];
  return new Map(entries.flatMap(([meaning, list]) => list.split(' ').map((word) => [word, meaning])));
}

const STATUSES = vocabulary<Signal['status']>({
  firing:
    'firing fire fired triggered trigger retriggered renotify alerting alert alarm alarmed active activated open opened reopened started ' +
    'start new created create problem problems bad down failed failure fail failing broken unhealthy degraded error errored exception ' +
    'critical crit major minor warning warn emergency fatal unknown nodata unreachable true on',
  resolved:
    'resolved resolve closed close clear cleared recovered recover recovery up ok okay normal inactive ended end stopped success ' +
    'succeeded successful passed passing healthy fixed good green restored done expired false off',
  acknowledged: 'acknowledged acknowledge acknowledgement acknowledgment ack acked acking',
});

const SEVERITIES = vocabulary<Signal['severity']>({
  critical:
    'critical crit page pager paging fatal disaster emergency emerg panic alert blocker urgent highest p0 p1 sev0 severity0 s0 s1 red exception',
  error: 'error err errors high major severe failure failed p2 sev1 severity1 s2 orange problem bad down',
  warning:
    'warning warn warnings medium moderate average minor p3 sev2 severity2 s3 yellow ticket nodata unknown',
  info: 'info information informational informative notice low lowest debug trace ok okay normal none p4 p5 sev3 sev4 sev5 severity3 severity4 severity5 s4 s5 green',
});
