import { describe, expect, it } from 'vitest';
import { anIncident } from '../../test/support/incident.ts';
import { aNotice } from '../../test/support/page-notice.ts';
import type { Delivery, NotificationChannel } from '../engine/notification-channel.ts';
import type { DomainEvent } from '../domain/event.ts';
import type { StoreStats } from '../store/metrics-reads.ts';
import { createMetrics, metricsRoutes } from './metrics.ts';
import type { Metrics, MetricsDeps } from './metrics.ts';

const NOON = new Date('2026-08-03T12:00:00Z');
const later = (seconds: number): Date => new Date(NOON.getTime() + seconds * 1000);

const STATS: StoreStats = {
  openIncidents: [{ status: 'investigating', severity: 'sev1', count: 2 }],
  openPages: { sent: 3, unsent: 1 },
  outbox: { waiting: 5, leased: 1, dead: 1, retrying: 2, oldest: NOON },
  untriedSince: later(58),
  timers: { waiting: 7, overdue: 1, failing: 0, oldestDue: later(59) },
  undecided: 3,
};

function metricsWith(over: Partial<MetricsDeps['reads']> = {}): Metrics {
  return createMetrics({
    version: '1.2.3',
    reads: {
      store: async () => STATS,
      adapters: async () => [{ name: 'console', ok: true }],
      clock: { now: () => later(60) },
      ...over,
    },
  });
}

interface Sample {
  readonly name: string;
  readonly labels: string;
  readonly value: number;
}

/** Reads the text format strictly: a line is HELP, TYPE or a sample, and nothing else. */
function parse(text: string): { samples: Sample[]; types: Map<string, string>; helps: Map<string, string> } {
  const samples: Sample[] = [];
  const [types, helps] = [new Map<string, string>(), new Map<string, string>()];
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const [, kind, about, rest] = /^# (HELP|TYPE) ([a-z0-9_]+) (.+)$/.exec(line) ?? [];
    if (kind && about && rest) (kind === 'TYPE' ? types : helps).set(about, rest);
    else {
      const [, name, labels = '', value] =
        /^([a-z0-9_]+)(?:\{(.*)\})? (-?[\d.e+-]+|\+Inf|Nan)$/.exec(line) ?? [];
      if (!name) throw new Error(`Expected a sample, got: ${line}`);
      samples.push({ name, labels, value: Number(value) });
    }
  }
  return { samples, types, helps };
}

async function valuesOf(metrics: Metrics, name: string): Promise<Record<string, number>> {
  const { samples } = parse(await metrics.scrape());
  return Object.fromEntries(
    samples
      .filter((sample) => sample.name === `firebell_${name}`)
      .map(({ labels, value }) => [labels, value]),
  );
}

function happened(metrics: Metrics, event: DomainEvent, { at = NOON, incident = anIncident() } = {}): void {
  metrics.engine.happened?.([{ incidentId: 42, seq: 1, at, by: { kind: 'bot' }, event }], incident);
}

