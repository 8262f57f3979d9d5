import { Counter, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import type { EngineHooks } from '../engine/engine-parts.ts';
import type { RecordedEvent } from '../domain/event.ts';
import type { Incident } from '../domain/incident/incident.ts';

const ACK_SECONDS = [15, 30, 60, 120, 300, 600, 900, 1800, 3600, 14_400];
const EFFECT_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 20, 60];
const LATE_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 300];

/** Counts what the engine tells. None of the hooks throws. */
export function engineMetrics(registers: Registry[]): Required<EngineHooks> {
  const effects = new Histogram({
    registers,
    name: 'firebell_effect_duration_seconds',
    help: 'How long effects took, by type and by what they came to.',
    labelNames: ['type', 'outcome'],
    buckets: EFFECT_SECONDS,
  });
  const late = new Histogram({
    registers,
    name: 'firebell_timer_lateness_seconds',
    help: 'How late timers were taken.',
    buckets: LATE_SECONDS,
  });
  const failed = new Counter({
    registers,
    name: 'firebell_timers_failed_total',
    help: 'Timers whose command could not be carried out, and will be said again.',
  });
  const silenced = new Counter({
    registers,
    name: 'firebell_alerts_silenced_total',
    help: 'Alerts that fired while a silence held them back, repeats included.',
  });
  const count = eventCounters(registers);
  const acknowledged = ackTimes(registers);
  return {
    happened: (events, incident) => {
      for (const recorded of events) {
        count(recorded);
        acknowledged(recorded, incident);
      }
    },
    received: (tally) => silenced.inc(tally.silenced),
    effectTried: (type, outcome, tookMs) => effects.observe({ type, outcome }, tookMs / 1000),
    timerTaken: (lateMs) => late.observe(Math.max(0, lateMs) / 1000),
    timerFailed: () => failed.inc(),
  };
}

function eventCounters(registers: Registry[]): (recorded: RecordedEvent) => void {
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
    help: 'Escalations that nobody answered, and that went on to the last resort.',
  });
  return ({ event }) => {
    if (event.type === 'incident.declared') declared.inc({ severity: event.severity, kind: event.kind });
    if (event.type === 'page.started') started.inc();
    if (event.type === 'page.ended') ended.inc({ why: event.why });
    if (event.type === 'escalation.exhausted') exhausted.inc();
  };
}

function ackTimes(registers: Registry[]): (recorded: RecordedEvent, incident: Incident) => void {
  const times = new Histogram({
    registers,
    name: 'firebell_time_to_acknowledge_seconds',
    help: 'From declaring a real incident to its acknowledgement. Reopened ones, and those nobody acknowledged, are not in it.',
    labelNames: ['severity'],
    buckets: ACK_SECONDS,
  });
  return ({ at, event }, { kind, severity, declaredAt, reopened }) => {
    if (event.type !== 'incident.acknowledged' || kind !== 'real' || reopened > 0) return;
    times.observe({ severity }, Math.max(0, at.getTime() - declaredAt.getTime()) / 1000);
  };
}
