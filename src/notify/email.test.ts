import { afterEach, describe, expect, it } from 'vitest';
import { notificationChannelContract } from '../../test/contract/notification-channel.ts';
import type { ProviderMood } from '../../test/contract/notification-channel.ts';
import { startMailServer } from '../../test/support/mail-server.ts';
import type {
  MailMood,
  MailServer,
  MailServerOptions,
  MailStage,
  TakenMail,
} from '../../test/support/mail-server.ts';
import { aNotice, zoe } from '../../test/support/page-notice.ts';
import type { EmailConfig } from '../config/config.ts';
import type { Delivery } from '../engine/notification-channel.ts';
import type { PageNotice } from '../domain/page/notice.ts';
import { createAckLinks } from './ack-link.ts';
import { createEmail } from './email.ts';
import type { EmailChannel } from './email.ts';

const QUICK = { connectMs: 1_000, silenceMs: 500, totalMs: 1_500 };
const NOON = new Date('2026-08-03T12:00:00Z');

const SECRET = 'a secret of many characters';
const links = createAckLinks({
  secret: SECRET,
  publicUrl: () => 'https://firebell.example.com/',
  clock: { now: () => NOON },
});

function configFor({ port }: MailServer, over: Partial<EmailConfig> = {}): EmailConfig {
  return {
    server: { host: '127.0.0.1', port, secure: false, user: null, pass: null },
    from: 'Firebell <bell@example.com>',
    replies: null,
    ...over,
  };
}

const MOODS: Record<ProviderMood['kind'], MailMood> = {
  takes_it: { kind: 'takes_it' },
  refuses: { kind: 'says', at: 'rcpt', code: 550, words: '5.1.1 no such responder here' },
  is_busy: { kind: 'says', at: 'rcpt', code: 451, words: '4.7.1 greylisted' },
  asks_to_wait: { kind: 'says', at: 'rcpt', code: 451, words: '4.7.1 greylisted' },
  is_silent: { kind: 'is_silent', at: 'rcpt' },
  hangs_up: { kind: 'hangs_up', at: 'rcpt' },
};

notificationChannelContract({
  name: 'email',
  skip: { asks_to_wait: 'SMTP has no words for how long to wait' },
  open: async () => {
    const server = await startMailServer();
    const channel = createEmail({ timeouts: QUICK, config: () => configFor(server), links, secret: SECRET });
    return {
      channel,
      reachable: zoe(),
      unreachable: zoe({ email: null }),
      be: ({ kind }) => server.be(MOODS[kind]),
      told: () => server.taken.map(({ headers, text }) => ({ id: headers.get('message-id') ?? '', text })),
      hangs: server.hangs,
      vanish: server.close,
      close: async () => {
        channel.close();
        await server.close();
      },
    };
  },
});

