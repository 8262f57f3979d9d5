import type { Directory } from '../directory.ts';
import type { Alert, AlertGroup } from './alert.ts';
import { alertId } from './alert.ts';
import { receive } from './receive.ts';
import type { GroupDeclaration, Received } from './receive.ts';
import { destinationOf } from './route.ts';
import type { Signal } from './signal.ts';

/** A recorded alert: what was told, when it arrived, and the number of its line. */
export interface RecordedLine {
  readonly line: number;
  readonly at: Date;
  readonly signal: Signal;
}

/** An incident as it would have been. */
export interface ReplayedIncident {
  /** 1, 2, … in the order in which they open. */
  readonly id: number;
  readonly title: string;
  readonly service: string | null;
  /** The worst that it reached. */
  readonly severity: string;
  readonly openedAt: Date;
  readonly alerts: readonly ReplayedAlert[];
}

/** An alert with the lines that told of it, in the order in which they came. */
export interface ReplayedAlert {
  readonly source: string;
  readonly key: string;
  readonly title: string;
  readonly firstLine: number;
  readonly lines: readonly number[];
}

/** The incident that a line belongs to, or null when nobody would have been told of it. */
export type Assignment = { readonly incident: number; readonly openedAt: Date } | null;

interface Account {
  readonly id: number;
  readonly title: string;
  readonly service: string | null;
  readonly openedAt: Date;
  readonly alerts: Accounts;
  severity: string;
}

type Accounts = Map<string, { readonly alert: Alert; readonly lines: number[] }>;

/**
 * Runs recorded alerts through dedup, routes and grouping in virtual time, one line after the other. Nobody acknowledges in it: an
 * incident stays open until all its alerts have cleared and its route's window has passed.
 */
export class Replay {
  private readonly directory: Directory;
  private readonly alerts = new Map<string, Alert>();
  /** By key the newest, and by id all. */
  private readonly groups = new Map<string, AlertGroup>();
  private readonly clearedAt = new Map<string, Date>();
  private readonly openIncidents = new Set<number>();
  private readonly accounts: Account[] = [];
  private readonly untold: Accounts = new Map();

  constructor(directory: Directory) {
    this.directory = directory;
  }

  /** Takes in the next line. Time never goes back: a line must not be earlier than the one before. */
  take({ line, at, signal }: RecordedLine): Assignment {
    const id = alertId(signal.source, signal.key);
    this.closeWhatIsOver(id, signal, at);
    const { alerts, groups, openIncidents, directory } = this;
    const given = { now: at, directory, policyRuns: NO_RUNS };
    const received = receive({ alerts, groups, openIncidents, silences: [] }, [signal], given);
    this.keep(received, at);
    const alert = alerts.get(id);
    return alert ? this.account(id, alert, line) : null;
  }

  /** The incidents so far, in the order in which they opened. */
  incidents(): readonly ReplayedIncident[] {
    return this.accounts.map(({ alerts, ...rest }) => ({ ...rest, alerts: listAlerts(alerts) }));
  }

  /** The alerts of which nobody would have been told. */
  suppressed(): readonly ReplayedAlert[] {
    return listAlerts(this.untold);
  }

  // Only the two groups that the line can touch are looked at, so that a line costs the same however many incidents are open.
  private closeWhatIsOver(id: string, signal: Signal, at: Date): void {
    const key = destinationOf(signal, this.directory)?.groupKey;
    const home = this.alerts.get(id)?.groupId;
    for (const group of [key, home].map((name) => (name ? this.groups.get(name) : undefined))) {
      const clearedAt = group && this.clearedAt.get(group.id);
      if (!group?.incidentId || !clearedAt || group.firing > 0) continue;
      if (at.getTime() - clearedAt.getTime() > this.windowOf(group))
        this.openIncidents.delete(group.incidentId);
    }
  }

  private windowOf({ route }: AlertGroup): number {
    return this.directory.routes.find(({ name }) => name === route)?.groupWindowMs ?? 0;
  }

  private keep({ alerts, groups, declarations, notes }: Received, at: Date): void {
    for (const alert of alerts) this.alerts.set(alertId(alert.source, alert.key), alert);
    for (const group of groups) {
      const declared = declarations.find(({ groupId }) => groupId === group.id);
      const isNewest = declared !== undefined || this.groups.get(group.key)?.id === group.id;
      const kept = declared ? { ...group, incidentId: this.openIncident(group, declared, alerts[0]) } : group;
      this.groups.set(group.id, kept);
      if (isNewest) this.groups.set(group.key, kept);
      if (group.firing === 0) this.clearedAt.set(group.id, at);
    }
    for (const { incidentId, note } of notes) this.raise(incidentId, note.severity);
  }

  private openIncident(
    group: AlertGroup,
    { declaration }: GroupDeclaration,
    first: Alert | undefined,
  ): number {
    const id = this.accounts.length + 1;
    this.accounts.push({
      id,
      title: declaration.title,
      service: group.service ?? first?.signal.service ?? null,
      severity: declaration.severity ?? this.directory.settings.defaultSeverity,
      openedAt: group.openedAt,
      alerts: new Map(),
    });
    this.openIncidents.add(id);
    return id;
  }

  private raise(incidentId: number, severity: string | null): void {
    const account = this.accounts[incidentId - 1];
    const rank = (id: string) => this.directory.severities.findIndex((known) => known.id === id);
    if (account && severity !== null && rank(severity) < rank(account.severity)) account.severity = severity;
  }

  private account(id: string, alert: Alert, line: number): Assignment {
    const incidentId = alert.groupId === null ? null : this.groups.get(alert.groupId)?.incidentId;
    const account = incidentId ? this.accounts[incidentId - 1] : undefined;
    const accounts = account?.alerts ?? this.untold;
    const entry = accounts.get(id);
    if (entry) entry.lines.push(line);
    else accounts.set(id, { alert, lines: [line] });
    return account ? { incident: account.id, openedAt: account.openedAt } : null;
  }
}

const NO_RUNS: ReadonlyMap<string, number> = new Map();

function listAlerts(accounts: Accounts): readonly ReplayedAlert[] {
  return [...accounts.values()].map(({ alert, lines }) => ({
    source: alert.source,
    key: alert.key,
    title: alert.signal.title,
    firstLine: lines[0] ?? 0,
    lines,
  }));
}
