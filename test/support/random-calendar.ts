import fc from 'fast-check';
import { ODD_ZONES } from './random-schedule.ts';

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const days = fc.subarray([...DAYS], { minLength: 1, maxLength: 4 });

/** Rules as calendar programs write them. */
const frequency = fc.oneof(
  fc.constantFrom('FREQ=DAILY', 'FREQ=WEEKLY', 'FREQ=MONTHLY'),
  days.map((some) => `FREQ=DAILY;BYDAY=${some.join(',')}`),
  days.map((some) => `FREQ=WEEKLY;BYDAY=${some.join(',')}`),
  fc
    .tuple(days, fc.constantFrom('MO', 'SU'))
    .map(([some, wkst]) => `FREQ=WEEKLY;WKST=${wkst};BYDAY=${some.join(',')}`),
  fc.constantFrom('1', '15', '28', '31', '-1', '-2').map((day) => `FREQ=MONTHLY;BYMONTHDAY=${day}`),
  fc
    .tuple(fc.constantFrom('1', '2', '4', '-1'), fc.constantFrom(...DAYS))
    .map(([n, day]) => `FREQ=MONTHLY;BYDAY=${n}${day}`),
  fc.constantFrom('1', '-1').map((n) => `FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=${n}`),
  fc
    .tuple(days, fc.constantFrom('1', '2', '-1', '-2', '1,-1'))
    .map(([some, n]) => `FREQ=MONTHLY;BYDAY=${some.join(',')};BYSETPOS=${n}`),
  // No BYSETPOS of a week: dateutil counts the first week from the start on, a month from its first day; we count both whole.
  fc.constantFrom(
    'FREQ=MONTHLY;BYMONTHDAY=3,10,-1;BYSETPOS=-1',
    'FREQ=YEARLY;BYMONTH=3,5,9;BYDAY=TU,WE;BYSETPOS=2,-3',
    'FREQ=DAILY;BYHOUR=3,9,17;BYSETPOS=-1',
    'FREQ=DAILY;BYHOUR=2,14',
  ),
  fc.constantFrom(
    'FREQ=YEARLY',
    'FREQ=YEARLY;BYMONTH=2,4;BYMONTHDAY=30',
    'FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
    'FREQ=YEARLY;BYMONTH=10,11;BYMONTHDAY=1,25',
  ),
  fc.constantFrom('FREQ=HOURLY;INTERVAL=8', 'FREQ=HOURLY;INTERVAL=12', 'FREQ=HOURLY;INTERVAL=7;BYDAY=SA,SU'),
);

const rule = fc
  .tuple(
    frequency,
    fc.constantFrom(1, 1, 2, 3),
    fc.oneof(
      fc.constant(''),
      fc.integer({ min: 1, max: 40 }).map((count) => `;COUNT=${count}`),
      fc.constantFrom(';UNTIL=20260415T000000Z', ';UNTIL=20261025T003000Z', ';UNTIL=20260329T013000Z'),
    ),
  )
  .map(([what, interval, until]) =>
    what.includes('INTERVAL') || interval === 1 ? `${what}${until}` : `${what};INTERVAL=${interval}${until}`,
  );

const wall = fc
  .record({
    day: fc.integer({ min: 0, max: 330 }),
    hour: fc.constantFrom(0, 1, 2, 3, 9, 17, 23),
    minute: fc.constantFrom(0, 30),
  })
  .map(({ day, hour, minute }) => Date.UTC(2026, 0, 5 + day, hour, minute));

/** One event that repeats, in wall times. */
interface RandomEvent {
  readonly zone: string | null;
  readonly isDate: boolean;
  readonly start: number;
  readonly hours: number;
  readonly rule: string | null;
  /** Places in the series of days after the start that are left out, added, moved. */
  readonly without: readonly number[];
  readonly extra: readonly number[];
  readonly moved: readonly number[];
}

const event: fc.Arbitrary<RandomEvent> = fc.record({
  zone: fc.constantFrom(null, ...ODD_ZONES),
  isDate: fc.boolean(),
  start: wall,
  hours: fc.constantFrom(1, 8, 12, 24, 168),
  rule: fc.option(rule, { nil: null }),
  without: fc.array(fc.nat(20), { maxLength: 3 }),
  extra: fc.array(fc.nat(40), { maxLength: 2 }),
  moved: fc.array(fc.nat(14), { maxLength: 2 }),
});

/** Calendars of a few events with rules, exceptions, additions, moved times, whole days and zones. */
export const anyCalendar: fc.Arbitrary<string> = fc
  .array(event, { minLength: 1, maxLength: 4 })
  .map((events) =>
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//test//EN',
      ...events.flatMap(linesOf),
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  );

const DAY = 86_400_000;
const HOUR = 3_600_000;

function linesOf(event: RandomEvent, n: number): readonly string[] {
  const { rule: repeats, without, extra, moved } = event;
  const start = event.isDate ? Math.floor(event.start / DAY) * DAY : event.start;
  const length = event.isDate ? Math.max(1, Math.round(event.hours / 24)) * DAY : event.hours * HOUR;
  const time = (name: string, at: number) => `${name}${parameters(event)}:${written(at, event)}`;
  const frame = (title: string, at: number, more: readonly string[]) => [
    'BEGIN:VEVENT',
    `UID:event-${n}`,
    'DTSTAMP:20260101T000000Z',
    `SUMMARY:${title}`,
    time('DTSTART', at),
    time('DTEND', at + length),
    ...more,
    'END:VEVENT',
  ];
  const series = frame(`event ${n}`, start, [
    ...(repeats === null ? [] : [`RRULE:${repeats}`]),
    ...without.map((day) => time('EXDATE', start + day * DAY)),
    ...extra.map((day) => time('RDATE', start + day * DAY + (event.isDate ? 0 : 5 * HOUR))),
  ]);
  const changes = [...new Set(moved)].flatMap((day) =>
    frame(`event ${n} moved`, start + day * DAY + (event.isDate ? DAY : HOUR), [
      time('RECURRENCE-ID', start + day * DAY),
    ]),
  );
  return [...series, ...changes];
}

function parameters({ zone, isDate }: RandomEvent): string {
  if (isDate) return ';VALUE=DATE';
  return zone === null || zone === 'UTC' ? '' : `;TZID=${zone}`;
}

function written(at: number, { zone, isDate }: RandomEvent): string {
  const digits = new Date(at).toISOString().replaceAll(/[-:]|\.\d+Z/g, '');
  if (isDate) return digits.slice(0, 8);
  return zone === 'UTC' ? `${digits}Z` : digits;
}
