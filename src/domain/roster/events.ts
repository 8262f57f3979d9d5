import { z } from 'zod';
import type { Actor } from '../actor.ts';
import { Override } from '../schedule/schedule.ts';
import { CoverRequest } from './roster.ts';

/** Everything that can happen to a roster. The log of these says who changed what, when and why. */
export const RosterEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('roster.override_made'),
    id: z.int(),
    override: Override,
    why: z.string().nullable(),
  }),
  z.object({ type: z.literal('roster.override_ended'), id: z.int() }),
  z.object({
    type: z.literal('roster.asked'),
    id: z.int(),
    request: CoverRequest.omit({ id: true, end: true }),
  }),
  z.object({ type: z.literal('roster.declined'), id: z.int(), personId: z.string() }),
  z.object({
    type: z.literal('roster.request_ended'),
    id: z.int(),
    why: z.enum(['taken', 'declined', 'withdrawn', 'expired']),
    by: z.string().nullable(),
  }),
]);
export type RosterEvent = z.infer<typeof RosterEvent>;

/** An event as the log of a roster keeps it. */
export interface RecordedRosterEvent {
  readonly at: Date;
  readonly by: Actor;
  readonly event: RosterEvent;
}
