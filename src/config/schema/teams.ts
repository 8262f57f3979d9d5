import { z } from 'zod';
import { Id, Text } from './words.ts';

/** People who own services together. */
export const Team = z.strictObject({
  name: Text.optional(),
  members: z.array(Id).default([]),
  schedule: Id.optional().describe('Who is on call here is paged when the team is; without it, every member'),
});
export type Team = z.output<typeof Team>;
