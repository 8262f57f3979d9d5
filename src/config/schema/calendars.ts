import { z } from 'zod';
import { ClockTime } from '../../domain/schedule/schedule.ts';
import { duration, Id, Text } from './words.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const MOST_STARS = 5;

/** `webcal://` is how calendar programs write https. */
const CalendarUrl = z
  .string()
  .trim()
  .transform((text) => text.replace(/^webcals?:\/\//i, 'https://'))
  .refine((text) => /^https?:\/\/[^\s/]/i.test(text) && URL.canParse(text), {
    error: 'must be the address of a calendar that begins with https://, http:// or webcal://',
  });

const TitlePattern = Text.refine((text) => text.split('{person}').length === 2, {
  error: 'must have {person} once, where the name stands, like "On call: {person}"',
}).refine((text) => text.split('*').length <= MOST_STARS + 1, {
  error: `has too many stars: ${MOST_STARS} are enough`,
});

/** Where a calendar is read from, and how often. */
const source = {
  url: CalendarUrl.optional().describe(
    'Address of the calendar in iCal form. Secret ones best as ${NAME}, from the environment',
  ),
  file: Text.optional().describe('A file instead of an address; relative to the configuration'),
  refresh: duration({ least: MINUTE, most: DAY })
    .prefault('15m')
    .describe('How often it is looked at; 15m unless said'),
  private_network: z
    .boolean()
    .default(false)
    .describe('Whether the address may be in a private network or on this machine; it may not unless said'),
};

/** Exactly one of the two ways to say where a calendar is. */
function hasOneSource(
  { url, file }: { readonly url?: string | undefined; readonly file?: string | undefined },
  context: z.RefinementCtx,
): void {
  if ((url === undefined) !== (file === undefined)) return;
  context.addIssue({ code: 'custom', message: 'needs either `url` or `file`, and not both.' });
}

/** Where holidays are read from: their events name nobody. */
export const HolidaySource = z.strictObject(source).superRefine(hasOneSource);
export type HolidaySource = z.output<typeof HolidaySource>;

/** How a schedule comes out of a calendar. */
export const ScheduleCalendar = z
  .strictObject({
    ...source,
    map: z
      .record(z.string().min(1), z.union([Id, z.array(Id)]))
      .default({})
      .describe(
        'Names as the calendar writes them (mail address, name or whole title) -> people; [] leaves an event out',
      ),
    names_from: z
      .enum(['auto', 'attendees', 'title'])
      .default('auto')
      .describe('auto asks the attendees of an event, and its title where none of them is known'),
    title: TitlePattern.optional().describe(
      'What titles look like, when they are not just names: "On call: {person}", "{person} - *"',
    ),
    day_starts: ClockTime.default('00:00').describe(
      'When all-day events begin and end, in the zone of the schedule',
    ),
  })
  .superRefine(hasOneSource);
export type ScheduleCalendar = z.output<typeof ScheduleCalendar>;
