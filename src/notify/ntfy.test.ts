import { afterEach, describe, expect, it } from 'vitest';
import { notificationChannelContract } from '../../test/contract/notification-channel.ts';
import type { ProviderMood } from '../../test/contract/notification-channel.ts';
import { Phone } from '../../test/support/ntfy/phone.ts';
import { startNtfy } from '../../test/support/ntfy/server.ts';
import type { NtfyMood, NtfyOptions, NtfyServer } from '../../test/support/ntfy/server.ts';
import { aNotice, zoe } from '../../test/support/page-notice.ts';
import type { NotificationChannel } from '../engine/notification-channel.ts';
import type { PageNotice } from '../domain/page/notice.ts';
import { createAckLinks } from './ack-link.ts';
import { createNtfy } from './ntfy.ts';

const NOON = new Date('2026-08-03T12:00:00Z');
const TOKEN = 'tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2';
const TOPIC = 'firebell-zoe-Qh3kX9';
const clock = { now: () => NOON };
const links = createAckLinks({
  secret: 'a secret of many characters',
  publicUrl: () => 'https://firebell.example.com',
  clock,
});
const person = zoe({ handles: { ntfy: TOPIC } });

function channelTo({ url }: NtfyServer, token: string | null = TOKEN): NotificationChannel {
  return createNtfy({ config: () => ({ url, token }), links, clock, timeoutMs: 600 });
}

function moodOf(mood: ProviderMood): NtfyMood {
  switch (mood.kind) {
    case 'takes_it':
      return { kind: 'works' };
    case 'refuses':
      return { kind: 'refuses', code: 40010, words: mood.words };
    case 'is_busy':
      return { kind: 'refuses', code: 50301, words: 'overloaded' };
    case 'asks_to_wait':
      return { kind: 'refuses', code: 42901, words: 'too many requests', retryAfter: mood.seconds };
    case 'is_silent':
    case 'hangs_up':
      return { kind: mood.kind };
  }
}

notificationChannelContract({
  name: 'ntfy',
  open: async () => {
    const server = await startNtfy({ token: TOKEN });
    return {
      channel: channelTo(server),
      reachable: person,
      unreachable: zoe(),
      be: (mood) => server.be(moodOf(mood)),
      told: () =>
        server
          .eventsOf(TOPIC)
          .map(({ sequence_id = '', title, message }) => ({ id: sequence_id, text: `${title}\n${message}` })),
      hangs: server.hangs,
      vanish: server.close,
      close: server.close,
    };
  },
});

