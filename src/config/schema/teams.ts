import { z } from 'zod';
import { HolidayNames } from './holidays.ts';
import { Id, Text } from './words.ts';

/** People who own services together. */
export const Team = z.strictObject({
  name: Text.optional(),
  members: z.array(Id).default([]),
  schedule: Id.optional().describe('Who is on call here is paged when the team is; without it, every member'),
  holidays: HolidayNames.optional().describe(
    'Days on which its members do not work who name none of their own; those of settings unless said',
  ),
});
export type Team = z.output<typeof Team>;