describe('/metrics', () => {
  it('is text that Prometheus reads, every name with our prefix, a help and a fitting type', async () => {
    const metrics = metricsWith();
    metrics.ingest.signals('prom', 'fired', 3);
    metrics.answered({ group: '/ingest', status: 202, tookMs: 12 });
    metrics.configReloaded(true);
    const answer = await metricsRoutes(metrics).routes.request('/metrics');
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const { samples, types, helps } = parse(await answer.text());
    expect(samples.length).toBeGreaterThan(40);
    for (const { name } of samples) expect(name).toMatch(/^firebell_/);
    for (const [name, type] of types) {
      expect(helps.has(name), `${name} has a help`).toBe(true);
      expect(name.endsWith('_total'), `${name} is a ${type}`).toBe(type === 'counter');
      expect(name).not.toMatch(/_(ms|milliseconds|minutes|hours|kb|percent)(_|$)/);
    }
  });

  it('shows how things stand in the database', async () => {
    const metrics = metricsWith();
    expect(await valuesOf(metrics, 'incidents_open')).toEqual({
      'status="investigating",severity="sev1"': 2,
    });
    expect(await valuesOf(metrics, 'pages_open')).toEqual({ 'state="sent"': 3, 'state="unsent"': 1 });
    const plain = [
      'outbox_waiting',
      'outbox_dead',
      'outbox_retrying',
      'outbox_oldest_age_seconds',
      'outbox_lag_seconds',
      'timers_waiting',
      'timers_lag_seconds',
      'database_up',
    ];
    const shown = await Promise.all(plain.map(async (name) => (await valuesOf(metrics, name))['']));
    expect(shown).toEqual([6, 1, 2, 60, 2, 7, 1, 1]);
    expect(await valuesOf(metrics, 'adapter_up')).toEqual({ 'adapter="console"': 1 });
  });

  it('forgets what is no longer so', async () => {
    let openIncidents = STATS.openIncidents;
    const metrics = metricsWith({ store: async () => ({ ...STATS, openIncidents }) });
    await metrics.scrape();
    openIncidents = [];
    expect(await valuesOf(metrics, 'incidents_open')).toEqual({});
  });

  it('answers without the database, and shows no old figures then', async () => {
    let broken = false;
    const metrics = metricsWith({
      store: async () => {
        if (broken) throw new Error('connection refused');
        return STATS;
      },
    });
    expect(await valuesOf(metrics, 'outbox_waiting')).toEqual({ '': 6 });
    broken = true;
    expect(await valuesOf(metrics, 'database_up')).toEqual({ '': 0 });
    expect(await valuesOf(metrics, 'outbox_waiting')).toEqual({});
  });

  it('counts incidents, pages and what was given up as they happen', async () => {
    const metrics = metricsWith();
    happened(metrics, {
      type: 'incident.declared',
      title: 'x',
      summary: null,
      severity: 'sev2',
      kind: 'drill',
      visibility: 'public',
      service: null,
      policy: null,
      targets: [],
      rulesNow: false,
      members: [],
      wantsRoom: true,
      autoResolve: false,
      ackTakesCommand: false,
    });
    happened(metrics, { type: 'page.ended', pageId: '42/1/1', why: 'unreachable', by: null });
    happened(metrics, { type: 'escalation.exhausted', runId: '42/1' });
    metrics.engine.effectTried?.('chat.open_room', 'give_up', 40);
    metrics.engine.timerTaken?.(120);
    metrics.engine.timerFailed?.();
    expect(await valuesOf(metrics, 'incidents_declared_total')).toEqual({
      'severity="sev2",kind="drill"': 1,
    });
    expect(await valuesOf(metrics, 'pages_ended_total')).toEqual({ 'why="unreachable"': 1 });
    expect(await valuesOf(metrics, 'escalations_exhausted_total')).toEqual({ '': 1 });
    expect(await valuesOf(metrics, 'effect_duration_seconds_count')).toEqual({
      'type="chat.open_room",outcome="give_up"': 1,
    });
    expect(await valuesOf(metrics, 'timer_lateness_seconds_sum')).toEqual({ '': 0.12 });
    expect(await valuesOf(metrics, 'timers_failed_total')).toEqual({ '': 1 });
  });

  it('counts the alerts that silences hold back, and no others', async () => {
    const metrics = metricsWith();
    const tally = { fired: 5, repeated: 2, cleared: 1, suppressed: 1, opened: 1 };
    metrics.engine.received?.({ ...tally, silenced: 3 });
    metrics.engine.received?.({ ...tally, silenced: 0 });
    metrics.engine.received?.({ ...tally, silenced: 1 });
    expect(await valuesOf(metrics, 'alerts_silenced_total')).toEqual({ '': 4 });
  });

  it('measures the time to acknowledge of real incidents in their first life only', async () => {
    const metrics = metricsWith();
    for (const incident of [anIncident(), anIncident({ kind: 'drill' }), anIncident({ reopened: 1 })]) {
      happened(metrics, { type: 'incident.acknowledged' }, { at: later(90), incident });
    }
    expect(await valuesOf(metrics, 'time_to_acknowledge_seconds_sum')).toEqual({ 'severity="sev1"': 90 });
    expect(await valuesOf(metrics, 'time_to_acknowledge_seconds_count')).toEqual({ 'severity="sev1"': 1 });
  });

  it('counts the attempts of a channel by what they came to, and changes nothing about it', async () => {
    const metrics = metricsWith();
    const answers: (Delivery | Error)[] = [
      { kind: 'sent', messageId: '1' },
      { kind: 'retry', afterMs: null, reason: 'x' },
      { kind: 'failed', reason: 'x' },
      new Error('broken'),
    ];
    const channel: NotificationChannel = {
      name: 'email',
      reaches: () => true,
      send: async () => {
        const next = answers.shift();
        if (next === undefined || next instanceof Error) throw next ?? new Error('no answer left');
        return next;
      },
    };
    const measured = metrics.measured(channel);
    expect(measured).toMatchObject({ name: 'email', reaches: channel.reaches });
    expect(await measured.send(aNotice())).toEqual({ kind: 'sent', messageId: '1' });
    await measured.send(aNotice());
    await measured.send(aNotice());
    await expect(measured.send(aNotice())).rejects.toThrow('broken');
    expect(await valuesOf(metrics, 'page_attempts_total')).toEqual({
      'channel="email",outcome="sent"': 1,
      'channel="email",outcome="retry"': 1,
      'channel="email",outcome="failed"': 1,
      'channel="email",outcome="error"': 1,
    });
  });

  it('counts alerts by source and result, and tells whether the newest configuration was taken', async () => {
    const metrics = metricsWith();
    metrics.ingest.signals('prom', 'fired', 3);
    metrics.ingest.signals('prom', 'fired', 2);
    metrics.ingest.post('prom', 'accepted');
    metrics.answered({ group: '/ingest', status: 202, tookMs: 12 });
    metrics.configReloaded(true);
    metrics.configReloaded(false);
    expect(await valuesOf(metrics, 'ingest_posts_total')).toEqual({ 'source="prom",result="accepted"': 1 });
    expect(await valuesOf(metrics, 'http_request_duration_seconds_sum')).toEqual({
      'group="/ingest",status="2xx"': 0.012,
    });
    expect(await valuesOf(metrics, 'alerts_received_total')).toEqual({ 'source="prom",result="fired"': 5 });
    expect(await valuesOf(metrics, 'config_last_reload_success')).toEqual({ '': 0 });
  });
});
