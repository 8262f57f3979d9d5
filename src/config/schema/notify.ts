import { z } from 'zod';
import { PROVABLE } from '../../domain/contact/contact.ts';
import type { ProvableChannel, Verification } from '../../domain/contact/contact.ts';
import { quote } from '../problem.ts';
import { Twilio } from './twilio.ts';
import { Ntfy, Pushover, WebPush } from './push.ts';
import { Id, Text, WebUrl } from './words.ts';

const Port = z.union(
  [
    z.int().min(1).max(65_535),
    z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number),
  ],
  {
    error: 'must be a port number, like 587',
  },
);

/** `2525` or `0.0.0.0:2525`, as host and port. */
const Listen = z
  .union([z.int(), z.string()], { error: 'must be a port, or an address and a port like 0.0.0.0:2525' })
  .transform((value, context) => {
    const [, host = '127.0.0.1', port] = /^(?:(.+):)?(\d{1,5})$/.exec(String(value)) ?? [];
    if (port !== undefined && Number(port) <= 65_535)
      return { host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) };
    context.addIssue({
      code: 'custom',
      message: `must be a port, or an address and a port like 0.0.0.0:2525, not ${quote(value)}`,
    });
    return z.NEVER;
  });

/** Answers to the mails of pages. */
const Replies = z.strictObject({
  domain: z
    .string()
    .max(180, 'is too long')
    .regex(/^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+$/, {
      error: ({ input }) =>
        `must be a domain whose mail is brought to Firebell, like reply.example.com, not ${quote(input)}`,
    }),
  listen: Listen.describe(
    'Where Firebell takes mail for it by SMTP: a port of this machine, or address:port',
  ),
});

/** How mail leaves the house: one `url`, or `host` with what else is needed. */
const Email = z
  .strictObject({
    url: z
      .string()
      .regex(/^smtps?:\/\/\S+$/, 'must be like smtp://user:password@mail.example.com:587 or smtps://…')
      .refine(
        (url) => URL.canParse(url),
        'must be like smtp://user:password@mail.example.com:587 or smtps://…',
      )
      .optional(),
    host: z
      .string()
      .regex(/^[A-Za-z0-9.:_-]+$/, 'must be the name or address of a mail server')
      .optional(),
    port: Port.optional().describe('587 unless said, or 465 with `secure: true`'),
    secure: z
      .boolean()
      .optional()
      .describe('TLS from the first byte; otherwise STARTTLS when the server offers it'),
    user: Text.optional(),
    password: z
      .string()
      .min(1, 'is empty')
      .optional()
      .describe('Best as ${SMTP_PASSWORD}, from the environment'),
    replies: Replies.optional().describe('Lets people answer a page by answering its mail'),
    from: Text.regex(/^[^<>]*<[^<>\s@]+@[^<>\s@]+>$|^[^<>\s@]+@[^<>\s@]+$/, {
      error: ({ input }) =>
        `must be an address, like bell@example.com or Firebell <bell@example.com>, not ${quote(input)}`,
    }),
  })
  .superRefine((email, context) => {
    if ((email.url === undefined) === (email.host === undefined)) {
      context.addIssue({ code: 'custom', message: 'needs either `url` or `host`, and not both.' });
    }
    for (const key of ['port', 'secure', 'user', 'password'] as const) {
      if (email.url !== undefined && email[key] !== undefined) {
        context.addIssue({
          code: 'custom',
          path: [key],
          message: 'is beside `url`, which already says it. Keep one of the two.',
        });
      }
    }
  });
export type Email = z.output<typeof Email>;

const Webhook = z.strictObject({
  url: WebUrl,
  secret: z
    .string()
    .min(8, 'is too short to protect anything: use 8 characters or more')
    .optional()
    .describe('Signs the calls; best as ${ENV}'),
});

const Asked = z.enum(['required', 'trusted']);

/** One word for all channels, or one for each. */
const VerificationOf = z
  .union([Asked, z.partialRecord(z.enum(PROVABLE), Asked)], {
    error: `must be required, trusted, or one of them for each of ${PROVABLE.join(', ')}, like { sms: trusted }`,
  })
  .transform((asked): Readonly<Partial<Record<ProvableChannel, Verification>>> =>
    typeof asked === 'string' ? Object.fromEntries(PROVABLE.map((channel) => [channel, asked])) : asked,
  );

/** Ways out of the house other than chat. */
export const Notify = z.strictObject({
  email: Email.optional(),
  webhooks: z.record(Id, Webhook).default({}),
  ntfy: Ntfy.optional(),
  pushover: Pushover.optional(),
  twilio: Twilio.optional().describe('SMS and calls'),
  web_push: WebPush.prefault({}),
  verification: VerificationOf.default({}).describe(
    'Whether an address has to be proven by a code before it is used: required, or trusted because this file is reviewed. Mail is trusted and everything else required unless said',
  ),
});
export type Notify = z.output<typeof Notify>;
