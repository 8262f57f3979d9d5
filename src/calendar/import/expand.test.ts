import { describe, expect, it } from 'vitest';
import { CalendarProblem, expandCalendar } from './expand.ts';

const WINDOW = {
  from: new Date('2026-01-01T00:00:00Z'),
  to: new Date('2027-01-01T00:00:00Z'),
  zone: 'Europe/Berlin',
  dayStartsMs: 0,
};

/** A calendar with these lines in it. */
function calendar(...lines: readonly string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}

function event(...lines: readonly string[]): readonly string[] {
  return ['BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20260101T000000Z', 'SUMMARY:Ana', ...lines, 'END:VEVENT'];
}

/** `start end title` of each time, in UTC to the minute. */
function times(text: string, wanted = WINDOW): readonly string[] {
  return expandCalendar(text, wanted).occurrences.map(
    ({ start, end, title }) => `${minute(start)} ${minute(end)} ${title}`,
  );
}

function minute(at: Date): string {
  return at.toISOString().slice(0, 16);
}

const WEEKLY = [
  'DTSTART;TZID=Europe/Berlin:20260316T090000',
  'DTEND;TZID=Europe/Berlin:20260323T090000',
] as const;

describe('the times of an event', () => {
  it('keep the wall clock over the change of clocks, their ends too, without hole or overlap', () => {
    expect(times(calendar(...event(...WEEKLY, 'RRULE:FREQ=WEEKLY;COUNT=3')))).toEqual([
      '2026-03-16T08:00 2026-03-23T08:00 Ana',
      '2026-03-23T08:00 2026-03-30T07:00 Ana',
      '2026-03-30T07:00 2026-04-06T07:00 Ana',
    ]);
  });

  it('of a DURATION in hours last so many real hours, in days so many days of the calendar', () => {
    const at = (duration: string) =>
      times(calendar(...event('DTSTART;TZID=Europe/Berlin:20260328T090000', `DURATION:${duration}`)));
    expect(at('PT24H')).toEqual(['2026-03-28T08:00 2026-03-29T08:00 Ana']);
    expect(at('P1D')).toEqual(['2026-03-28T08:00 2026-03-29T07:00 Ana']);
    expect(at('P1DT2H')).toEqual(['2026-03-28T08:00 2026-03-29T09:00 Ana']);
  });

  it('of whole days are days of the schedule, and begin when its days begin', () => {
    const text = calendar(...event('DTSTART;VALUE=DATE:20260328', 'DTEND;VALUE=DATE:20260330'));
    expect(times(text)).toEqual(['2026-03-27T23:00 2026-03-29T22:00 Ana']);
    expect(times(text, { ...WINDOW, dayStartsMs: 9 * 3_600_000 })).toEqual([
      '2026-03-28T08:00 2026-03-30T07:00 Ana',
    ]);
    expect(times(calendar(...event('DTSTART;VALUE=DATE:20260328')))).toEqual([
      '2026-03-27T23:00 2026-03-28T23:00 Ana',
    ]);
  });

  it('without a zone are read on the clock of the schedule', () => {
    expect(times(calendar(...event('DTSTART:20260701T090000', 'DTEND:20260701T170000')))).toEqual([
      '2026-07-01T07:00 2026-07-01T15:00 Ana',
    ]);
  });

  it('leave out EXDATE, add RDATE, and take every spelling of either', () => {
    const text = calendar(
      ...event(
        'DTSTART;TZID=Europe/Berlin:20260302T090000',
        'DTEND;TZID=Europe/Berlin:20260302T170000',
        'RRULE:FREQ=DAILY;UNTIL=20260306T080000Z',
        'EXDATE:20260303T080000Z',
        'EXDATE;VALUE=DATE:20260304',
        'RDATE;TZID=America/New_York:20260310T030000',
        'RDATE;VALUE=PERIOD:20260312T060000Z/PT1H,20260313T060000Z/20260313T080000Z',
      ),
    );
    expect(times(text)).toEqual([
      '2026-03-02T08:00 2026-03-02T16:00 Ana',
      '2026-03-05T08:00 2026-03-05T16:00 Ana',
      '2026-03-06T08:00 2026-03-06T16:00 Ana',
      '2026-03-10T07:00 2026-03-10T15:00 Ana',
      '2026-03-12T06:00 2026-03-12T07:00 Ana',
      '2026-03-13T06:00 2026-03-13T08:00 Ana',
    ]);
  });

  it.each([
    // The last working day of a month, from a Sunday on: the Monday after it is the month's first, not its last.
    ['20260301', 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3', ['03-01', '03-31', '04-30']],
    ['20260802', 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;INTERVAL=2;COUNT=2', ['08-02', '08-31']],
    // A start in the middle of the month, and an end: positions count in the whole month all the same.
    ['20260320', 'FREQ=MONTHLY;BYDAY=FR;BYSETPOS=3;COUNT=3', ['03-20', '04-17', '05-15']],
    ['20260331', 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;UNTIL=20260420', ['03-31']],
    ['20260310', 'FREQ=MONTHLY;BYMONTHDAY=5,10,20;BYSETPOS=2;COUNT=2', ['03-10', '04-10']],
    ['20260303', 'FREQ=WEEKLY;BYDAY=MO,TU,TH;BYSETPOS=2,-1;COUNT=4', ['03-03', '03-05', '03-10', '03-12']],
    ['20260301', 'FREQ=WEEKLY;WKST=SU;BYDAY=SU,MO,SA;BYSETPOS=1;COUNT=2', ['03-01', '03-08']],
    ['20260331', 'FREQ=YEARLY;BYMONTH=3,9;BYDAY=TU,WE;BYSETPOS=-1', ['03-31', '09-30']],
  ])('chosen by their place among the others, from %s by %s', (start, rule, days) => {
    const text = calendar(...event(`DTSTART:${start}T090000Z`, `DTEND:${start}T100000Z`, `RRULE:${rule}`));
    expect(times(text).map((line) => line.slice(5, 10))).toEqual(days);
  });

  it('of a rule that asks for a day that no year has are its start alone', () => {
    const rule = 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30';
    const text = calendar(...event('DTSTART:20260302T090000Z', 'DTEND:20260302T100000Z', rule));
    expect(expandCalendar(text, WINDOW)).toMatchObject({ occurrences: [{}], problems: [] });
  });

  it('follow the changes of single ones: moved, taken over, cancelled', () => {
    const change = (id: string, ...lines: readonly string[]) =>
      event(`RECURRENCE-ID;TZID=Europe/Berlin:${id}`, ...lines).map((line) =>
        line === 'SUMMARY:Ana' ? 'SUMMARY:Ben' : line,
      );
    const text = calendar(
      ...event(...WEEKLY, 'RRULE:FREQ=WEEKLY;COUNT=4'),
      ...change(
        '20260323T090000',
        'DTSTART;TZID=Europe/Berlin:20260323T120000',
        'DTEND;TZID=Europe/Berlin:20260330T090000',
      ),
      ...change('20260330T090000', 'STATUS:CANCELLED', ...WEEKLY),
    );
    expect(times(text)).toEqual([
      '2026-03-16T08:00 2026-03-23T08:00 Ana',
      '2026-03-23T11:00 2026-03-30T07:00 Ben',
      '2026-04-06T07:00 2026-04-13T07:00 Ana',
    ]);
  });

  it('follow a change of one and all later ones', () => {
    const text = calendar(
      ...event('DTSTART:20260302T090000Z', 'DTEND:20260302T170000Z', 'RRULE:FREQ=DAILY;COUNT=4'),
      ...event(
        'RECURRENCE-ID;RANGE=THISANDFUTURE:20260304T090000Z',
        'DTSTART:20260304T100000Z',
        'DTEND:20260304T120000Z',
      ),
    );
    expect(times(text).map((line) => line.slice(5, 33))).toEqual([
      '03-02T09:00 2026-03-02T17:00',
      '03-03T09:00 2026-03-03T17:00',
      '03-04T10:00 2026-03-04T12:00',
      '03-05T10:00 2026-03-05T12:00',
    ]);
  });

  it('keep a change whose event is not in the file, and the newest of two versions of an event', () => {
    const text = calendar(
      ...event('RECURRENCE-ID:20260302T090000Z', 'DTSTART:20260302T090000Z', 'DTEND:20260302T100000Z'),
      ...event('DTSTART:20260401T090000Z', 'DTEND:20260401T100000Z', 'SEQUENCE:2').map((line) =>
        line === 'UID:1' ? 'UID:2' : line,
      ),
      ...event('DTSTART:20260402T090000Z', 'DTEND:20260402T100000Z', 'SEQUENCE:1').map((line) =>
        line === 'UID:1' ? 'UID:2' : line,
      ),
    );
    expect(times(text).map((line) => line.slice(0, 10))).toEqual(['2026-03-02', '2026-04-01']);
  });

  it('are read by the rules that the calendar brings where its zone has a name of its own', () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:W. Europe Standard Time',
      'BEGIN:STANDARD',
      'DTSTART:16010101T030000',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0100',
      'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:16010101T020000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3',
      'END:DAYLIGHT',
      'END:VTIMEZONE',
    ];
    const lines = WEEKLY.map((line) => line.replace('TZID=Europe/Berlin', 'TZID="W. Europe Standard Time"'));
    const text = calendar(...zone, ...event(...lines, 'RRULE:FREQ=WEEKLY;COUNT=40'));
    expect(times(text)).toEqual(times(calendar(...event(...WEEKLY, 'RRULE:FREQ=WEEKLY;COUNT=40'))));
    const skipped = event('DTSTART;TZID="W. Europe Standard Time":20260329T023000', 'DURATION:PT1H');
    expect(times(calendar(...zone, ...skipped))).toEqual(['2026-03-29T01:30 2026-03-29T02:30 Ana']);
  });
});

describe('what cannot be read', () => {
  it('is said, event by event, and the others stay', () => {
    const { occurrences, problems } = expandCalendar(
      calendar(
        ...event('DTSTART:20260302T090000Z', 'DTEND:20260302T100000Z'),
        ...event('DTSTART;TZID=Mars/Olympus:20260302T090000', 'DTEND:20260302T100000Z').map((line) =>
          line.replace('UID:1', 'UID:2'),
        ),
        ...event('DTSTART:20260302T090000Z').map((line) => line.replace('UID:1', 'UID:3')),
        ...event('DTEND:20260302T090000Z').map((line) => line.replace('UID:1', 'UID:4')),
        ...event('DTSTART:20200101T000000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY').map((line) =>
          line.replace('UID:1', 'UID:5'),
        ),
      ),
      WINDOW,
    );
    expect(occurrences).toHaveLength(1);
    expect(problems).toEqual([
      '"Ana" (2026-03-02 09:00:00) is in the zone "Mars/Olympus", which neither the calendar nor Firebell knows.',
      '"Ana" (2026-03-02 09:00:00Z) has no end.',
      '"Ana" has no beginning.',
      '"Ana" (2020-01-01 00:00:00Z) repeats more than 100,000 times before it comes to our day.',
    ]);
  });

  it('in one event, down to its grammar, takes no other off call', () => {
    const { occurrences, problems } = expandCalendar(
      calendar(
        ...event('DTSTART:20260302T090000Z', 'DTEND:20260302T100000Z'),
        ...event('DTSTART:20260302T090000Z', 'DTEND:20260302T100000Z', 'RRULE:FREQ=YEARLY;BYWEEKNO=60'),
        ...event('DTSTART:20260303T090000Z', 'no colon here', 'DTEND:20260303T100000Z'),
        ...event('DTSTART:20260304T090000Z', 'DTEND:20260304T100000Z').map((line) =>
          line.replace('UID:1', 'UID:2'),
        ),
      ),
      WINDOW,
    );
    expect(occurrences).toHaveLength(2);
    expect(problems).toEqual([
      expect.stringMatching(/^"Ana" cannot be read: .*BYWEEKNO/),
      expect.stringMatching(/^"Ana" cannot be read: /),
    ]);
  });

  it.each([
    ['<!doctype html><html></html>', 'is not a calendar'],
    ['', 'is not a calendar'],
    ['BEGIN:VCALENDAR\r\nnonsense without a colon\r\nEND:VCALENDAR', 'cannot be read as a calendar'],
    ['BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR', 'cannot be read as a calendar'],
  ])('as a whole is refused: %j', (text, why) => {
    expect(() => expandCalendar(text, WINDOW)).toThrow(CalendarProblem);
    expect(() => expandCalendar(text, WINDOW)).toThrow(why);
  });

  it('is more than any schedule needs', () => {
    const text = calendar(
      ...event('DTSTART:20260101T000000Z', 'DURATION:PT1M', 'RRULE:FREQ=MINUTELY;COUNT=20000'),
    );
    expect(() => expandCalendar(text, WINDOW)).toThrow('more than 10,000 events');
  });
});
