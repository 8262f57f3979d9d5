import { z } from 'zod';

/** Somebody whom an event invites, as the calendar names them. */
export const Attendee = z.object({ email: z.string().nullable(), name: z.string().nullable() });
export type Attendee = z.infer<typeof Attendee>;

/** One time `[start, end)` that a calendar holds, worked out of its rules; who is meant is not read yet. */
export const Occurrence = z.object({
  start: z.coerce.date(),
  end: z.coerce.date(),
  title: z.string(),
  attendees: z.array(Attendee),
});
export type Occurrence = z.infer<typeof Occurrence>;
