import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { Hono } from 'hono';
import type { NotificationChannel } from '../engine/notification-channel.ts';
import type { RouteGroup } from '../engine/route-group.ts';
import type { Incident } from '../domain/incident/incident.ts';
import type { RecordedEvent } from '../domain/event.ts';
import { createGauges } from './gauges.ts';
import type { GaugeReads } from './gauges.ts';

/** What became of an alert that a monitor told. */
export type AlertResult = 'fired' | 'repeated' | 'cleared' | 'suppressed' | 'rejected';

/** What `/metrics` counts. The hooks only count, never throw, and cost microseconds. */
export interface Metrics {
  /** What a command made happen around an incident, as it stands afterwards: say it once, after the commit. */
  readonly happened: (events: readonly RecordedEvent[], incident: Incident) => void;
  /** The same channel, its attempts counted by what they came to. */
  readonly measured: (channel: NotificationChannel) => NotificationChannel;
  /** Alerts of one source; a source that is not configured is to be counted as `unknown`. */
  readonly alertsReceived: (source: string, result: AlertResult, count: number) => void;
  /** From the first byte of a post to its answer. */
  readonly ingested: (source: string, ms: number) => void;
  /** A configuration was loaded, or refused. */
  readonly configReloaded: (ok: boolean) => void;
  /** The text that Prometheus scrapes; what only the database knows is asked now, and left out when it does not answer. */
  readonly scrape: () => Promise<string>;
}

export interface MetricsDeps {
  readonly version: string;
  readonly reads: GaugeReads;
}

const PREFIX = 'firebell_';
/** Gauges whose names end as a counter's should; each has a sibling that says the same by type. */
const BADLY_NAMED = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];
const ACK_SECONDS = [15, 30, 60, 120, 300, 600, 900, 1800, 3600, 14_400];
const INGEST_SECONDS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** A set of metrics of its own; every name begins with `firebell_`. */
export function createMetrics({ version, reads }: MetricsDeps): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register, prefix: PREFIX });
  for (const name of BADLY_NAMED) register.removeSingleMetric(PREFIX + name);
  const build = new Gauge({
    registers,
    name: 'firebell_build_info',
    help: 'Always 1; the labels say what runs.',
    labelNames: ['version', 'node'],
  });
  build.set({ version, node: process.version }, 1);
  const gauges = createGauges(register, reads);
  return {
    ...incidentHooks(registers),
    measured: attemptHook(registers),
    ...ingestHooks(registers),
    configReloaded: reloadHook(registers),
    scrape: async () => {
      await gauges.refresh();
      return register.metrics();
    },
  };
}

/** `/metrics`, in the text format of Prometheus. */
export function metricsRoutes(metrics: Metrics): RouteGroup {
  const routes = new Hono();
  routes.get('/metrics', async (c) =>
    c.body(await metrics.scrape(), 200, {
      'Content-Type': Registry.PROMETHEUS_CONTENT_TYPE,
      'Cache-Control': 'no-store',
    }),
  );
  return { at: '/', routes };
}

function incidentHooks(registers: Registry[]): Pick<Metrics, 'happened'> {
  const declared = new Counter({
    registers,
    name: 'firebell_incidents_declared_total',
    help: 'Incidents declared.',
    labelNames: ['severity', 'kind'],
  });
  const started = new Counter({ registers, name: 'firebell_pages_started_total', help: 'Pages that began.' });
  const ended = new Counter({
    registers,
    name: 'firebell_pages_ended_total',
    help: 'Pages that ended, by why.',
    labelNames: ['why'],
  });
  const exhausted = new Counter({
    registers,
    name: 'firebell_escalations_exhausted_total',
    help: 'Escalations that went on to the last resort.',
  });
  const givenUp = new Counter({
    registers,
    name: 'firebell_effects_given_up_total',
    help: 'Things that Firebell wanted to do and gave up.',
  });
  const toAck = new Histogram({
    registers,
    name: 'firebell_time_to_acknowledge_seconds',
    help: 'From declaring a real incident to its acknowledgement. Reopened ones, and those that nobody acknowledged, are not in it.',
    labelNames: ['severity'],
    buckets: ACK_SECONDS,
  });
  const count = ({ at, event }: RecordedEvent, { kind, severity, declaredAt, reopened }: Incident): void => {
    if (event.type === 'incident.declared') declared.inc({ severity: event.severity, kind: event.kind });
    if (event.type === 'incident.acknowledged' && kind === 'real' && reopened === 0) {
      toAck.observe({ severity }, Math.max(0, at.getTime() - declaredAt.getTime()) / 1000);
    }
    if (event.type === 'page.started') started.inc();
    if (event.type === 'page.ended') ended.inc({ why: event.why });
    if (event.type === 'escalation.exhausted') exhausted.inc();
    if (event.type === 'incident.effect_given_up') givenUp.inc();
  };
  return { happened: (events, incident) => events.forEach((event) => count(event, incident)) };
}

function attemptHook(registers: Registry[]): Metrics['measured'] {
  const attempts = new Counter({
    registers,
    name: 'firebell_page_attempts_total',
    help: 'Tries to reach a person, by channel and by what they came to.',
    labelNames: ['channel', 'outcome'],
  });
  return (channel) => ({
    ...channel,
    send: async (notice) => {
      try {
        const delivery = await channel.send(notice);
        attempts.inc({ channel: channel.name, outcome: delivery.kind });
        return delivery;
      } catch (error) {
        attempts.inc({ channel: channel.name, outcome: 'error' });
        throw error;
      }
    },
  });
}

function ingestHooks(registers: Registry[]): Pick<Metrics, 'alertsReceived' | 'ingested'> {
  const received = new Counter({
    registers,
    name: 'firebell_alerts_received_total',
    help: 'Alerts that monitors told, by source and by what became of them.',
    labelNames: ['source', 'result'],
  });
  const took = new Histogram({
    registers,
    name: 'firebell_ingest_duration_seconds',
    help: 'From a post of a monitor to its answer, the commit included.',
    labelNames: ['source'],
    buckets: INGEST_SECONDS,
  });
  return {
    alertsReceived: (source, result, count) => received.inc({ source, result }, count),
    ingested: (source, ms) => took.observe({ source }, ms / 1000),
  };
}

function reloadHook(registers: Registry[]): Metrics['configReloaded'] {
  const success = new Gauge({
    registers,
    name: 'firebell_config_last_reload_success',
    help: '1 when the newest configuration was taken, 0 when it was refused.',
  });
  const at = new Gauge({
    registers,
    name: 'firebell_config_last_reload_success_timestamp_seconds',
    help: 'When a configuration was last taken.',
  });
  return (ok) => {
    success.set(ok ? 1 : 0);
    if (ok) at.setToCurrentTime();
  };
}
