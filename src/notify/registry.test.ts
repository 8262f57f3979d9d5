import { afterEach, beforeEach, expect, it } from 'vitest';
import { startMailServer } from '../../test/support/mail-server.ts';
import type { MailServer } from '../../test/support/mail-server.ts';
import { aNotice, zoe } from '../../test/support/page-notice.ts';
import type { EmailConfig } from '../config/config.ts';
import { createAckLinks } from './ack-link.ts';
import { createChannels } from './registry.ts';
import type { Channels } from './registry.ts';

const clock = { now: () => new Date('2026-08-03T12:00:00Z') };
const links = createAckLinks({ secret: 'a secret of many characters', publicUrl: () => null, clock });

let server: MailServer;
beforeEach(async () => {
  server = await startMailServer();
});
afterEach(async () => server.close());

function channelsWith(email: EmailConfig | null): Channels {
  return createChannels({
    email: { config: () => email, links, secret: 'a secret of many characters' },
    webhook: { webhooks: () => new Map(), links, clock },
    ntfy: { config: () => null, links, clock },
    webPush: {
      config: () => ({ services: [], contact: 'mailto:bell@example.com' }),
      links,
      clock,
      keys: () => Promise.reject(new Error('nobody has a device')),
      devicesOf: () => Promise.resolve([]),
      forget: () => Promise.resolve(),
    },
    pushover: { config: () => null, links, callbackUrl: () => null, clock },
    twilio: {
      config: () => null,
      clock,
      secret: 'a secret of many characters',
      recordOf: () => Promise.reject(new Error('nobody is called')),
    },
  });
}

it('has every channel but the direct message, which reach nobody until they are configured', () => {
  const { all, health } = channelsWith(null);
  expect(all.map(({ name }) => name)).toEqual([
    'email',
    'webhook',
    'ntfy',
    'pushover',
    'sms',
    'voice',
    'web_push',
  ]);
  expect(
    all.some(({ reaches }) =>
      reaches(
        zoe({ phone: '+4915112345678', handles: { webhook: 'bridge', ntfy: 'topic', pushover: 'key' } }),
      ),
    ),
  ).toBe(false);
  expect(health().every(({ ok }) => ok)).toBe(true);
});

it('tells how each channel has been doing of late, a refused address being no fault of the channel', async () => {
  const { all, health, close } = channelsWith({
    server: { url: `smtp://127.0.0.1:${server.port}` },
    from: 'bell@example.com',
    replies: null,
  });
  const page = async (): Promise<unknown> => {
    await all[0]?.send(aNotice());
    return health()[0];
  };
  expect(await page()).toEqual({ name: 'email', ok: true, detail: 'sent' });
  server.be({ kind: 'says', at: 'rcpt', code: 451, words: 'greylisted' });
  expect(await page()).toEqual({ name: 'email', ok: false, detail: expect.stringContaining('greylisted') });
  server.be({ kind: 'says', at: 'rcpt', code: 550, words: 'user unknown' });
  expect(await page()).toMatchObject({ ok: true });
  close();
});
