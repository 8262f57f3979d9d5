import { z } from 'zod';

/** What became of one attempt to reach a person. `sent` cannot be written without the provider's message id. */
export const Attempt = z.discriminatedUnion('state', [
  z.object({ state: z.literal('intended') }),
  z.object({ state: z.literal('sent'), messageId: z.string().min(1), at: z.coerce.date() }),
  z.object({ state: z.literal('delivered'), messageId: z.string().min(1), at: z.coerce.date() }),
  z.object({ state: z.literal('failed'), reason: z.string(), at: z.coerce.date() }),
  /** Not sent because it was no longer wanted; the reason says why. */
  z.object({ state: z.literal('withheld'), reason: z.string(), at: z.coerce.date() }),
]);
export type AttemptState = z.infer<typeof Attempt>;

/** A row of the page ledger. */
export const LedgerEntry = z.object({
  /** `42/1/3/0`: page id and the rule's place. */
  id: z.string(),
  rule: z.int(),
  channel: z.string(),
  intendedAt: z.coerce.date(),
  /** Set when the person answered through this attempt. */
  actedAt: z.coerce.date().nullable(),
  outcome: Attempt,
  /** Why the message was there and did not ring, e.g. Do Not Disturb; absent where it rang or nobody knows. */
  muted: z.string().optional(),
  /** Id of the attempt in whose message this one is told beside others; null for a message of its own. */
  bundle: z.string().nullable().default(null),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;

/** Why a page is over. */
export const PageEnd = z.enum([
  'acknowledged',
  'acknowledged_by_other',
  'declined',
  'escalated',
  'snoozed',
  'resolved',
  'cancelled',
  'unreachable',
  'stale',
]);
export type PageEnd = z.infer<typeof PageEnd>;

/** One responder being told, through their notification rules, until they act or the rules run out. */
export const Page = z.object({
  /** `42/1/3`: incident, run, page. */
  id: z.string(),
  runId: z.string(),
  personId: z.string(),
  startedAt: z.coerce.date(),
  /** When the escalation climbs on unless somebody answers. */
  ackBy: z.coerce.date(),
  /** The person is not at work before then, and it can wait: their rules begin then. Null is at once. */
  heldUntil: z.coerce.date().nullable().default(null),
  /** The person's rules as they stood when the page began. */
  rules: z.array(z.object({ channel: z.string(), afterMs: z.int() })),
  /** Index of the first rule that has not been started. */
  nextRule: z.int(),
  attempts: z.array(LedgerEntry),
  message: z.string().nullable(),
  end: z.object({ why: PageEnd, by: z.string().nullable(), at: z.coerce.date() }).nullable(),
});
export type Page = z.infer<typeof Page>;

/** All pages of one incident, in the order in which they began. */
export type Pages = readonly Page[];
