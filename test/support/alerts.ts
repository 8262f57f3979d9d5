import type { AlertBook, AlertGroup } from '../../src/domain/alert/alert.ts';
import { alertId } from '../../src/domain/alert/alert.ts';
import { groupKeyOf } from '../../src/domain/alert/group.ts';
import { receive, release } from '../../src/domain/alert/receive.ts';
import type { Received } from '../../src/domain/alert/receive.ts';
import type { Silence } from '../../src/domain/alert/silence.ts';
import type { Given } from '../../src/domain/given.ts';
import type { Signal } from '../../src/domain/alert/signal.ts';
import type { Directory, Route, Service } from '../../src/domain/directory.ts';

const MINUTE = 60_000;
export const START = new Date('2026-03-02T06:00:00Z');

/** So many minutes after the start of the test. */
export function minute(count: number): Date {
  return new Date(START.getTime() + count * MINUTE);
}

/** A firing of the alert `disk` on the service `orders`, unless told otherwise. */
export function signal(change: Partial<Signal> = {}): Signal {
  return {
    source: 'alertmanager',
    key: 'disk',
    status: 'firing',
    severity: 'warning',
    title: 'Disk will fill',
    description: null,
    service: 'orders',
    labels: {},
    links: [],
    startsAt: START,
    endsAt: null,
    ...change,
  };
}

export function route(change: Partial<Route> = {}): Route {
  return {
    name: 'default',
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
    ...change,
  };
}

function service(id: string, name: string, aliases: readonly string[]): Service {
  return { id, name, owner: null, policy: `${id}-policy`, runbook: null, dependsOn: [], aliases };
}

/** A catalogue of two services and the routes given; no people, since alerts know none. */
export function directoryWith(...routes: readonly Route[]): Directory {
  const services = [
    service('orders', 'Orders', ['order-service']),
    service('checkout-api', 'Checkout', ['kasse']),
  ];
  const targets = { acknowledgeMs: null, firstUpdateMs: null, resolveMs: null, updateEveryMs: null };
  return {
    people: new Map(),
    teams: new Map(),
    services: new Map(services.map((one) => [one.id, one])),
    schedules: new Map(),
    policies: new Map(),
    routes: routes.length > 0 ? routes : [route()],
    severities: ['sev1', 'sev2', 'sev3', 'sev4'].map((id) => ({ id, name: id, urgency: 'high', targets })),
    lastResort: { targets: [], everyMs: MINUTE },
    settings: {
      roles: ['commander'],
      defaultSeverity: 'sev3',
      alertSeverity: { critical: 'sev1', error: 'sev2', warning: 'sev3', info: 'sev4' },
      defaultPolicy: 'everybody',
      staleAfterMs: MINUTE,
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

/** A book that lives on from batch to batch, as the engine keeps it: it numbers the incidents of new groups. */
export class LivingBook {
  readonly directory: Directory;
  book: AlertBook = { alerts: new Map(), groups: new Map(), openIncidents: new Set(), silences: [] };
  readonly groups = new Map<string, AlertGroup>();
  readonly declared: Received['declarations'][number][] = [];
  private incidents = 0;

  constructor(directory: Directory = directoryWith()) {
    this.directory = directory;
  }

  receive(now: Date, ...signals: readonly Signal[]): Received {
    return this.keep(receive(this.book, signals, this.given(now)));
  }

  /** These silences are there from now on, and no others. */
  silence(silences: readonly Silence[]): void {
    this.book = { ...this.book, silences };
  }

  /** A silence is over: what it held back and what fires on is taken as new. */
  letGo(now: Date, silenceId: number): Received {
    const held = [...this.book.alerts.values()].filter(
      ({ silencedBy, status }) => silencedBy === silenceId && status === 'firing',
    );
    return this.keep(release(this.book, held, this.given(now)));
  }

  private given(now: Date): Given {
    return { now, directory: this.directory, policyRuns: new Map() };
  }

  private keep(received: Received): Received {
    const open = new Set(this.book.openIncidents);
    for (const group of received.groups) this.groups.set(group.id, group);
    for (const { groupId } of received.declarations) {
      this.incidents += 1;
      const group = this.groups.get(groupId);
      if (group) this.groups.set(groupId, { ...group, incidentId: this.incidents });
      open.add(this.incidents);
    }
    this.declared.push(...received.declarations);
    const alerts = new Map(this.book.alerts);
    for (const alert of received.alerts) alerts.set(alertId(alert.source, alert.key), alert);
    this.book = { ...this.book, alerts, groups: this.byKeyAndId(), openIncidents: open };
    return received;
  }

  /** People resolve every incident. */
  resolveAll(): void {
    this.book = { ...this.book, openIncidents: new Set() };
  }

  /** Changes to another configuration; groups and alerts stay as they are. */
  reconfigured(directory: Directory): LivingBook {
    const next = new LivingBook(directory);
    next.book = this.book;
    for (const [id, group] of this.groups) next.groups.set(id, group);
    next.incidents = this.incidents;
    return next;
  }

  // Groups are kept in the order in which they opened, so the newest of a key comes last.
  private byKeyAndId(): ReadonlyMap<string, AlertGroup> {
    const groups = [...this.groups.values()];
    return new Map([
      ...groups.map((group) => [group.id, group] as const),
      ...groups.map((group) => [groupKeyOf(group.id), group] as const),
    ]);
  }
}
