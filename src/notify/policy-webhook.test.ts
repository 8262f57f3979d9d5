import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { anIncident } from '../../test/support/incident.ts';
import { startWebReceiver } from '../../test/support/web-receiver.ts';
import type { WebReceiver } from '../../test/support/web-receiver.ts';
import type { Outcome } from '../engine/effect-handler.ts';
import type { Run } from '../domain/escalation/run.ts';
import { callPolicyWebhook } from './webhook.ts';

const NOON = new Date('2026-08-03T12:00:00Z');

const RUN: Run = {
  id: '42/1',
  number: 1,
  status: 'paging',
  policies: [],
  lastResort: { targets: [], everyMs: 300_000 },
  ackTimeoutMs: null,
  rulesNow: false,
  turn: 0,
  message: null,
  position: { at: 'step', policy: 0, round: 0, step: 1 },
  entry: 2,
  pages: [],
  declined: [],
  acknowledgedBy: null,
  promisedBy: null,
  signOfLifeBy: null,
  snoozedUntil: null,
  delay: null,
  nagAt: null,
  pagesStarted: 1,
};

let receiver: WebReceiver;
beforeEach(async () => {
  receiver = await startWebReceiver();
});
afterEach(async () => receiver.close());

function call(target: string, runs: readonly Run[] = [RUN]): Promise<Outcome> {
  const handle = callPolicyWebhook({
    clock: { now: () => NOON },
    timeoutMs: 600,
    webhooks: () => new Map([['sms-bridge', { url: receiver.url, secret: 'bridge secret' }]]),
    readWorld: async () => ({ incident: anIncident(), runs, pages: [] }),
  });
  return handle(
    { type: 'notify.call_webhook', incidentId: 42, target: { kind: 'webhook', id: target }, runId: '42/1' },
    { key: 'effect-7', attempt: 1, since: NOON },
  );
}

it('tells the webhook of a step what is on fire, signed, with an id that repeats keep', async () => {
  expect(await call('sms-bridge')).toEqual({ kind: 'done' });
  expect(await call('sms-bridge')).toEqual({ kind: 'done' });
  const [request, repeat] = receiver.received;
  expect(request?.headers).toMatchObject({
    'x-firebell-event': 'escalation',
    'x-firebell-delivery': 'effect-7',
  });
  expect(repeat).toMatchObject({ body: request?.body, headers: { 'x-firebell-delivery': 'effect-7' } });
  const seconds = NOON.getTime() / 1000;
  const signature = createHmac('sha256', 'bridge secret').update(`${seconds}.${request?.body}`).digest('hex');
  expect(request?.headers['x-firebell-signature']).toBe(`t=${seconds},v1=${signature}`);
  expect(JSON.parse(request?.body ?? '')).toMatchObject({
    version: 1,
    event: 'escalation',
    target: 'sms-bridge',
    run: '42/1',
    incident: {
      id: 42,
      title: 'Payments fail',
      severity: 'sev1',
      status: 'triage',
      since: '2026-08-03T12:00:00.000Z',
    },
  });
});

it.each(['acknowledged', 'resolved', 'cancelled'] as const)(
  'calls nobody once the run is %s',
  async (status) => {
    expect(await call('sms-bridge', [{ ...RUN, status }])).toEqual({ kind: 'done' });
    expect(receiver.received).toEqual([]);
  },
);

it('gives up, loudly, on a name that the configuration has no longer', async () => {
  expect(await call('gone')).toEqual({
    kind: 'give_up',
    reason: expect.stringContaining('no webhook named gone'),
  });
});

it('tries again after an overload, and gives up when it is refused', async () => {
  receiver.be({ kind: 'answers', status: 429, headers: { 'retry-after': '3' } });
  expect(await call('sms-bridge')).toMatchObject({ kind: 'retry', afterMs: 3000 });
  receiver.be({ kind: 'answers', status: 403, body: 'who are you?' });
  expect(await call('sms-bridge')).toEqual({
    kind: 'give_up',
    reason: 'The webhook answered 403: who are you?',
  });
});
