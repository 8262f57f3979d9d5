import { createTransport } from 'nodemailer';
import type { SendMailOptions, SMTPPoolOptions } from 'nodemailer';
import type { EmailConfig, MailServerConfig } from '../config/config.ts';
import type { Delivery, NotificationChannel } from '../engine/notification-channel.ts';
import type { PageNotice } from '../domain/page/notice.ts';
import type { AckLinks } from './ack-link.ts';
import { CODE_TITLE, codeWords } from './code-words.ts';
import { renderMail } from './mail-body.ts';
import { wordsOf } from './page-words.ts';
import { replyAddress } from './replies/address.ts';
import type { ReplyNote } from './replies/settle.ts';
import { deliveryOf } from './smtp-answer.ts';

export interface EmailDeps {
  /** Read again before every mail, so that a reload takes effect at once. Null while there is no mail server: nobody is reached then. */
  readonly config: () => EmailConfig | null;
  readonly links: AckLinks;
  /** Signs the addresses at which mails are answered; 16 characters or more. */
  readonly secret: string;
  /** `MAIL_TIMEOUTS` unless given. */
  readonly timeouts?: MailTimeouts;
}

/** All in ms. Whatever is hit first makes the attempt a `retry`. */
export interface MailTimeouts {
  /** Until the connection stands. */
  readonly connectMs: number;
  /** Longest silence of the server, its greeting included. */
  readonly silenceMs: number;
  /** For the whole of one attempt, waiting for a free connection included. */
  readonly totalMs: number;
}

/** Short enough that a slow server costs a page no more than 20 seconds. */
export const MAIL_TIMEOUTS: MailTimeouts = { connectMs: 8_000, silenceMs: 12_000, totalMs: 20_000 };

/** Pages by mail. `close` lets go of the server once what is being sent has gone out. */
export interface EmailChannel extends NotificationChannel {
  /** Mails what came of an answer. Never throws, and tries once: the answer counts whether or not this arrives. */
  readonly tell: (note: ReplyNote) => Promise<void>;
  readonly close: () => void;
}

/** The notification channel `email`. A mail counts as sent when the server took it over with a 250. */
export function createEmail({ config, links, secret, timeouts = MAIL_TIMEOUTS }: EmailDeps): EmailChannel {
  const mailer = createMailer(timeouts);
  return {
    name: 'email',
    reaches: (person) => person.email !== null && config() !== null,
    send: async (notice) => {
      const now = config();
      if (now === null) return { kind: 'failed', reason: 'No mail server is configured.' };
      const { email } = notice.person;
      if (email === null) return { kind: 'failed', reason: 'This person has no e-mail address.' };
      if (!isAddress(email))
        return { kind: 'failed', reason: 'The e-mail address of this person is not an address.' };
      return mailer.send(
        now,
        await mailOf(notice, {
          to: email,
          from: now.from,
          ackUrl: notice.end ? null : links.urlFor(notice),
          replies: now.replies && repliesTo(notice, { secret, domain: now.replies.domain }),
        }),
      );
    },
    sendCode: async ({ email }, code) => {
      const now = config();
      if (now === null || email === null || !isAddress(email))
        return { kind: 'failed', reason: 'There is no mail server, or no address.' };
      const to = { name: '', address: email };
      const text = `${codeWords(code)}\n`;
      return mailer.send(now, { from: now.from, to, subject: CODE_TITLE, text });
    },
    tell: async (note) => {
      const now = config();
      if (now !== null) await mailer.send(now, noteOf(note, now));
    },
    close: mailer.close,
  };
}

/** RFC 3834: an answer of a machine, to which no machine answers. */
function noteOf(
  { to, subject, text, inReplyTo }: ReplyNote,
  { from, replies }: EmailConfig,
): SendMailOptions {
  return {
    from,
    to: { name: '', address: to },
    subject,
    text,
    ...(inReplyTo === null ? {} : { inReplyTo, references: [inReplyTo] }),
    headers: { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' },
    // Bounces of it go nowhere.
    ...(replies === null ? {} : { envelope: { from: '', to } }),
  };
}

/** Where a mail is answered, and where servers say that it could not be brought. */
interface ReplyAddresses {
  readonly answers: string;
  readonly bounces: string;
}

function repliesTo(
  { attemptId }: PageNotice,
  { secret, domain }: { readonly secret: string; readonly domain: string },
): ReplyAddresses {
  return {
    answers: replyAddress(secret, { kind: 'ack', attemptId, domain }),
    bounces: replyAddress(secret, { kind: 'bounce', attemptId, domain }),
  };
}

interface Addressing {
  readonly to: string;
  readonly from: string;
  readonly ackUrl: string | null;
  readonly replies: ReplyAddresses | null;
}

async function mailOf(
  notice: PageNotice,
  { to, from, ackUrl, replies }: Addressing,
): Promise<SendMailOptions> {
  const words = wordsOf(notice);
  const ids = messageIds(notice, from);
  return {
    from,
    to: { name: '', address: to },
    subject: words.subject,
    ...(await renderMail(words, { ackUrl, takesAnswers: replies !== null && notice.end === null })),
    ...(replies === null ? {} : { replyTo: replies.answers, envelope: { from: replies.bounces, to } }),
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
  readonly send: (config: EmailConfig, mail: SendMailOptions) => Promise<Delivery>;
  readonly close: () => void;
}

/** A pool of connections to the server that the newest configuration names. */
function createMailer(timeouts: MailTimeouts): Mailer {
  let pool: { readonly key: string; readonly transport: ReturnType<typeof openPool> } | null = null;
  const transportFor = (config: EmailConfig): ReturnType<typeof openPool> => {
    const key = JSON.stringify(config);
    if (pool?.key !== key) {
      pool?.transport.close();
      pool = { key, transport: openPool(config, timeouts) };
    }
    return pool.transport;
  };
  return {
    send: async (config, mail) => {
      try {
        const signal = AbortSignal.timeout(timeouts.totalMs);
        const sent = await transportFor(config).sendMail({ ...mail, signal });
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

function openPool({ server }: EmailConfig, timeouts: MailTimeouts) {
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

function connectionOf({ host, port, secure, user, pass }: MailServerConfig): SMTPPoolOptions {
  return { host, port, secure, ...(user === null ? {} : { auth: { user, pass: pass ?? '' } }) };
}
