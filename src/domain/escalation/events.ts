import { z } from 'zod';
import { Delay, FrozenPolicy, Position, Target } from './run.ts';

const runId = z.string();
/** True when another run's event of the same command says the same: people read it once. */
const echo = z.boolean().default(false);

/** A page that a step starts; set `heldUntil` when its person is not at work before then, and it can wait. */
export const NewPage = z.object({
  pageId: z.string(),
  personId: z.string(),
  heldUntil: z.coerce.date().nullable().default(null),
});
export type NewPage = z.infer<typeof NewPage>;

/** Everything that can happen to a run of an escalation policy. */
export const EscalationEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('escalation.started'),
    runId,
    policies: z.array(FrozenPolicy),
    lastResort: z.object({ targets: z.array(Target), everyMs: z.int() }),
    ackTimeoutMs: z.int().nullable(),
    rulesNow: z.boolean(),
    turn: z.int(),
    message: z.string().nullable(),
  }),
  z.object({
    type: z.literal('escalation.step_reached'),
    runId,
    position: Position,
    pages: z.array(NewPage),
    /** Channels and webhooks of the step: told, never expected to answer. */
    told: z.array(Target),
    /** When the next step starts unless somebody acknowledges. */
    ackBy: z.coerce.date(),
  }),
  z.object({
    type: z.literal('escalation.step_skipped'),
    runId,
    position: Position,
    reason: z.enum(['condition', 'nobody', 'unreachable']),
  }),
  /** The position waits for working hours: what is of low urgency wakes nobody. */
  z.object({ type: z.literal('escalation.step_delayed'), runId, position: Position, delay: Delay }),
  z.object({ type: z.literal('escalation.exhausted'), runId }),
  z.object({
    type: z.literal('escalation.page_lost'),
    runId,
    pageId: z.string(),
    personId: z.string(),
    reason: z.string(),
  }),
  z.object({
    type: z.literal('escalation.acknowledged'),
    runId,
    promisedBy: z.coerce.date().nullable(),
    /** Set while `ack_mode: all` still waits for others of the step. */
    stillPaging: z.array(z.string()),
    /** When the acknowledger is paged again unless there was a sign of life; null is never. */
    signOfLifeBy: z.coerce.date().nullable(),
    /** When those of `stillPaging` are paged again. */
    nagAt: z.coerce.date().nullable().default(null),
    echo,
  }),
  /** Somebody has acknowledged, and others of an `ack_mode: all` step are paged again until they do too. */
  z.object({
    type: z.literal('escalation.nagged'),
    runId,
    pages: z.array(NewPage),
    nagAt: z.coerce.date(),
  }),
  /** The acknowledger has been silent past the promise or the time-out and is paged again. */
  z.object({
    type: z.literal('escalation.silence_noticed'),
    runId,
    page: NewPage,
    promised: z.boolean(),
    /** When the escalation resumes unless they answer. */
    resumeAt: z.coerce.date(),
  }),
  /** A human sign of life; `nextBy` is when the next one is due, null when none is. */
  z.object({ type: z.literal('escalation.sign_of_life'), runId, nextBy: z.coerce.date().nullable() }),
  z.object({ type: z.literal('escalation.unacknowledged'), runId }),
  z.object({ type: z.literal('escalation.declined'), runId, personId: z.string(), echo }),
  z.object({ type: z.literal('escalation.snoozed'), runId, until: z.coerce.date(), echo }),
  z.object({ type: z.literal('escalation.resumed'), runId }),
  z.object({ type: z.literal('escalation.ended'), runId, status: z.enum(['resolved', 'cancelled']) }),
]);
export type EscalationEvent = z.infer<typeof EscalationEvent>;
