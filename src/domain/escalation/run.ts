import { z } from 'zod';
import { Actor } from '../actor.ts';

export const Target = z.object({
  kind: z.enum(['person', 'schedule', 'team', 'user_group', 'channel', 'webhook']),
  id: z.string(),
});

const WorkingHours = z.object({ days: z.array(z.string()), start: z.string(), end: z.string() });

const Condition = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('severity_at_least'), severity: z.string() }),
  z.object({ kind: z.literal('urgency'), urgency: z.enum(['high', 'low']) }),
  z.object({
    kind: z.literal('within_hours'),
    hours: WorkingHours,
    zone: z.string(),
    of: z.object({ kind: z.enum(['person', 'schedule']), id: z.string() }).optional(),
  }),
  z.object({ kind: z.literal('own_hours') }),
]);

const Step = z.object({
  targets: z.array(Target),
  ackWithinMs: z.int(),
  strategy: z.enum(['everyone', 'round_robin']),
  ackMode: z.enum(['first', 'all']),
  conditions: z.array(Condition),
});

/** A policy as it stood when the run began; an edit of the configuration never changes a run in flight. */
export const FrozenPolicy = z.object({ id: z.string(), steps: z.array(Step), rounds: z.int() });
export type FrozenPolicy = z.infer<typeof FrozenPolicy>;

/** Where a run stands: which policy of its chain, which round and step (from 0), or the n-th call of the last resort. */
export const Position = z.discriminatedUnion('at', [
  z.object({ at: z.literal('step'), policy: z.int(), round: z.int(), step: z.int() }),
  z.object({ at: z.literal('last_resort'), call: z.int() }),
]);
export type Position = z.infer<typeof Position>;

/** A page that the current position started, and what became of it as far as the run cares. */
export const StepPage = z.object({
  pageId: z.string(),
  personId: z.string(),
  state: z.enum(['waiting', 'unreachable', 'declined', 'acknowledged']),
  /** `ack_mode: all`: an answer of somebody else does not end it, and neither does the next step. */
  mustAnswer: z.boolean().default(false),
  /** Begun by a step before the one where the run stands. */
  earlier: z.boolean().default(false),
});
export type StepPage = z.infer<typeof StepPage>;

/** Whose working hours are waited for. */
export const HoursOwner = z.object({
  kind: z.enum(['person', 'schedule']),
  id: z.string(),
  /** The zone of the hours. */
  zone: z.string(),
});
export type HoursOwner = z.infer<typeof HoursOwner>;

/** A step that has not begun: it is of low urgency, and nobody of it is at work before `until`. */
export const Delay = z.object({ until: z.coerce.date(), of: HoursOwner });
export type Delay = z.infer<typeof Delay>;

/** `delayed`: waits for working hours before its position begins. */
export const RunStatus = z.enum(['paging', 'delayed', 'snoozed', 'acknowledged', 'resolved', 'cancelled']);
export type RunStatus = z.infer<typeof RunStatus>;

/** One run of an escalation policy for an incident. */
export const Run = z.object({
  /** `42/1`: the incident's number and the run's within it. */
  id: z.string(),
  number: z.int(),
  status: RunStatus,
  /** The policy and those that follow it by `then`. */
  policies: z.array(FrozenPolicy),
  lastResort: z.object({ targets: z.array(Target), everyMs: z.int() }),
  ackTimeoutMs: z.int().nullable(),
  /** All notification rules of a person fire at once: a test page. */
  rulesNow: z.boolean(),
  /** How often the first policy had been started before, for round robin. */
  turn: z.int(),
  message: z.string().nullable(),
  position: Position,
  /** Grows at every entry into a position, so that a timer or a report of an earlier one is known as late. */
  entry: z.int(),
  pages: z.array(StepPage),
  /** People who cannot take it: not paged again by this run. */
  declined: z.array(z.string()),
  acknowledgedBy: Actor.nullable(),
  /** The acknowledger promised a first update by then. */
  promisedBy: z.coerce.date().nullable(),
  /** The acknowledger is paged again unless there is a sign of life by then. */
  signOfLifeBy: z.coerce.date().nullable(),
  snoozedUntil: z.coerce.date().nullable(),
  /** Set while the run is `delayed`. */
  delay: Delay.nullable().default(null),
  /** When those who must answer, although somebody has acknowledged, are paged again. */
  nagAt: z.coerce.date().nullable().default(null),
  pagesStarted: z.int(),
});
export type Run = z.infer<typeof Run>;

/** All runs of one incident, in the order in which they began. */
export type Runs = readonly Run[];

/** True while the run still pages or will page again. */
export function isRunning(run: Run): boolean {
  return run.status === 'paging' || run.status === 'delayed' || run.status === 'snoozed';
}

/** Name of the policy of a run that somebody began by naming whom to page; no configured one can have it. */
export const BY_HAND = 'by hand';

/** True for a run in which somebody named whom to page: that is meant now, whatever the hour. */
export function isByHand(run: Run): boolean {
  return run.policies[0]?.id === BY_HAND;
}
