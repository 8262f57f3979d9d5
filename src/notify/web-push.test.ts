import { afterEach, describe, expect, it } from 'vitest';
import { notificationChannelContract } from '../../test/contract/notification-channel.ts';
import type { ProviderMood } from '../../test/contract/notification-channel.ts';
import { aNotice, zoe } from '../../test/support/page-notice.ts';
import { startPushService } from '../../test/support/web-push/service.ts';
import type { PushBrowser, PushMood, PushService } from '../../test/support/web-push/service.ts';
import type { PageNotice } from '../domain/page/notice.ts';
import type { NotificationChannel } from '../engine/notification-channel.ts';
import { createAckLinks } from './ack-link.ts';
import { isPushService } from './push-services.ts';
import { newVapidKeys, VapidKeys } from './vapid.ts';
import { createWebPush } from './web-push.ts';

const NOON = new Date('2026-08-03T12:00:00Z');
const clock = { now: () => NOON };
const keys = VapidKeys.parse(JSON.parse(newVapidKeys()));
const links = createAckLinks({
  secret: 'a secret of many characters',
  publicUrl: () => 'https://firebell.example.com',
  clock,
});
const person = zoe({ handles: { web_push: '1 device' } });

function channelTo(
  { url }: PushService,
  devices: readonly PushBrowser[],
  forgotten: string[] = [],
): NotificationChannel {
  return createWebPush({
    config: () => ({ services: [url], contact: 'mailto:bell@example.com' }),
    links,
    clock,
    keys: () => Promise.resolve(keys),
    devicesOf: async (id) =>
      id === 'zoe' ? devices.filter(({ endpoint }) => !forgotten.includes(endpoint)) : [],
    forget: async (endpoints) => void forgotten.push(...endpoints),
    timeoutMs: 600,
  });
}

function moodOf(mood: ProviderMood): PushMood {
  switch (mood.kind) {
    case 'takes_it':
      return { kind: 'works' };
    case 'refuses':
      return { kind: 'refuses', status: 403, words: mood.words };
    case 'is_busy':
      return { kind: 'refuses', status: 503, words: 'overloaded' };
    case 'asks_to_wait':
      return {
        kind: 'refuses',
        status: 429,
        words: 'slow down',
        headers: { 'retry-after': String(mood.seconds) },
      };
    case 'is_silent':
    case 'hangs_up':
      return { kind: mood.kind };
  }
}

notificationChannelContract({
  name: 'web_push',
  open: async () => {
    const service = await startPushService();
    const browser = service.subscribe(keys.publicKey);
    return {
      channel: channelTo(service, [browser]),
      reachable: person,
      unreachable: zoe({ id: 'bob' }),
      be: (mood) => service.be(moodOf(mood)),
      told: () =>
        browser.received.map(({ data, topic }) => ({ id: topic ?? '', text: JSON.stringify(data) })),
      hangs: service.hangs,
      vanish: service.close,
      close: service.close,
    };
  },
});