describe('a page by ntfy', () => {
  const open: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((close) => close()));
  });

  async function world(options: NtfyOptions = {}) {
    const server = await startNtfy({ token: TOKEN, ...options });
    open.push(server.close);
    const ntfy = channelTo(server);
    const phone = new Phone({ url: `${server.url}/${TOPIC}`, token: TOKEN }, () =>
      Promise.resolve({ ok: true, status: 200 }),
    );
    const send = (over: Partial<PageNotice> = {}) => ntfy.send(aNotice({ person, ...over }));
    return { server, ntfy, phone, send };
  }

  it('says what is on fire and leads to the room, loud, with three buttons', async () => {
    const { phone, send } = await world();
    expect(await send()).toEqual({ kind: 'sent', messageId: 'm00000000001' });
    const [shown] = await phone.screen();
    expect(shown).toMatchObject({
      title: '#42 sev1: Payments fail',
      priority: 5,
      click: 'https://firebell.example.com/rooms/inc-42',
    });
    expect(shown?.text.split('\n')).toEqual([
      'Please look at the card gateway.',
      'One in three payments is refused.',
      'Service: checkout',
      'Since: 2026-08-03 14:00 (Europe/Berlin)',
      'Also paged: Bob',
      'Unless somebody acknowledges, this goes on at 2026-08-03 14:05 (Europe/Berlin).',
      'Alerts, 2 firing:',
      '- Error rate above 30 %',
      '- Latency above 2 s',
      'Runbook: https://wiki.example.com/checkout',
    ]);
    expect(shown?.buttons).toEqual([
      {
        action: 'http',
        label: 'Acknowledge',
        url: expect.stringMatching(/^https:\/\/firebell\.example\.com\/ack\//),
        method: 'POST',
        clear: true,
      },
      {
        action: 'http',
        label: 'I can’t',
        url: expect.stringMatching(/^https:\/\/firebell\.example\.com\/decline\//),
        method: 'POST',
        clear: true,
      },
      {
        action: 'view',
        label: 'Open room',
        url: 'https://firebell.example.com/rooms/inc-42',
        clear: false,
      },
    ]);
  });

  it('reaches an open app through its stream', async () => {
    const { phone, send } = await world();
    const heard = phone.hears(1);
    await send();
    expect((await heard).map(({ event, title }) => [event, title])).toEqual([
      ['message', '#42 sev1: Payments fail'],
    ]);
  });

  it('is gentle when it is not urgent, and says what is a drill or a test', async () => {
    const { phone, send } = await world();
    await send({ urgency: 'low', attemptId: '42/1/4/0' });
    await send({ isDrill: true, attemptId: '42/1/5/0' });
    await send({ isTest: true, attemptId: '42/1/6/0' });
    expect((await phone.screen()).map(({ title, priority }) => [title.split(' ')[0], priority])).toEqual([
      ['#42', 3],
      ['[DRILL]', 5],
      ['[TEST]', 5],
    ]);
  });

  it('fits, whatever monitors and people write', async () => {
    const { phone, send } = await world();
    const long = '🔥'.repeat(5_000);
    expect(
      await send({ title: long, summary: long, message: long, alerts: [long, long, long], service: long }),
    ).toMatchObject({ kind: 'sent' });
    const [shown] = await phone.screen();
    expect(Array.from(shown?.title ?? '').length).toBeLessThanOrEqual(200);
    expect(Buffer.byteLength(shown?.text ?? '')).toBeLessThanOrEqual(3_000);
  });

  it('has no links of others and no buttons while our own address is not known', async () => {
    const { server, phone } = await world();
    const homeless = createNtfy({
      config: () => ({ url: `${server.url}/`, token: TOKEN }),
      links: createAckLinks({ secret: 'a secret of many characters', publicUrl: () => null, clock }),
      clock,
    });
    const title = 'See https://evil.example now';
    await homeless.send(aNotice({ person, title, url: 'javascript:alert(1)', runbook: null }));
    const [shown] = await phone.screen();
    expect(shown).toMatchObject({ click: null, buttons: [] });
    expect(`${shown?.title}${shown?.text}`).not.toMatch(/https?:\/\//);
  });

  it('leads to the page of its own link before there is a room, and rings no second time when there is one', async () => {
    const { ntfy, phone, send } = await world();
    await send({ url: null });
    const [shown] = await phone.screen();
    expect(shown?.click).toBe(shown?.buttons[0]?.url);
    expect(shown?.buttons.map(({ label }) => label)).toEqual(['Acknowledge', 'I can’t']);
    expect(await ntfy.update?.(aNotice({ person }), 'm1')).toEqual({ kind: 'sent', messageId: 'm1' });
    expect(await phone.screen()).toEqual([shown]);
  });

  it('is changed once it is over: silent, without buttons, with who has it', async () => {
    const { ntfy, phone, send } = await world();
    await send();
    const over = aNotice({ person, end: { why: 'acknowledged_by_other', by: 'Bob', at: NOON } });
    expect(await ntfy.update?.(over, 'm00000000001')).toEqual({ kind: 'sent', messageId: 'm00000000001' });
    expect(await phone.screen()).toEqual([
      {
        title: '#42 sev1: Payments fail',
        text: 'Bob has it since 2026-08-03 14:00 (Europe/Berlin).',
        priority: 1,
        click: 'https://firebell.example.com/rooms/inc-42',
        buttons: [],
      },
    ]);
  });

  it.each(['acknowledged', 'declined'] as const)(
    'goes away for whoever answered it themselves (%s)',
    async (why) => {
      const { ntfy, phone, send } = await world();
      await send();
      const over = aNotice({ person, end: { why, by: 'Zoë', at: NOON } });
      expect(await ntfy.update?.(over, 'm1')).toMatchObject({ kind: 'sent' });
      expect(await phone.screen()).toEqual([]);
    },
  );

  it('leaves the loud one and adds a silent one on a server that cannot change messages', async () => {
    const { ntfy, phone, send } = await world({ changesMessages: false });
    await send();
    await ntfy.update?.(aNotice({ person, end: { why: 'resolved', by: null, at: NOON } }), 'm1');
    expect((await phone.screen()).map(({ priority }) => priority)).toEqual([5, 1]);
    const mine = aNotice({ person, end: { why: 'acknowledged', by: 'Zoë', at: NOON } });
    expect(await ntfy.update?.(mine, 'm1')).toMatchObject({ kind: 'sent' });
    expect(await phone.screen()).toHaveLength(2);
  });

  it.each([
    [40009, 'failed', 'topic invalid'],
    [40101, 'failed', 'check notify.ntfy.token'],
    [40301, 'failed', 'does not let us write'],
    [40401, 'failed', 'no such page'],
    [40801, 'retry', 'slow'],
    [41301, 'failed', 'too large'],
    [42901, 'retry', 'too many requests'],
    [42908, 'failed', 'daily message quota reached'],
    [50001, 'retry', 'internal'],
    [50701, 'retry', 'insufficient storage'],
    [30101, 'failed', 'moved'],
  ])('after %i it says %s', async (code, kind, words) => {
    const { server, send } = await world();
    server.be({ kind: 'refuses', code, words });
    expect(await send()).toMatchObject({
      kind,
      reason: code === 30101 ? expect.stringContaining('redirects') : expect.stringContaining(words),
    });
  });

  it('is refused at once with a token that the server does not know, or for a topic that is closed to it', async () => {
    const { server } = await world({ closed: [TOPIC] });
    const notice = aNotice({ person });
    expect(await channelTo(server, 'tk_wrong').send(notice)).toMatchObject({ kind: 'failed' });
    expect(await channelTo(server, null).send(notice)).toMatchObject({ kind: 'failed' });
    expect(await channelTo(server).send(notice)).toMatchObject({ kind: 'failed' });
  });

  it('waits when the server has had enough, and does not take another server’s “fine” for a message', async () => {
    const { server, send } = await world({ burst: 1 });
    await send();
    expect(await send({ attemptId: '42/1/4/0' })).toMatchObject({ kind: 'retry' });
    server.be({ kind: 'refuses', code: 20000, words: 'welcome' });
    expect(await send()).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('notify.ntfy.url'),
    });
  });
});
