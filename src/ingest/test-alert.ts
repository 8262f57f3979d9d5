import type { Signal } from '../domain/alert/signal.ts';

/** An alert as a monitor would send it, for whoever wants to see that the way is open. Each is an alert of its own. */
export function testAlert(now: Date, service: string | null): Signal {
  return {
    source: 'test',
    key: `test-${now.getTime()}`,
    status: 'firing',
    severity: 'critical',
    title: `Test alert: ${service ?? 'something'} answers with errors`,
    description: 'Sent from the console to try things out. Nothing is broken.',
    service,
    labels: { test: 'true' },
    links: [],
    startsAt: now,
    endsAt: null,
  };
}
