import { z } from 'zod';
import { isZone, parseWall } from './zone.ts';

/** The units of a rotation; all but `hours` keep the clock time of the handoff. */
export const ROTATION_UNITS = ['hours', 'days', 'weeks', 'months'] as const;

/** The days of the week in the order of `Date.getUTCDay`. */
export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

const INSTANT = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** An instant in ISO 8601 with `Z` or an offset, kept as text so that a schedule survives JSON unchanged. */
export const Instant = z
  .string({ error: 'must be an instant in quotes, like "2026-01-20T14:00:00Z"' })
  .refine((text) => INSTANT.test(text) && parseWall(text.slice(0, 10), '00:00') !== null, {
    error: ({ input }) => `${quote(input)} is not an instant: write it in UTC, like "2026-01-20T14:00:00Z"`,
  });
export type Instant = z.infer<typeof Instant>;

/** The name of a zone of the IANA time zone database, as far as this Node knows it. */
export const ZoneName = z.string({ error: 'must be a time zone name, like "Europe/London"' }).refine(isZone, {
  error: ({ input }) => `unknown time zone ${quote(input)}: use an IANA name like "Europe/London" or "UTC"`,
});

/** A date of the calendar, `2026-01-05`. */
export const CalendarDate = z
  .string({ error: 'must be a date in quotes, like "2026-01-05"' })
  .refine((text) => parseWall(text, '00:00') !== null, {
    error: ({ input }) => `${quote(input)} is not a date of the calendar: write it like "2026-01-05"`,
  });

/** A clock time with 24 hours, `09:30`. */
export const ClockTime = z
  .string({ error: 'must be a clock time in quotes, like "09:30"' })
  .refine((text) => parseWall('2000-01-01', text) !== null, {
    error: ({ input }) =>
      `${quote(input)} is not a clock time: write it with 24 hours and two digits each, like "09:30"`,
  });

/** A day of the week, by its first three letters. */
export const Weekday = z.enum(WEEKDAYS, {
  error: ({ input }) => `${quote(input)} is not a weekday: use one of ${WEEKDAYS.join(', ')}`,
});
export type Weekday = z.infer<typeof Weekday>;

const Person = z
  .string({ error: 'must be the name of a person' })
  .min(1, 'must be the name of a person, it is empty');

/** One turn's people: a person, or a list of people on call together; the empty list is a turn in which the layer has nobody. */
export const Slot = z.union([Person, z.array(Person).readonly()], {
  error: 'a turn needs the name of a person or a list of names ([] for nobody)',
});
export type Slot = z.infer<typeof Slot>;

const Slots = z
  .array(Slot, { error: 'must be the list of people in turn order' })
  .min(1, 'needs at least one turn: name a person, or [] for a turn with nobody')
  .readonly();

/** How often the turn passes on, counted on the wall clock from the first handoff. */
export const Rotation = z
  .strictObject({
    unit: z.enum(ROTATION_UNITS, { error: `must be one of ${ROTATION_UNITS.join(', ')}` }),
    count: z.int({ error: 'must be a whole number' }).min(1, 'must be 1 or more'),
    startDate: CalendarDate,
    handoffTime: ClockTime,
  })
  .readonly();
export type Rotation = z.infer<typeof Rotation>;

// Without `days` it is open every day; with an empty list it never is.
const DailyWindow = z
  .strictObject({
    type: z.literal('daily'),
    days: z.array(Weekday).readonly().optional(),
    start: ClockTime,
    end: ClockTime,
  })
  .readonly();

const WeeklyWindow = z
  .strictObject({
    type: z.literal('weekly'),
    startDay: Weekday,
    startTime: ClockTime,
    endDay: Weekday,
    endTime: ClockTime,
  })
  .readonly();

/** A recurring window in which a layer is open; a layer with several is open in any of them. */
export const Restriction = z.discriminatedUnion('type', [DailyWindow, WeeklyWindow], {
  error: 'a restriction needs `type: daily` or `type: weekly`',
});
export type Restriction = z.infer<typeof Restriction>;

/** A new list of turns from an instant on; whoever is on call then stays, if still in the list. */
export const RosterChange = z.strictObject({ at: Instant, participants: Slots }).readonly();
export type RosterChange = z.infer<typeof RosterChange>;

/** One rotation of a schedule. */
export const Layer = z
  .strictObject({
    participants: Slots,
    rotation: Rotation,
    priority: z.int({ error: 'must be a whole number, higher wins' }).optional(),
    timeZone: ZoneName.optional(),
    activeFrom: Instant.optional(),
    activeUntil: Instant.optional(),
    restrictions: z.array(Restriction).readonly().optional(),
    rosterChanges: z
      .array(RosterChange)
      .refine((changes) => changes.every(({ at }, i) => i === 0 || !isBefore(at, changes[i - 1]?.at)), {
        error: 'must be in the order of `at`, the earliest first',
      })
      .readonly()
      .optional(),
  })
  .refine(({ activeFrom, activeUntil }) => !isBefore(activeUntil, activeFrom), {
    error: 'is before `activeFrom`, so the layer would never be active: swap the two or drop one',
    path: ['activeUntil'],
    when: hasNoOtherIssue,
  })
  .readonly();
export type Layer = z.infer<typeof Layer>;

const period = { start: Instant, end: Instant };

/** A temporary exception; where several meet, the last in the list wins. */
export const Override = z
  .discriminatedUnion(
    'type',
    [
      z.strictObject({ type: z.literal('replaceAll'), ...period, users: z.array(Person).readonly() }),
      z.strictObject({ type: z.literal('substitute'), ...period, user: Person, with: Person.nullable() }),
      z.strictObject({ type: z.literal('add'), ...period, user: Person }),
    ],
    { error: 'an override needs `type: replaceAll`, `substitute` or `add`' },
  )
  .refine(({ start, end }) => isBefore(start, end), {
    error: 'must be later than `start`',
    path: ['end'],
    when: hasNoOtherIssue,
  })
  .readonly();
export type Override = z.infer<typeof Override>;

/** Who is on call when: layers of rotations and the exceptions to them, exactly as the config file writes it. */
export const Schedule = z
  .strictObject({
    timeZone: ZoneName,
    layers: z.array(Layer, { error: 'must be a list of layers' }).readonly(),
    overrides: z.array(Override).readonly().optional(),
  })
  .readonly();
export type Schedule = z.infer<typeof Schedule>;

function isBefore(a: Instant | undefined, b: Instant | undefined): boolean {
  return a !== undefined && b !== undefined && Date.parse(a) < Date.parse(b);
}

// A comparison with a value that is itself wrong would only add a second, confusing message.
function hasNoOtherIssue({ issues }: { readonly issues: readonly unknown[] }): boolean {
  return issues.length === 0;
}

function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
