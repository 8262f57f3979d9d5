import type { Directory } from '../domain/directory.ts';

const MINUTE = 60_000;
const NO_TARGETS = { acknowledgeMs: null, firstUpdateMs: null, resolveMs: null, updateEveryMs: null };

/** The world of somebody who has configured nothing: no services, and one route that groups by service within 10 minutes. */
export function plainDirectory(): Directory {
  return {
    people: new Map(),
    teams: new Map(),
    services: new Map(),
    schedules: new Map(),
    policies: new Map(),
    routes: [
      {
        name: 'everything',
        matchers: [],
        incident: 'open',
        groupBy: ['service'],
        groupWindowMs: 10 * MINUTE,
        policy: null,
        service: null,
        severity: null,
        autoResolve: true,
        ackTakesCommand: false,
        visibility: 'public',
      },
    ],
    severities: ['critical', 'error', 'warning', 'info'].map((id) => ({
      id,
      name: id,
      urgency: 'high',
      targets: NO_TARGETS,
    })),
    lastResort: { targets: [], everyMs: 5 * MINUTE },
    settings: {
      roles: ['commander'],
      defaultSeverity: 'warning',
      alertSeverity: { critical: 'critical', error: 'error', warning: 'warning', info: 'info' },
      defaultPolicy: '',
      staleAfterMs: 15 * MINUTE,
      workingHours: null,
      bundleWithinMs: 0,
      ackTimeoutMs: null,
      announceRoom: 'incidents',
      adminRoom: 'admins',
      shiftRemindersMs: [],
      shiftCheckMs: null,
      zone: 'UTC',
    },
  };
}
