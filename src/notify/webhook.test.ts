import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { notificationChannelContract } from '../../test/contract/notification-channel.ts';
import type { ProviderMood } from '../../test/contract/notification-channel.ts';
import { aNotice, zoe } from '../../test/support/page-notice.ts';
import { startWebReceiver } from '../../test/support/web-receiver.ts';
import type { ReceiverMood, WebReceiver } from '../../test/support/web-receiver.ts';
import type { WebhookConfig } from '../config/config.ts';
import type { NotificationChannel } from '../engine/notification-channel.ts';
import { createAckLinks } from './ack-link.ts';
import { retryAfterMs } from './retry-after.ts';
import { createWebhook } from './webhook.ts';

const NOON = new Date('2026-08-03T12:00:00Z');
const clock = { now: () => NOON };
const links = createAckLinks({
  secret: 'a secret of many characters',
  publicUrl: () => 'https://firebell.example.com',
  clock,
});

function channelTo(webhooks: Record<string, WebhookConfig>): NotificationChannel {
  return createWebhook({ clock, timeoutMs: 600, links, webhooks: () => new Map(Object.entries(webhooks)) });
}

function moodOf(mood: ProviderMood): ReceiverMood {
  switch (mood.kind) {
    case 'takes_it':
      return { kind: 'answers', status: 202 };
    case 'refuses':
      return { kind: 'answers', status: 404, body: mood.words };
    case 'is_busy':
      return { kind: 'answers', status: 503 };
    case 'asks_to_wait':
      return { kind: 'answers', status: 429, headers: { 'retry-after': String(mood.seconds) } };
    case 'is_silent':
    case 'hangs_up':
      return { kind: mood.kind };
  }
}

notificationChannelContract({
  name: 'webhook',
  open: async () => {
    const receiver = await startWebReceiver();
    return {
      channel: channelTo({ bridge: { url: receiver.url, secret: 'bridge secret' } }),
      reachable: zoe({ handles: { webhook: 'bridge' } }),
      unreachable: zoe({ handles: { webhook: 'not configured' } }),
      be: (mood) => receiver.be(moodOf(mood)),
      told: () =>
        receiver.received.map(({ headers, body }) => ({
          id: String(headers['x-firebell-delivery']),
          text: body,
        })),
      hangs: receiver.hangs,
      vanish: receiver.close,
      close: receiver.close,
    };
  },
});

