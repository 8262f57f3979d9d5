import { afterEach, describe, expect, it } from 'vitest';
import { notificationChannelContract } from '../../test/contract/notification-channel.ts';
import type { ProviderMood } from '../../test/contract/notification-channel.ts';
import { aNotice, zoe } from '../../test/support/page-notice.ts';
import { startPushover } from '../../test/support/pushover/server.ts';
import type { PushoverMood, PushoverServer } from '../../test/support/pushover/server.ts';
import type { PageNotice } from '../domain/page/notice.ts';
import type { NotificationChannel } from '../engine/notification-channel.ts';
import { createAckLinks } from './ack-link.ts';
import { createPushover } from './pushover.ts';

const NOON = new Date('2026-08-03T12:00:00Z');
const TOKEN = 'azGDORePK8gMaC0QOYAMyEEuzJnyUi';
const KEY = 'uQiRzpo4DXghDmr9QzzfQu27cmVRsG';
const CALLBACK = 'https://firebell.example.com/pushover/abc';
const clock = { now: () => NOON };
const person = zoe({ handles: { pushover: KEY } });

function channelTo(
  { url }: PushoverServer,
  { token = TOKEN, publicUrl = 'https://firebell.example.com' as string | null } = {},
): NotificationChannel {
  return createPushover({
    config: () => ({ url: `${url}/`, token }),
    links: createAckLinks({ secret: 'a secret of many characters', publicUrl: () => publicUrl, clock }),
    callbackUrl: () => (publicUrl === null ? null : CALLBACK),
    clock,
    timeoutMs: 600,
  });
}

function moodOf(mood: ProviderMood): PushoverMood {
  switch (mood.kind) {
    case 'takes_it':
      return { kind: 'works' };
    case 'refuses':
      return { kind: 'refuses', status: 400, words: mood.words };
    case 'is_busy':
      return { kind: 'refuses', status: 503, words: 'overloaded' };
    case 'asks_to_wait':
      return {
        kind: 'refuses',
        status: 429,
        words: 'too many requests',
        headers: { 'retry-after': String(mood.seconds) },
      };
    case 'is_silent':
    case 'hangs_up':
      return { kind: mood.kind };
  }
}

notificationChannelContract({
  name: 'pushover',
  skip: { repeats: 'Pushover has no id by which it would tell a repeat' },
  open: async () => {
    const server = await startPushover({ token: TOKEN, users: [KEY] });
    return {
      channel: channelTo(server),
      reachable: person,
      unreachable: zoe(),
      be: (mood) => server.be(moodOf(mood)),
      told: () =>
        server.taken.map(({ receipt, fields }) => ({
          id: receipt ?? '',
          text: `${fields['title']}\n${fields['message']}`,
        })),
      hangs: server.hangs,
      vanish: server.close,
      close: server.close,
    };
  },
});

describe('a page by Pushover', () => {
  const open: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((close) => close()));
  });

  async function world() {
    const server = await startPushover({ token: TOKEN, users: [KEY] });
    open.push(server.close);
    const pushover = channelTo(server);
    const send = (over: Partial<PageNotice> = {}) => pushover.send(aNotice({ person, ...over }));
    return { server, pushover, send };
  }

  it('is an emergency when it is urgent: it rings until it is acknowledged in the app, which calls us back', async () => {
    const { server, send } = await world();
    const sent = await send();
    const [message] = server.taken;
    expect(sent).toEqual({ kind: 'sent', messageId: message?.receipt });
    expect(message?.fields).toMatchObject({
      user: KEY,
      title: '#42 sev1: Payments fail',
      message: expect.stringContaining('One in three payments is refused.'),
      priority: '2',
      retry: '60',
      expire: '3600',
      callback: CALLBACK,
      url: expect.stringMatching(/^https:\/\/firebell\.example\.com\/ack\//),
      url_title: 'Answer, or open the room',
    });
  });

  it('rings once when it is not urgent', async () => {
    const { server, send } = await world();
    expect(await send({ urgency: 'low' })).toEqual({ kind: 'sent', messageId: expect.stringMatching(/-/) });
    const [message] = server.taken;
    expect(message?.fields).toMatchObject({ priority: '0' });
    expect(Object.keys(message?.fields ?? {})).not.toContain('retry');
  });

  it('fits, whatever monitors and people write', async () => {
    const { send } = await world();
    const long = 'ü'.repeat(3_000);
    const sent = await send({ title: long, summary: long, alerts: [long], url: `https://e.example/${long}` });
    expect(sent).toMatchObject({ kind: 'sent' });
  });

  it('has neither link nor callback while our own address is not known', async () => {
    const { server } = await world();
    const sent = await channelTo(server, { publicUrl: null }).send(aNotice({ person, url: null }));
    expect(sent).toMatchObject({ kind: 'sent' });
    expect(Object.keys(server.taken[0]?.fields ?? {})).not.toContain('url');
    expect(Object.keys(server.taken[0]?.fields ?? {})).not.toContain('callback');
  });

  it('falls silent when it is over, and goes on ringing before', async () => {
    const { server, pushover, send } = await world();
    const sent = await send();
    const messageId = sent.kind === 'sent' ? sent.messageId : '';
    await pushover.update?.(aNotice({ person }), messageId);
    expect(server.taken[0]?.rings).toBe(true);
    const over = aNotice({ person, end: { why: 'acknowledged_by_other', by: 'Bob', at: NOON } });
    expect(await pushover.update?.(over, messageId)).toEqual({ kind: 'sent', messageId });
    expect(server.taken[0]?.rings).toBe(false);
    expect(await pushover.update?.(over, 'x'.repeat(30))).toMatchObject({ kind: 'sent' });
    server.be({ kind: 'refuses', status: 502, words: 'bad gateway' });
    expect(await pushover.update?.(over, messageId)).toMatchObject({ kind: 'retry' });
  });

  it('is final for a key or a token that Pushover does not know', async () => {
    const { server, send } = await world();
    expect(await send({ person: zoe({ handles: { pushover: 'nobody' } }) })).toEqual({
      kind: 'failed',
      reason: 'Pushover answered 400: user identifier is not a valid user, group, or subscribed user key',
    });
    expect(await channelTo(server, { token: 'wrong' }).send(aNotice({ person }))).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('application token is invalid'),
    });
  });

  it.each([
    [400, {}, 'failed'],
    [404, {}, 'failed'],
    [408, {}, 'retry'],
    [413, {}, 'failed'],
    [429, {}, 'retry'],
    [429, { 'x-limit-app-remaining': '0' }, 'failed'],
    [500, {}, 'retry'],
    [504, {}, 'retry'],
    [302, {}, 'failed'],
  ])('after %i %j it says %s', async (status, headers, kind) => {
    const { server, send } = await world();
    server.be({ kind: 'refuses', status, words: 'so it is', headers });
    expect(await send()).toMatchObject({ kind, reason: expect.stringContaining('so it is') });
  });
});