describe('a page by mail', () => {
  const open: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((close) => close()));
  });

  async function mailbox(
    options: MailServerOptions = {},
    over: Partial<EmailConfig> = {},
  ): Promise<{ server: MailServer; email: EmailChannel }> {
    const server = await startMailServer(options);
    const email = createEmail({
      timeouts: QUICK,
      config: () => configFor(server, over),
      links,
      secret: SECRET,
    });
    open.push(async () => {
      email.close();
      await server.close();
    });
    return { server, email };
  }

  async function sent(notice: PageNotice): Promise<TakenMail> {
    const { server, email } = await mailbox();
    expect(await email.send(notice)).toMatchObject({ kind: 'sent' });
    const [mail] = server.taken;
    if (!mail) throw new Error('Expected the server to have a mail, it has none.');
    return mail;
  }

  it('says what is on fire, how bad, since when, which alerts, the runbook, who else, what comes next, and how to acknowledge', async () => {
    const mail = await sent(aNotice());
    expect(mail.to).toEqual(['zoe@example.com']);
    expect(mail.headers.get('subject')).toBe('#42 sev1: Payments fail');
    for (const part of [mail.text, mail.html]) {
      for (const words of [
        'Payments fail',
        'sev1',
        'checkout',
        '2026-08-03 14:00 (Europe/Berlin)',
        'Error rate above 30 %',
        'https://wiki.example.com/checkout',
        'Bob',
        'Please look at the card gateway.',
        'this goes on at 2026-08-03 14:05 (Europe/Berlin)',
        'https://firebell.example.com/ack/',
        'https://firebell.example.com/rooms/inc-42',
      ]) {
        expect(part).toContain(words);
      }
    }
  });

  it('carries a link that acknowledges this page as this person', async () => {
    const { text } = await sent(aNotice());
    const token = /\/ack\/([\w.-]+)/.exec(text)?.[1] ?? '';
    expect(links.read(token)).toEqual({
      kind: 'ok',
      claim: { incidentId: 42, pageId: '42/1/3', personId: 'zoe', attemptId: '42/1/3/0' },
    });
  });

  it('is known as automatic, and threads with the other pages of its incident', async () => {
    const first = await sent(aNotice());
    const second = await sent(aNotice({ attemptId: '42/1/4/0', pageId: '42/1/4' }));
    expect(first.headers.get('auto-submitted')).toBe('auto-generated');
    expect(first.headers.get('x-firebell-incident')).toBe('42');
    expect(first.headers.get('message-id')).toBe('<page.42.1.3.0.msd6g000@example.com>');
    expect(second.headers.get('references')).toBe(first.headers.get('references'));
    expect(second.headers.get('message-id')).not.toBe(first.headers.get('message-id'));
  });

  it('labels drills and tests, and says once that nothing is on fire', async () => {
    const drill = await sent(aNotice({ isDrill: true }));
    expect(drill.headers.get('subject')).toBe('[DRILL] #42 sev1: Payments fail');
    expect(drill.text).toContain('This is a drill');
    const test = await sent(aNotice({ isTest: true }));
    expect(test.headers.get('subject')).toBe('[TEST] #42 sev1: Payments fail');
  });

  it('offers nothing to press when the page is over', async () => {
    const mail = await sent(aNotice({ end: { why: 'acknowledged_by_other', by: 'Bob', at: NOON } }));
    expect(mail.text).toContain('Bob has it since 2026-08-03 14:00 (Europe/Berlin).');
    expect(mail.raw).not.toContain('/ack/');
  });

  it('shows hostile text as text: no header, no markup, no link, no hidden turn of direction', async () => {
    const mail = await sent(
      aNotice({
        title: 'Down\r\nBcc: everyone@example.com\r\n\r\n<script>alert(1)</script>\u202e',
        severity: 'sev1\r\nX-Evil: 1',
        summary: '<img src=x onerror=alert(1)> see https://evil.example/login',
        alerts: ['<!here> @channel <a href="https://evil.example">click</a>', ' \u0000\u0007bell'],
        runbook: 'javascript:alert(1)',
        alsoPaged: ['Bob\r\nX-Evil: 1'],
      }),
    );
    expect([mail.to, mail.headers.get('bcc'), mail.headers.get('x-evil')]).toEqual([
      ['zoe@example.com'],
      undefined,
      undefined,
    ]);
    expect(mail.html).not.toMatch(/<script|<img|javascript:|evil\.example"/);
    expect(mail.html).toContain('&lt;script&gt;');
    expect(mail.raw).not.toContain('https://evil');
    expect(mail.text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  it('copes with texts of absurd lengths, and with none', async () => {
    const long = await sent(
      aNotice({
        title: 'x'.repeat(100_000),
        summary: 'y '.repeat(500_000),
        alerts: Array.from({ length: 500 }, () => 'z'.repeat(9000)),
      }),
    );
    expect(long.raw.length).toBeLessThan(40_000);
    const empty = await sent(
      aNotice({
        title: ' \n ',
        service: null,
        runbook: null,
        summary: null,
        message: null,
        alerts: [],
        alsoPaged: [],
        escalatesAt: null,
        url: null,
      }),
    );
    expect(empty.headers.get('subject')).toBe('#42 sev1: Untitled incident');
    expect(empty.text).toContain('Nobody else has been paged for this.');
  });

  it.each([
    'zoe@example.com, eve@example.com',
    'zoe@example.com\r\nRCPT TO:<eve@example.com>',
    'Zoë <zoe@example.com>',
    'zoe',
  ])('does not write to %j', async (address) => {
    const { server, email } = await mailbox();
    expect(await email.send(aNotice({ person: zoe({ email: address }) }))).toMatchObject({
      kind: 'failed',
    });
    expect(server.taken).toEqual([]);
  });

  it.each([
    ['connect', 421, 'too many connections', 'retry'],
    ['connect', 554, 'no service for you', 'retry'],
    ['mail', 451, 'local error', 'retry'],
    ['mail', 550, '5.7.1 sender not allowed', 'failed'],
    ['mail', 530, '5.7.0 authentication required', 'retry'],
    ['rcpt', 421, 'shutting down', 'retry'],
    ['rcpt', 450, 'mailbox busy', 'retry'],
    ['rcpt', 452, '4.2.2 mailbox full', 'retry'],
    ['rcpt', 503, 'bad sequence', 'retry'],
    ['rcpt', 550, '5.1.1 user unknown', 'failed'],
    ['rcpt', 552, '5.2.2 mailbox full', 'failed'],
    ['rcpt', 554, '5.7.1 rejected', 'failed'],
    ['data', 451, 'try again', 'retry'],
    ['data', 452, 'disk full', 'retry'],
    ['data', 552, '5.3.4 too big', 'failed'],
    ['data', 554, '5.7.1 looks like spam', 'failed'],
  ] satisfies readonly (readonly [MailStage, number, string, Delivery['kind']])[])(
    'after %s %i (%s) it says %s',
    async (at, code, words, kind) => {
      const { server, email } = await mailbox();
      server.be({ kind: 'says', at, code, words });
      const delivery = await email.send(aNotice());
      expect(delivery).toMatchObject({ kind, reason: expect.stringContaining(words) });
      expect(server.taken).toEqual([]);
    },
  );

  it.each(['connect', 'mail', 'rcpt', 'data'] as const)(
    'gives up on a server that goes silent at %s, well before the limit of the page',
    async (at) => {
      const { server, email } = await mailbox();
      server.be({ kind: 'is_silent', at });
      const started = performance.now();
      expect(await email.send(aNotice())).toMatchObject({ kind: 'retry' });
      expect(performance.now() - started).toBeLessThan(2 * QUICK.totalMs);
    },
  );

  it('blames our own settings, loudly, when the login is refused', async () => {
    const { email } = await mailbox({ password: 'right' }, {});
    const wrong = await mailbox({ password: 'right' });
    const channel = createEmail({
      secret: SECRET,
      timeouts: QUICK,
      config: () =>
        configFor(wrong.server, {
          server: { host: '127.0.0.1', port: wrong.server.port, secure: false, user: 'bell', pass: 'wrong' },
        }),
      links,
    });
    open.push(async () => channel.close());
    expect(await channel.send(aNotice())).toMatchObject({
      kind: 'retry',
      reason: expect.stringContaining('check the SMTP user, password and TLS'),
    });
    expect(await email.send(aNotice())).toMatchObject({
      kind: 'retry',
      reason: expect.stringContaining('check the SMTP user'),
    });
  });

  it('logs in, from parts or from a URL', async () => {
    const { server } = await mailbox({ password: 'p@ss/word' });
    const servers: EmailConfig['server'][] = [
      { host: '127.0.0.1', port: server.port, secure: false, user: 'bell', pass: 'p@ss/word' },
      { url: `smtp://bell:${encodeURIComponent('p@ss/word')}@127.0.0.1:${server.port}` },
    ];
    for (const at of servers) {
      const channel = createEmail({
        secret: SECRET,
        timeouts: QUICK,
        config: () => configFor(server, { server: at }),
        links,
      });
      open.push(async () => channel.close());
      expect(await channel.send(aNotice())).toMatchObject({ kind: 'sent' });
    }
  });

  it('does not trust a certificate that nobody vouches for, unless it is told to', async () => {
    const { server, email } = await mailbox({ tls: true });
    expect(await email.send(aNotice())).toMatchObject({
      kind: 'retry',
      reason: expect.stringContaining('certificate'),
    });
    const url = `smtp://127.0.0.1:${server.port}?tls.rejectUnauthorized=false`;
    const trusting = createEmail({
      secret: SECRET,
      config: () => configFor(server, { server: { url } }),
      links,
      timeouts: { ...QUICK, totalMs: 3_000 },
    });
    open.push(async () => trusting.close());
    expect(await trusting.send(aNotice())).toMatchObject({ kind: 'sent' });
  });

  it('follows the settings when they change, and reaches nobody without them', async () => {
    const [first, second] = [await startMailServer(), await startMailServer()];
    let config: EmailConfig | null = configFor(first);
    const email = createEmail({ timeouts: QUICK, config: () => config, links, secret: SECRET });
    open.push(first.close, second.close, async () => email.close());
    await email.send(aNotice());
    config = configFor(second);
    await email.send(aNotice());
    expect([first.taken.length, second.taken.length]).toEqual([1, 1]);
    config = null;
    expect(email.reaches(zoe())).toBe(false);
    expect(await email.send(aNotice())).toMatchObject({ kind: 'failed' });
  });
});
