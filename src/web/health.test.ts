import { describe, expect, it } from 'vitest';
import { healthRoutes, lagCondition } from './health.ts';
import type { Check, Health } from './health.ts';

const well: Check = async () => ({ ok: true, detail: 'connected' });

async function ask(path: string, over: Partial<Health> = {}): Promise<{ status: number; body: unknown }> {
  const health: Health = { version: '1.2.3', required: { database: well }, told: {}, ...over };
  const answer = await healthRoutes(health, 50).routes.request(path);
  return { status: answer.status, body: await answer.json() };
}

describe('/healthz', () => {
  it('says that the process is alive, whatever else is broken', async () => {
    const { status, body } = await ask('/healthz', {
      required: { database: async () => ({ ok: false, detail: 'gone' }) },
    });
    expect([status, body]).toEqual([
      200,
      { status: 'alive', uptime_s: expect.any(Number), event_loop_lag_ms: expect.any(Number) },
    ]);
  });
});

describe('/readyz', () => {
  it('is ready when every required part is', async () => {
    expect(await ask('/readyz')).toEqual({
      status: 200,
      body: {
        status: 'ready',
        version: '1.2.3',
        required: { database: { ok: true, detail: 'connected' } },
        told: {},
      },
    });
  });

  it('stays ready without a chat platform: alerts can still be taken', async () => {
    const told = { chat: async () => ({ ok: false, detail: 'Slack does not answer' }) };
    expect(await ask('/readyz', { told })).toMatchObject({
      status: 200,
      body: { status: 'ready', told: { chat: { ok: false, detail: 'Slack does not answer' } } },
    });
  });

  it('is not ready, and says why, when a required part is broken, throws or hangs', async () => {
    const required: Health['required'] = {
      outbox: async () => lagCondition(90_000, 60_000),
      database: async () => {
        throw new Error('connection refused');
      },
      timers: async () => Promise.race([]),
    };
    expect(await ask('/readyz', { required })).toMatchObject({
      status: 503,
      body: {
        status: 'not_ready',
        required: {
          outbox: { ok: false, detail: '90.0 s behind' },
          database: { ok: false, detail: 'connection refused' },
          timers: { ok: false, detail: 'no answer within 50 ms' },
        },
      },
    });
  });
});
