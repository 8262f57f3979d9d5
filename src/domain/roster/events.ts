import { z } from 'zod';
import { Override } from '../schedule/schedule.ts';

/** Everything that can happen to a roster. The log of these says who changed what, when and why. */
export const RosterEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('roster.override_made'),
    id: z.int(),
    override: Override,
    why: z.string().nullable(),
  }),
  z.object({ type: z.literal('roster.override_ended'), id: z.int() }),
]);
export type RosterEvent = z.infer<typeof RosterEvent>;
