import { z } from 'zod';
import { ZoneName } from '../../domain/schedule/schedule.ts';
import { parseDuration } from '../../lib/duration.ts';
import { quote } from '../problem.ts';
import { HolidayNames } from './holidays.ts';
import { WorkingHours } from './times.ts';
import { Phone } from './twilio.ts';
import { duration, Id, Text } from './words.ts';

/** Ways to reach a person that a notification rule can name. */
export const CHANNELS = ['dm', 'email', 'webhook', 'ntfy', 'pushover', 'sms', 'voice', 'web_push'] as const;
const Channel = z.enum(CHANNELS);

const MINUTE = 60_000;
const LONGEST_AFTER = 24 * 60 * MINUTE;

const RuleObject = z
  .strictObject({ channel: Channel, after: duration({ least: 0, most: LONGEST_AFTER }).prefault('0s') })
  .transform(({ channel, after }) => ({ channel, afterMs: after }));

const RuleText = z.string().transform((text, context) => {
  const [, name, after = '0s'] = /^\s*(\S+?)(?:\s+now|\s+after\s+(.+))?\s*$/.exec(text) ?? [];
  const channel = Channel.safeParse(name).data;
  const afterMs = parseDuration(after);
  if (channel !== undefined && afterMs !== null && afterMs <= LONGEST_AFTER) return { channel, afterMs };
  const advice = `must be a way to be told, and when: ${CHANNELS.join(', ')}, or like "email after 2m" within 24 hours, not ${quote(text)}`;
  context.addIssue({ code: 'custom', message: advice, input: text });
  return z.NEVER;
});

/** `dm`, `email after 2m`, or the same as `{channel: email, after: 2m}`. */
const Rule = z.union([RuleText, RuleObject], {
  error: 'must be a rule like `dm`, `email after 2m` or `{channel: email, after: 2m}`',
});

const Rules = z.array(Rule).min(1, 'has no rule: take the line away for the usual ones').max(20);

/** A person who can be paged or who follows along. */
export const Person = z.strictObject({
  name: Text.optional().describe('As others read it; the key unless said'),
  email: z
    .email({
      error: ({ input }) =>
        typeof input === 'string' ? `must be an e-mail address, not ${quote(input)}` : undefined,
    })
    .optional(),
  phone: Phone.optional().describe('For SMS and calls, like "+4915112345678"'),
  zone: ZoneName.optional().describe('Time zone in which this person reads times, like Europe/Lisbon'),
  access: z
    .enum(['observer', 'responder', 'admin'])
    .default('responder')
    .describe('observer: reads and reports; responder: acknowledges and works; admin: everything'),
  handles: z
    .record(
      Id,
      z
        .string({
          error: ({ input }) =>
            typeof input === 'number' ? 'is a number: put it in quotes, or digits get lost' : undefined,
        })
        .trim()
        .min(1, 'is empty'),
    )
    .default({})
    .describe(
      'Who this person is on each chat platform, like `slack: U0123ABC`; `webhook` names one of notify.webhooks, `ntfy` a topic, `pushover` is a user key',
    ),
  rules: z
    .strictObject({ high: Rules.optional(), low: Rules.optional() })
    .default({})
    .describe(
      'How pages of each urgency reach this person. Unless said: a direct message at once, every other channel they have after 2 minutes',
    ),
  working_hours: WorkingHours.optional(),
  holidays: HolidayNames.optional().describe(
    'Days on which they do not work; those of their teams unless said, [] for none',
  ),
});
export type Person = z.output<typeof Person>;
