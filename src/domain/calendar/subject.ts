import { z } from 'zod';

/** What a calendar is about. */
export const FeedSubject = z.object({ kind: z.enum(['person', 'team', 'schedule']), id: z.string() });
export type FeedSubject = z.infer<typeof FeedSubject>;
