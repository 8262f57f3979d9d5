import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Hono } from 'hono';
import type { RouteGroup } from '../engine/route-group.ts';

/** How one part is doing, in a word or a few for people. */
export interface Condition {
  readonly ok: boolean;
  readonly detail: string;
}

export type Check = () => Promise<Condition>;

/** What `/readyz` asks. Each check is given two seconds; one that throws or takes longer is not ok. */
export interface Health {
  readonly version: string;
  /** Without one of these, alerts and people are better sent to another process: database, outbox, timers. */
  readonly required: Readonly<Record<string, Check>>;
  /** Told, and no reason to send anybody away: chat platform, notification channels, configuration. */
  readonly told: Readonly<Record<string, Check>>;
}

const PATIENCE_MS = 2_000;

/**
 * `/healthz` answers as long as the process does; restart it when it does not. `/readyz` answers 503 while a required part is not ok,
 * and always says how every part is doing.
 */
export function healthRoutes(health: Health, patienceMs: number = PATIENCE_MS): RouteGroup {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const routes = new Hono();
  routes.get('/healthz', (c) => {
    const event_loop_lag_ms = Math.max(0, Math.round(delay.percentile(99) / 1e6) - 20);
    delay.reset();
    return c.json({ status: 'alive', uptime_s: Math.floor(process.uptime()), event_loop_lag_ms });
  });
  routes.get('/readyz', async (c) => {
    const [required, told] = await Promise.all([
      askAll(health.required, patienceMs),
      askAll(health.told, patienceMs),
    ]);
    const ready = Object.values(required).every(({ ok }) => ok);
    const body = { status: ready ? 'ready' : 'not_ready', version: health.version, required, told };
    return c.json(body, ready ? 200 : 503, { 'Cache-Control': 'no-store' });
  });
  return { at: '/', routes };
}

/** A condition on how long something has been waiting: ok up to the limit. */
export function lagCondition(lagMs: number, limitMs: number): Condition {
  return { ok: lagMs <= limitMs, detail: `${(Math.max(0, lagMs) / 1000).toFixed(1)} s behind` };
}

async function askAll(
  checks: Readonly<Record<string, Check>>,
  patienceMs: number,
): Promise<Record<string, Condition>> {
  const asked = Object.entries(checks).map(
    async ([name, check]) => [name, await ask(check, patienceMs)] as const,
  );
  return Object.fromEntries(await Promise.all(asked));
}

async function ask(check: Check, patienceMs: number): Promise<Condition> {
  const late = Promise.withResolvers<Condition>();
  const limit = setTimeout(
    () => late.resolve({ ok: false, detail: `no answer within ${patienceMs} ms` }),
    patienceMs,
  );
  try {
    const { ok, detail } = await Promise.race([check(), late.promise]);
    return { ok, detail };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message.slice(0, 300) : 'failed' };
  } finally {
    clearTimeout(limit);
  }
}
