import { z } from 'zod';
import {
  CalendarDate,
  ClockTime,
  Instant,
  ROTATION_UNITS,
  Schedule as DomainSchedule,
  Slot,
  Weekday,
  ZoneName,
} from '../../domain/schedule/schedule.ts';
import { quote } from '../problem.ts';
import { ScheduleCalendar } from './calendars.ts';
import { HolidayNames } from './holidays.ts';
import { WorkingHours } from './times.ts';
import { Id, Text } from './words.ts';

/** What is wrong with a rotation of empty turns. */
export const NOBODY = 'has nobody in its rotation: name the people in turn order, or take the layer away.';

/** What is wrong with a window of an empty list of days. */
export const NO_DAY = 'names no day: take the line away for every day';

const Slots = z.array(Slot).refine((slots) => slots.some((slot) => slot.length > 0), NOBODY);

/** `1 week`, `2 days`, `12 hours`, `month`. */
const Every = z.string().transform((text, context) => {
  const [, count = '1', name] = /^\s*(\d{1,4})?\s*(hour|day|week|month)s?\s*$/i.exec(text) ?? [];
  const unit = ROTATION_UNITS.find((known) => known === `${name?.toLowerCase()}s`);
  if (unit !== undefined && Number(count) >= 1) return { unit, count: Number(count) };
  const message = `must be like 1 week, 2 days, 12 hours or 1 month, not ${quote(text)}`;
  context.addIssue({ code: 'custom', message, input: text });
  return z.NEVER;
});

const Rotation = z.strictObject({
  every: Every.prefault('1 week').describe('How long a turn is: 1 week, 2 days, 12 hours, 1 month'),
  start_date: CalendarDate.describe('Date of the first hand-off, 2026-01-05'),
  hand_off: ClockTime.describe('Clock time at which turns change, "09:00"'),
});

const DailyWindow = z.strictObject({
  type: z.literal('daily'),
  days: z.array(Weekday).min(1, NO_DAY).optional(),
  start: ClockTime,
  end: ClockTime,
});

const WeeklyWindow = z.strictObject({
  type: z.literal('weekly'),
  start_day: Weekday,
  start_time: ClockTime,
  end_day: Weekday,
  end_time: ClockTime,
});

const Layer = z.strictObject({
  participants: Slots.describe(
    'Turns in order: a person, a list of people on call together, or [] for nobody',
  ),
  rotation: Rotation,
  priority: z
    .int()
    .optional()
    .describe('Where several layers have somebody, the highest wins; 0 unless said'),
  time_zone: ZoneName.optional(),
  active_from: Instant.optional(),
  active_until: Instant.optional(),
  restrictions: z
    .array(
      z.discriminatedUnion('type', [DailyWindow, WeeklyWindow], {
        error: 'needs `type: daily` or `type: weekly`',
      }),
    )
    .optional()
    .describe('The layer counts only within these windows'),
  roster_changes: z.array(z.strictObject({ at: Instant, participants: Slots })).optional(),
});
export type Layer = z.output<typeof Layer>;

const period = { start: Instant, end: Instant };

const Override = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('replace_all'), ...period, users: z.array(Id) }),
    z.strictObject({ type: z.literal('substitute'), ...period, user: Id, with: Id.nullable() }),
    z.strictObject({ type: z.literal('add'), ...period, user: Id }),
  ],
  { error: 'needs `type: replace_all`, `substitute` or `add`' },
);
export type Override = z.output<typeof Override>;

/** Who is on call when: written out here, or pasted in Firebell's JSON form under `schedule`. */
export const Schedule = z
  .strictObject({
    name: Text.optional(),
    time_zone: ZoneName.optional().describe('Zone of the wall clock that hand-offs and windows go by'),
    layers: z.array(Layer).min(1, 'has no layer: a schedule needs at least one').optional(),
    overrides: z.array(Override).optional(),
    owner: Id.optional().describe(
      'The team or person who is told of gaps before they come; the team whose schedule it is unless said',
    ),
    working_hours: WorkingHours.optional().describe(
      'In its zone: when low urgency pages those on call here who have no working_hours of their own',
    ),
    holidays: HolidayNames.optional().describe('Days on which its working_hours do not count'),
    ical: ScheduleCalendar.optional().describe(
      'A calendar whose events are the shifts; layers, if any, count where it has nobody',
    ),
    schedule: DomainSchedule.optional().describe(
      'The whole schedule in the JSON form of `firebell schedule eval`, instead of the keys above',
    ),
  })
  .superRefine((value, context) => {
    const pasted = value.schedule !== undefined;
    for (const key of ['time_zone', 'layers', 'overrides'] as const) {
      if (pasted && value[key] !== undefined) {
        context.addIssue({
          code: 'custom',
          path: [key],
          message: 'is beside `schedule`, which already says everything. Keep one of the two.',
        });
      }
      const isOptional = key === 'overrides' || (key === 'layers' && value.ical !== undefined);
      if (!pasted && !isOptional && value[key] === undefined) {
        context.addIssue({
          code: 'custom',
          path: [key],
          message: `is missing: a schedule needs \`time_zone\` and \`layers\`.`,
        });
      }
    }
  });
export type Schedule = z.output<typeof Schedule>;
