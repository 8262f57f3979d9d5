import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { Hono } from 'hono';
import type { NotificationChannel } from '../engine/notification-channel.ts';
import type { RouteGroup } from '../engine/route-group.ts';
import type { EngineHooks } from '../engine/engine-parts.ts';
import { engineMetrics } from './engine-metrics.ts';
import { createGauges } from './gauges.ts';
import type { GaugeReads } from './gauges.ts';
import type { Answered } from './server.ts';

/** What `/metrics` counts. The hooks only count, never throw, and cost microseconds. */
export interface Metrics {
  readonly engine: EngineHooks;
  readonly ingest: IngestHooks;
  /** For the web server: which rooms are asked, how they answer, and how long that takes. */
  readonly answered: (answered: Answered) => void;
  /** The same channel, its attempts counted by what they came to. */
  readonly measured: (channel: NotificationChannel) => NotificationChannel;
  /** A configuration was loaded, or refused. */
  readonly configReloaded: (ok: boolean) => void;
  /** The text that Prometheus scrapes; what only the database knows is asked now, and left out when it does not answer. */
  readonly scrape: () => Promise<string>;
}

/** What the intake of alerts tells. Sources that are not configured are to be counted as one, e.g. `unknown`. */
export interface IngestHooks {
  /** A post was answered. */
  readonly post: (source: string, result: string) => void;
  /** So many alerts of a source came to this. */
  readonly signals: (source: string, outcome: string, count: number) => void;
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
const HTTP_SECONDS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

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
    engine: engineMetrics(registers),
    ingest: ingestHooks(registers),
    answered: answerHook(registers),
    measured: attemptHook(registers),
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

function ingestHooks(registers: Registry[]): IngestHooks {
  const posts = new Counter({
    registers,
    name: 'firebell_ingest_posts_total',
    help: 'Posts of monitors, by source and by how they were answered.',
    labelNames: ['source', 'result'],
  });
  const alerts = new Counter({
    registers,
    name: 'firebell_alerts_received_total',
    help: 'Alerts that monitors told, by source and by what became of them.',
    labelNames: ['source', 'result'],
  });
  return {
    post: (source, result) => posts.inc({ source, result }),
    signals: (source, result, count) => alerts.inc({ source, result }, count),
  };
}

function answerHook(registers: Registry[]): Metrics['answered'] {
  const took = new Histogram({
    registers,
    name: 'firebell_http_request_duration_seconds',
    help: 'From a request to the beginning of its answer, by the part of the house that gave it; /ingest answers after the commit.',
    labelNames: ['group', 'status'],
    buckets: HTTP_SECONDS,
  });
  return ({ group, status, tookMs }) =>
    took.observe({ group, status: `${Math.floor(status / 100)}xx` }, tookMs / 1000);
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
