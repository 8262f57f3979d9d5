import { createTransport } from 'nodemailer';
import type { SendMailOptions, SMTPPoolOptions } from 'nodemailer';
import type { Delivery, NotificationChannel } from '../engine/notification-channel.ts';
import type { PageNotice } from '../domain/page/notice.ts';
import type { AckLinks } from './ack-link.ts';
import { renderMail } from './mail-body.ts';
import { wordsOf } from './page-words.ts';
import type { MailSettings } from './settings.ts';
import { deliveryOf } from './smtp-answer.ts';

export interface EmailDeps {
  /** Null while no mail server is configured: the channel then reaches nobody. */
  readonly settings: () => MailSettings | null;
  readonly links: AckLinks;
}

/** Pages by mail. `close` lets go of the server once what is being sent has gone out. */
export interface EmailChannel extends NotificationChannel {
  readonly close: () => void;
}

/** The notification channel `email`. A mail counts as sent when the server took it over with a 250. */
export function createEmail({ settings, links }: EmailDeps): EmailChannel {
  const mailer = createMailer();
  return {
    name: 'email',
    reaches: (person) => person.email !== null && settings() !== null,
    send: async (notice) => {
      const now = settings();
      if (now === null) return { kind: 'failed', reason: 'No mail server is configured.' };
      const { email } = notice.person;
      if (email === null) return { kind: 'failed', reason: 'This person has no e-mail address.' };
      if (!isAddress(email))
        return { kind: 'failed', reason: 'The e-mail address of this person is not an address.' };
      return mailer.send(
        now,
        await mailOf(notice, { to: email, from: now.from, ackUrl: notice.end ? null : links.urlFor(notice) }),
      );
    },
    close: mailer.close,
  };
}

interface Addressing {
  readonly to: string;
  readonly from: string;
  readonly ackUrl: string | null;
}

async function mailOf(notice: PageNotice, { to, from, ackUrl }: Addressing): Promise<SendMailOptions> {
  const words = wordsOf(notice);
  const ids = messageIds(notice, from);
  return {
    from,
    to: { name: '', address: to },
    subject: words.subject,
    ...(await renderMail(words, ackUrl)),
    messageId: ids.own,
    // Mail programs put the pages of one incident into one thread.
    inReplyTo: ids.incident,
    references: [ids.incident],
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'X-Firebell-Incident': String(notice.incidentId),
      'X-Firebell-Page': notice.pageId,
    },
    priority: notice.isTest ? 'normal' : 'high',
  };
}

/** The same attempt always has the same id; the start keeps a new installation's first incident apart from the old one's. */
function messageIds(notice: PageNotice, from: string): { readonly own: string; readonly incident: string } {
  const domain = /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? 'firebell.invalid';
  const start = notice.since.getTime().toString(36);
  const attempt = notice.attemptId.replaceAll(/[^\w-]+/g, '.');
  return {
    own: `<page.${attempt}.${start}@${domain}>`,
    incident: `<incident.${notice.incidentId}.${start}@${domain}>`,
  };
}

/** One mailbox and nothing else: no list, no name, nothing that ends a header. */
function isAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>,;:"()[\]\\\p{Cc}]+@[^\s@<>,;:"()[\]\\\p{Cc}]+$/u.test(text);
}

interface Mailer {
  readonly send: (settings: MailSettings, mail: SendMailOptions) => Promise<Delivery>;
  readonly close: () => void;
}

/** A pool of connections to the server that the newest settings name. */
function createMailer(): Mailer {
  let pool: { readonly key: string; readonly transport: ReturnType<typeof openPool> } | null = null;
  const transportFor = (settings: MailSettings): ReturnType<typeof openPool> => {
    const key = JSON.stringify(settings);
    if (pool?.key !== key) {
      pool?.transport.close();
      pool = { key, transport: openPool(settings) };
    }
    return pool.transport;
  };
  return {
    send: async (settings, mail) => {
      try {
        const signal = AbortSignal.timeout(settings.timeouts.totalMs);
        const sent = await transportFor(settings).sendMail({ ...mail, signal });
        return { kind: 'sent', messageId: sent.messageId };
      } catch (error) {
        return deliveryOf(error);
      }
    },
    close: () => {
      pool?.transport.close();
      pool = null;
    },
  };
}

const CONNECTIONS = 8;
const IDLE_MS = 30_000;

function openPool({ server, timeouts }: MailSettings) {
  return createTransport({
    maxConnections: CONNECTIONS,
    // Trying again is the outbox's business: it knows whether the page is still wanted.
    maxRequeues: 0,
    idleTimeout: IDLE_MS,
    connectionTimeout: timeouts.connectMs,
    dnsTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.silenceMs,
    socketTimeout: timeouts.silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...('url' in server ? { url: server.url } : connectionOf(server)),
    pool: true,
  });
}

function connectionOf({
  host,
  port,
  secure,
  user,
  pass,
}: Exclude<MailSettings['server'], { readonly url: string }>): SMTPPoolOptions {
  return { host, port, secure, ...(user === null ? {} : { auth: { user, pass: pass ?? '' } }) };
}
