import type { Incident } from '../../src/domain/incident/incident.ts';

/** An incident that was just declared and that nobody has touched. */
export function anIncident(over: Partial<Incident> = {}): Incident {
  return {
    id: 42,
    title: 'Payments fail',
    summary: null,
    status: 'triage',
    severity: 'sev1',
    kind: 'real',
    visibility: 'public',
    service: 'checkout',
    policy: 'default',
    declaredBy: { kind: 'bot' },
    declaredAt: new Date('2026-08-03T12:00:00Z'),
    acknowledgedBy: null,
    acknowledgedAt: null,
    resolvedAt: null,
    roles: {},
    members: [],
    wantsRoom: true,
    room: null,
    alerts: { firing: 1, total: 1 },
    autoResolve: false,
    ackTakesCommand: false,
    lastUpdate: null,
    nextUpdateDue: null,
    tasks: [],
    reopened: 0,
    postmortemAt: null,
    ...over,
  };
}
