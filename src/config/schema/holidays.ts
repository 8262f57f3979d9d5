import { z } from 'zod';
import { CalendarDate } from '../../domain/schedule/schedule.ts';
import { HolidaySource } from './calendars.ts';
import { Id, Text } from './words.ts';

/** A calendar of holidays, written out, read from an iCal calendar, or both. */
export const HolidayCalendar = z.strictObject({
  name: Text.optional().describe('As others read it; the key unless said'),
  dates: z
    .record(CalendarDate, Text)
    .default({})
    .describe('Date -> what it is called, like `2026-12-25: Christmas Day`. They count over those of `ical`'),
  ical: HolidaySource.optional().describe('A calendar whose events are holidays, each a whole day'),
});
export type HolidayCalendar = z.output<typeof HolidayCalendar>;

/** One calendar of holidays, or several. */
export const HolidayNames = z
  .union([Id, z.array(Id)], { error: 'must be the name of a calendar under `holidays`, or a list of them' })
  .transform((names) => [names].flat());
