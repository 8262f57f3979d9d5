import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { Clock } from '../lib/clock.ts';
import type { StoreStats } from '../store/metrics-reads.ts';

export interface GaugeReads {
  readonly store: () => Promise<StoreStats>;
  /** Chat platforms by name, and whether they can be spoken to. */
  readonly adapters: () => Promise<readonly { readonly name: string; readonly ok: boolean }[]>;
  readonly clock: Clock;
}

/** Gauges that are read when somebody asks. A read that fails leaves its gauges out rather than showing what was. */
export function createGauges(
  register: Registry,
  reads: GaugeReads,
): { readonly refresh: () => Promise<void> } {
  const gauge = <T extends string>(name: string, help: string, labelNames: readonly T[] = []): Gauge<T> =>
    new Gauge({ registers: [register], name: `firebell_${name}`, help, labelNames });
  const up = gauge('database_up', '1 when the database answered this scrape.');
  const incidents = gauge('incidents_open', 'Incidents that are not over.', ['status', 'severity']);
  const pages = gauge('pages_open', 'Pages that wait for an answer, by whether they have gone out yet.', [
    'state',
  ]);
  const undecided = gauge('inbox_alerts', 'Alerts that were taken in and are not decided yet.');
  const waiting = gauge('outbox_waiting', 'Effects that wait to be carried out, those in hand included.');
  const dead = gauge('outbox_dead', 'Effects that can never be carried out; look at the log.');
  const retrying = gauge('outbox_retrying', 'Effects that have failed at least once and are tried again.');
  const outboxAge = gauge(
    'outbox_oldest_age_seconds',
    'How long ago the oldest effect was decided that is neither done nor dead.',
  );
  const untried = gauge(
    'outbox_lag_seconds',
    'How long the oldest effect has been waiting that nobody has tried yet.',
  );
  const timers = gauge('timers_waiting', 'Waits that are set: escalation steps, reminders, snoozes.');
  const timerLag = gauge('timers_lag_seconds', 'How late the oldest wait that is due is.');
  const adapters = gauge('adapter_up', '1 when this chat platform can be spoken to.', ['adapter']);
  const plain = [undecided, waiting, dead, retrying, outboxAge, untried, timers, timerLag];
  const ageOf = (since: Date | null): number =>
    since === null ? 0 : Math.max(0, reads.clock.now().getTime() - since.getTime()) / 1000;

  const fill = (now: StoreStats): void => {
    for (const { status, severity, count } of now.openIncidents) incidents.set({ status, severity }, count);
    pages.set({ state: 'sent' }, now.openPages.sent);
    pages.set({ state: 'unsent' }, now.openPages.unsent);
    undecided.set(now.undecided);
    waiting.set(now.outbox.waiting + now.outbox.leased);
    dead.set(now.outbox.dead);
    retrying.set(now.outbox.retrying);
    outboxAge.set(ageOf(now.outbox.oldest));
    untried.set(ageOf(now.untriedSince));
    timers.set(now.timers.waiting);
    timerLag.set(ageOf(now.timers.oldestDue));
  };
  const refreshStore = async (): Promise<void> => {
    const now = await answerOf(reads.store());
    for (const gauge of plain) gauge.remove();
    for (const gauge of [incidents, pages]) gauge.reset();
    up.set(now === null ? 0 : 1);
    if (now !== null) fill(now);
  };
  const refreshAdapters = async (): Promise<void> => {
    const now = await answerOf(reads.adapters());
    adapters.reset();
    for (const { name, ok } of now ?? []) adapters.set({ adapter: name }, ok ? 1 : 0);
  };
  return {
    refresh: async () => {
      await Promise.all([refreshStore(), refreshAdapters()]);
    },
  };
}

const PATIENCE_MS = 5_000;

/** What a read says, or null when it fails or takes too long: a scrape must answer all the same. */
async function answerOf<T>(read: Promise<T>): Promise<T | null> {
  const late = Promise.withResolvers<null>();
  const limit = setTimeout(() => late.resolve(null), PATIENCE_MS);
  try {
    return await Promise.race([read, late.promise]);
  } catch {
    return null;
  } finally {
    clearTimeout(limit);
  }
}
