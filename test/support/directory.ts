import type {
  Directory,
  NotificationRule,
  Person,
  Policy,
  Service,
  Severity,
  Step,
  Target,
} from '../../src/domain/directory.ts';
import type { Schedule } from '../../src/domain/schedule/schedule.ts';

const MINUTE = 60_000;

/** So many minutes in milliseconds. */
export function minutes(count: number): number {
  return count * MINUTE;
}

/** A person who is reached by direct message at once, unless told otherwise. */
export function aPerson(id: string, changes: Partial<Person> = {}): Person {
  const dm: readonly NotificationRule[] = [{ channel: 'dm', afterMs: 0 }];
  return {
    id,
    name: id[0]?.toUpperCase() + id.slice(1),
    email: `${id}@firebell.example`,
    phone: null,
    zone: 'Europe/Berlin',
    access: 'responder',
    handles: {},
    rules: { high: dm, low: dm },
    workingHours: null,
    ...changes,
  };
}

/** A step that pages these targets and waits five minutes. */
export function aStep(targets: readonly Target[], changes: Partial<Step> = {}): Step {
  return {
    targets,
    ackWithinMs: minutes(5),
    strategy: 'everyone',
    ackMode: 'first',
    conditions: [],
    ...changes,
  };
}

/** A person as a target. */
export function toPerson(id: string): Target {
  return { kind: 'person', id };
}

/** Policy `default` of these steps. */
export function aPolicy(steps: readonly Step[], changes: Partial<Policy> = {}): Policy {
  return { id: 'default', steps, rounds: 1, followedBy: null, ...changes };
}

/** A schedule in which these people take turns of a day from midnight UTC on. */
export function dailyRotation(...participants: string[]): Schedule {
  const rotation = { unit: 'days' as const, count: 1, startDate: '2026-01-01', handoffTime: '00:00' };
  return { timeZone: 'UTC', layers: [{ participants, rotation }] };
}

const SEVERITIES: readonly Severity[] = (['sev1', 'sev2', 'sev3', 'sev4', 'sev5'] as const).map((id, i) => ({
  id,
  name: id.toUpperCase(),
  urgency: i < 3 ? 'high' : 'low',
  targets: { acknowledgeMs: null, firstUpdateMs: null, resolveMs: null, updateEveryMs: null },
}));

/** Ana, Ben, Cleo and Dev; policy `default` pages Ana, then Ben; Cleo is the last resort; every alert opens an incident. */
export function aDirectory(changes: Partial<Directory> = {}): Directory {
  const people = ['ana', 'ben', 'cleo', 'dev'].map((id) => aPerson(id));
  const policy = aPolicy([aStep([toPerson('ana')]), aStep([toPerson('ben')])]);
  const checkout: Service = {
    id: 'checkout',
    name: 'Checkout',
    owner: null,
    policy: 'default',
    runbook: null,
    dependsOn: [],
    aliases: [],
  };
  return {
    people: byId(people),
    teams: new Map(),
    services: byId([checkout]),
    schedules: new Map(),
    policies: byId([policy]),
    routes: [
      {
        name: 'default',
        matchers: [],
        incident: 'open',
        groupBy: ['service'],
        groupWindowMs: minutes(10),
        policy: null,
        service: null,
        severity: null,
        autoResolve: true,
        ackTakesCommand: false,
        visibility: 'public',
      },
    ],
    severities: SEVERITIES,
    lastResort: { targets: [toPerson('cleo')], everyMs: minutes(10) },
    settings: {
      roles: ['commander', 'communications', 'scribe'],
      defaultSeverity: 'sev3',
      alertSeverity: { critical: 'sev1', error: 'sev2', warning: 'sev3', info: 'sev4' },
      defaultPolicy: 'default',
      staleAfterMs: minutes(30),
      workingHours: null,
      bundleWithinMs: 3_000,
      ackTimeoutMs: null,
      announceRoom: 'incidents',
      adminRoom: 'firebell-admin',
      shiftRemindersMs: [minutes(24 * 60), minutes(60)],
      shiftCheckMs: minutes(60),
      zone: 'UTC',
    },
    ...changes,
  };
}

/** A map of things by their id. */
export function byId<T extends { readonly id: string }>(things: readonly T[]): ReadonlyMap<string, T> {
  return new Map(things.map((thing) => [thing.id, thing]));
}
