import { z } from 'zod';
import { PageEnd } from './page.ts';

const pageId = z.string();
const attemptId = z.string();

/** Everything that can happen to a page. */
export const PageEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('page.started'),
    pageId,
    runId: z.string(),
    personId: z.string(),
    ackBy: z.coerce.date(),
    heldUntil: z.coerce.date().nullable().default(null),
    rules: z.array(z.object({ channel: z.string(), afterMs: z.int() })),
    message: z.string().nullable(),
  }),
  z.object({
    type: z.literal('page.attempt_intended'),
    pageId,
    attemptId,
    rule: z.int(),
    channel: z.string(),
  }),
  /** It goes out in one message with others, under the lead of `bundle`; null is alone again. */
  z.object({
    type: z.literal('page.attempt_bundled'),
    pageId,
    attemptId,
    bundle: z.string().nullable(),
  }),
  z.object({
    type: z.literal('page.attempt_sent'),
    pageId,
    attemptId,
    messageId: z.string().min(1),
    /** Why it is there and did not ring. */
    muted: z.string().optional(),
  }),
  z.object({ type: z.literal('page.attempt_delivered'), pageId, attemptId }),
  z.object({ type: z.literal('page.attempt_failed'), pageId, attemptId, reason: z.string() }),
  z.object({ type: z.literal('page.attempt_withheld'), pageId, attemptId, reason: z.string() }),
  z.object({ type: z.literal('page.acted'), pageId, attemptId }),
  z.object({ type: z.literal('page.ended'), pageId, why: PageEnd, by: z.string().nullable() }),
]);
export type PageEvent = z.infer<typeof PageEvent>;