describe('a page by webhook', () => {
  let receiver: WebReceiver;
  beforeEach(async () => {
    receiver = await startWebReceiver();
  });
  afterEach(async () => receiver.close());
  const send = (over: Partial<WebhookConfig> = {}) =>
    channelTo({ bridge: { url: receiver.url, secret: 'bridge secret', ...over } }).send(
      aNotice({ person: zoe({ handles: { webhook: 'bridge' } }) }),
    );

  it('is JSON with everything that a page says, and a link to acknowledge it', async () => {
    await send();
    const [request] = receiver.received;
    expect(request).toMatchObject({ method: 'POST', path: '/hook' });
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-firebell-event': 'page',
      'x-firebell-delivery': '42/1/3/0',
    });
    expect(JSON.parse(request?.body ?? '')).toEqual({
      version: 1,
      event: 'page',
      incident: {
        id: 42,
        title: 'Payments fail',
        severity: 'sev1',
        kind: 'real',
        test: false,
        service: 'checkout',
        summary: 'One in three payments is refused.',
        since: '2026-08-03T12:00:00.000Z',
        runbook: 'https://wiki.example.com/checkout',
        url: 'https://firebell.example.com/rooms/inc-42',
        alerts: ['Error rate above 30 %', 'Latency above 2 s'],
        alerts_firing: 2,
      },
      page: {
        id: '42/1/3',
        attempt: '42/1/3/0',
        person: { id: 'zoe', name: 'Zoë' },
        message: 'Please look at the card gateway.',
        also_paged: ['Bob'],
        escalates_at: '2026-08-03T12:05:00.000Z',
        acknowledge_url: expect.stringMatching(/^https:\/\/firebell\.example\.com\/ack\//),
      },
    });
  });

  it('is signed over the time and the exact bytes', async () => {
    await send();
    const [request] = receiver.received;
    const [, t, v1] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(request?.headers['x-firebell-signature'])) ?? [];
    expect(t).toBe(String(NOON.getTime() / 1000));
    expect(v1).toBe(createHmac('sha256', 'bridge secret').update(`${t}.${request?.body}`).digest('hex'));
  });

  it('is unsigned when the configuration gives the webhook no secret', async () => {
    await send({ secret: null });
    expect(receiver.received[0]?.headers).not.toHaveProperty('x-firebell-signature');
  });

  it('answers with the receiver’s own id where there is one', async () => {
    receiver.be({ kind: 'answers', status: 201, body: '{"id":"abc-7"}' });
    expect(await send()).toEqual({ kind: 'sent', messageId: 'abc-7' });
    receiver.be({ kind: 'answers', status: 200, body: 'ok' });
    expect(await send()).toEqual({ kind: 'sent', messageId: '42/1/3/0' });
  });

  it.each([
    [200, 'sent'],
    [204, 'sent'],
    [301, 'failed'],
    [307, 'failed'],
    [400, 'failed'],
    [401, 'failed'],
    [404, 'failed'],
    [408, 'retry'],
    [410, 'failed'],
    [413, 'failed'],
    [425, 'retry'],
    [429, 'retry'],
    [500, 'retry'],
    [502, 'retry'],
    [503, 'retry'],
    [504, 'retry'],
    [599, 'retry'],
  ])('after %i it says %s', async (status, kind) => {
    receiver.be({
      kind: 'answers',
      status,
      ...(status >= 300 && status < 400 ? { headers: { location: receiver.url } } : {}),
    });
    expect(await send()).toMatchObject({ kind });
    expect(receiver.received).toHaveLength(1);
  });

  it('honours Retry-After on an overload, as seconds and as a date', async () => {
    receiver.be({
      kind: 'answers',
      status: 503,
      headers: { 'retry-after': 'Mon, 03 Aug 2026 12:00:30 GMT' },
    });
    expect(await send()).toMatchObject({ kind: 'retry', afterMs: 30_000 });
    receiver.be({ kind: 'answers', status: 500, headers: { 'retry-after': '86400' } });
    expect(await send()).toMatchObject({ kind: 'retry', afterMs: 300_000 });
  });

  it('takes an answer without end for what its status says', async () => {
    receiver.be({ kind: 'never_ends', status: 200 });
    expect(await send()).toMatchObject({ kind: 'sent' });
    receiver.be({ kind: 'never_ends', status: 500 });
    expect(await send()).toMatchObject({ kind: 'retry' });
  });

  it('reads no more of an answer than it needs', async () => {
    receiver.be({ kind: 'floods', status: 200 });
    expect(await send()).toMatchObject({ kind: 'sent' });
    expect(receiver.flooded()).toBeLessThan(20_000_000);
  });

  it.each(['ftp://example.com/x', 'file:///etc/passwd', 'http://user:pass@example.com/', 'not a url', ''])(
    'does not call %j',
    async (url) => {
      expect(await send({ url })).toMatchObject({
        kind: 'failed',
        reason: expect.stringContaining('configuration'),
      });
    },
  );
});

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['2', 2000],
    ['1.5', 1500],
    [' 7 ', 7000],
    ['999999999999', 300_000],
    ['Mon, 03 Aug 2026 12:01:00 GMT', 60_000],
    ['Mon, 03 Aug 2026 11:00:00 GMT', 0],
    ['Monday, 03-Aug-26 12:01:00 GMT', 60_000],
    ['-5', null],
    ['soon', null],
    ['', null],
    [null, null],
  ])('%j is %j ms', (header, ms) => {
    expect(retryAfterMs(header, NOON)).toBe(ms);
  });
});