describe('a page by web push', () => {
  const open: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((close) => close()));
  });

  async function world(count = 1) {
    const service = await startPushService();
    open.push(service.close);
    const devices = Array.from({ length: count }, () => service.subscribe(keys.publicKey));
    const forgotten: string[] = [];
    const channel = channelTo(service, devices, forgotten);
    const send = (over: Partial<PageNotice> = {}) => channel.send(aNotice({ person, ...over }));
    return { service, devices, forgotten, channel, send };
  }

  it('reaches every device, sealed for it alone, and leads to our own origin only', async () => {
    const { service, devices, send } = await world(2);
    expect(await send()).toEqual({
      kind: 'sent',
      messageId: `${service.url}/message/1 ${service.url}/message/2`,
    });
    for (const { received } of devices) {
      expect(received).toEqual([
        {
          ttl: 1800,
          urgency: 'high',
          topic: expect.stringMatching(/^[\w-]{32}$/),
          data: {
            title: '#42 sev1: Payments fail',
            body: expect.stringContaining('One in three payments is refused.'),
            tag: received[0]?.topic,
            open: '/rooms/inc-42',
            acknowledge: expect.stringMatching(/^\/ack\//),
            decline: expect.stringMatching(/^\/decline\//),
            urgent: true,
          },
        },
      ]);
    }
  });

  it('fits, whatever monitors and people write', async () => {
    const { send } = await world();
    const long = '🔥'.repeat(5_000);
    const url = `https://firebell.example.com/rooms/${'x'.repeat(200)}`;
    expect(await send({ title: long, summary: long, alerts: [long], url })).toMatchObject({ kind: 'sent' });
  });

  it('forgets a device that is gone, and is sent all the same while another one is there', async () => {
    const { devices, forgotten, send } = await world(2);
    devices[0]?.leave();
    expect(await send()).toMatchObject({ kind: 'sent' });
    expect(forgotten).toEqual([devices[0]?.endpoint]);
    expect(devices[1]?.received).toHaveLength(1);

    devices[1]?.leave();
    expect(await send({ attemptId: '42/1/4/0' })).toEqual({
      kind: 'failed',
      reason:
        'No device of this person takes notifications any more: they can allow it anew under Your devices.',
    });
    expect(forgotten).toHaveLength(2);
  });

  it('is not sent again to those who have it because another device is slow', async () => {
    const { service, devices, channel } = await world(2);
    const broken = {
      ...service.subscribe(keys.publicKey),
      endpoint: 'http://127.0.0.1:9/push/nobody-listens',
    };
    const both = channelTo(service, [...devices, broken]);
    expect(await both.send(aNotice({ person }))).toMatchObject({ kind: 'sent' });
    expect(channel.name).toBe('web_push');
  });

  it('takes the place of the page once it is over, without buttons and without a sound', async () => {
    const { devices, channel, send } = await world();
    await send();
    await channel.update?.(aNotice({ person }), 'm1');
    expect(devices[0]?.received).toHaveLength(1);
    const over = aNotice({ person, end: { why: 'acknowledged_by_other', by: 'Bob', at: NOON } });
    expect(await channel.update?.(over, 'm1')).toEqual({ kind: 'sent', messageId: 'm1' });
    expect(devices[0]?.screen()).toEqual([
      expect.objectContaining({
        body: 'Bob has it since 2026-08-03 14:00 (Europe/Berlin).',
        acknowledge: null,
        decline: null,
        urgent: false,
      }),
    ]);
    expect(devices[0]?.received.map(({ urgency }) => urgency)).toEqual(['high', 'normal']);
  });

  it.each([
    [400, 'failed', 0],
    [401, 'failed', 0],
    [403, 'failed', 0],
    [404, 'failed', 1],
    [408, 'retry', 0],
    [410, 'failed', 1],
    [413, 'failed', 0],
    [429, 'retry', 0],
    [500, 'retry', 0],
    [503, 'retry', 0],
    [307, 'failed', 0],
  ])('after %i it says %s, and forgets %i device', async (status, kind, gone) => {
    const { service, forgotten, send } = await world();
    service.be({ kind: 'refuses', status, words: 'so it is' });
    expect(await send()).toMatchObject({ kind });
    expect(forgotten).toHaveLength(gone);
  });
});

describe('the addresses of push services', () => {
  it.each([
    ['https://fcm.googleapis.com/fcm/send/abc', true],
    ['https://updates.push.services.mozilla.com/wpush/v2/abc', true],
    ['https://web.push.apple.com/abc', true],
    ['https://wns2-par02p.notify.windows.com/w/?token=abc', true],
    ['https://push.example.com/abc', true],
    ['https://push.example.com:444/abc', false],
    ['http://fcm.googleapis.com/fcm/send/abc', false],
    ['https://fcm.googleapis.com:8443/x', false],
    ['https://evil.example/fcm.googleapis.com', false],
    ['https://fcm.googleapis.com.evil.example/', false],
    ['https://evilpush.apple.com/', false],
    ['https://169.254.169.254/latest/meta-data', false],
    ['http://localhost:5432/', false],
    ['https://user:pass@fcm.googleapis.com/', false],
    [`https://fcm.googleapis.com/${'x'.repeat(1_000)}`, false],
    ['not a url', false],
  ])('%s -> %s', (endpoint, expected) => {
    expect(isPushService(endpoint, ['https://push.example.com'])).toBe(expected);
  });
});

it('makes keys as push services want them, whatever their first byte', () => {
  for (let n = 0; n < 20; n += 1) {
    const { publicKey, privateKey } = VapidKeys.parse(JSON.parse(newVapidKeys()));
    expect([Buffer.from(publicKey, 'base64url').length, Buffer.from(privateKey, 'base64url').length]).toEqual(
      [65, 32],
    );
  }
});
