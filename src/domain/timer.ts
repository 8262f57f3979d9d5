import { z } from 'zod';
import type { IncidentSideCommand } from './command.ts';
import type { Effect } from './effect.ts';

const incidentId = z.int();

/** What a timer says when it is due, always in Firebell's own name. Stored with the timer, so parsed on the way out. */
export const TimerCommand = z.discriminatedUnion('type', [
  z.object({ type: z.literal('escalation.step_timed_out'), incidentId, runId: z.string(), entry: z.int() }),
  z.object({ type: z.literal('escalation.delay_over'), incidentId, runId: z.string(), entry: z.int() }),
  z.object({ type: z.literal('escalation.nag_due'), incidentId, runId: z.string(), due: z.coerce.date() }),
  z.object({ type: z.literal('escalation.snooze_over'), incidentId, runId: z.string(), entry: z.int() }),
  z.object({
    type: z.literal('escalation.silence_due'),
    incidentId,
    runId: z.string(),
    entry: z.int(),
    resume: z.boolean(),
  }),
  z.object({ type: z.literal('page.rule_due'), incidentId, pageId: z.string(), rule: z.int() }),
  z.object({
    type: z.literal('incident.update_due'),
    incidentId,
    phase: z.enum(['soon', 'missed']).default('missed'),
    due: z.coerce.date(),
  }),
  z.object({
    type: z.literal('incident.target_due'),
    incidentId,
    target: z.enum(['acknowledge', 'first_update', 'resolve']),
    phase: z.enum(['soon', 'missed']),
    due: z.coerce.date(),
    reopened: z.int(),
  }),
]);
export type TimerCommand = z.infer<typeof TimerCommand>;

/** A change to the waits of an incident. Setting a key again moves it. */
export type TimerChange =
  | { readonly kind: 'set'; readonly key: string; readonly dueAt: Date; readonly command: TimerCommand }
  | { readonly kind: 'clear'; readonly key: string };

/** What follows from an event: things to do, waits, and further commands in the same transaction. */
export interface Reaction {
  readonly effects?: readonly Effect[];
  readonly timers?: readonly TimerChange[];
  readonly say?: readonly IncidentSideCommand[];
}
