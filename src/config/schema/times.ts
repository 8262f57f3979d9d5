import { z } from 'zod';
import { ClockTime, Weekday } from '../../domain/schedule/schedule.ts';

/** A recurring part of the week, on the wall clock of whoever it is about. */
export const WorkingHours = z.strictObject({
  days: z
    .array(Weekday)
    .min(1, 'names no day: take the line away for Monday to Friday')
    .default(['mon', 'tue', 'wed', 'thu', 'fri'])
    .describe(
      'Days on which the hours begin: mon, tue, wed, thu, fri, sat, sun. Monday to Friday unless said.',
    ),
  start: ClockTime.describe('Clock time, "09:00"'),
  end: ClockTime.describe('Clock time, "17:30"; at or before `start` means on the next day'),
});
export type WorkingHours = z.output<typeof WorkingHours>;
