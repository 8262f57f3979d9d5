import type { Signal } from './signal.ts';
import type { Silence } from './silence.ts';

/** One alert of one source, deduplicated on its key: its newest episode and how often it was told. */
export interface Alert {
  readonly source: string;
  readonly key: string;
  readonly status: 'firing' | 'resolved';
  /** The newest signal of the episode. */
  readonly signal: Signal;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** How many times the episode was told, recovery included. */
  readonly count: number;
  /** Group that it belongs to; null when its route opens nothing, when it is silenced, or when only its recovery was ever seen. */
  readonly groupId: string | null;
  /** Number of the silence that holds it back, or held it back until it was over; null when none does. */
  readonly silencedBy: number | null;
}

/** Alerts that a route holds to be one problem; it has one incident. */
export interface AlertGroup {
  /** Its key and the instant at which it opened: the same on every replay. */
  readonly id: string;
  /** Route and the values it groups by. */
  readonly key: string;
  readonly route: string;
  readonly service: string | null;
  readonly openedAt: Date;
  /** When an alert last began to fire in it; repeats do not count. */
  readonly lastAlertAt: Date;
  readonly incidentId: number | null;
  readonly firing: number;
  /** Alerts that ever belonged to it, each counted once however often it fired. */
  readonly total: number;
}

/** The part of the world that a batch of signals can touch. */
export interface AlertBook {
  /** By `alertId(source, key)`. */
  readonly alerts: ReadonlyMap<string, Alert>;
  /**
   * The newest group under each key; and under its own id every further group that one of these alerts belongs to
   * (an alert may have changed its service since, or its recovery may name none).
   */
  readonly groups: ReadonlyMap<string, AlertGroup>;
  /** Numbers of the incidents of these groups that are still open. */
  readonly openIncidents: ReadonlySet<number>;
  /** Those that may hold back an alert. */
  readonly silences: readonly Silence[];
}

/** Names an alert across sources. */
export function alertId(source: string, key: string): string {
  return `${source}|${key}`;
}
