import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandCalendar } from '../../src/calendar/import/expand.ts';
import { identify, renderFeed } from '../../src/calendar/feed/render.ts';
import { feedOf } from '../../src/domain/calendar/feed.ts';
import { revise } from '../../src/domain/calendar/revisions.ts';
import { windowAround } from '../../src/domain/calendar/stretches.ts';
import { timeline } from '../../src/domain/schedule/on-call.ts';
import { aDirectory } from '../support/directory.ts';
import { inPython, NO_PYTHON_CALENDARS } from '../support/e2e/python.ts';
import { anyCalendar } from '../support/random-calendar.ts';
import { anySchedule } from '../support/random-schedule.ts';

const skipped = NO_PYTHON_CALENDARS === null ? '' : ` (skipped: ${NO_PYTHON_CALENDARS})`;
const NOW = new Date('2026-03-20T12:00:00Z');

const WANTED = {
  from: new Date('2026-02-01T00:00:00Z'),
  to: new Date('2026-12-01T00:00:00Z'),
  zone: 'Europe/Berlin',
  dayStartsMs: 0,
};

function expectAlike(text: string): void {
  const { occurrences, problems } = expandCalendar(text, WANTED);
  expect(problems).toEqual([]);
  const range = [WANTED.from, WANTED.to].map((at) => at.toISOString().replace('Z', '+00:00'));
  const theirs = inPython(text, 'expand', WANTED.zone, ...range) as string[][];
  expect(
    occurrences.map(({ start, end, title }) => [second(start), second(end), title].join(' ')).toSorted(),
  ).toEqual(theirs.map((one) => one.join(' ')).toSorted());
}

function second(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

describe.skipIf(NO_PYTHON_CALENDARS !== null)(`calendars as Python reads them${skipped}`, () => {
  it('a feed holds the timeline of its schedule', () => {
    const window = windowAround(NOW);
    fc.assert(
      fc.property(anySchedule, (schedule) => {
        const named = { id: 'primary', name: 'Primary; "all", \\ day', schedule };
        const directory = aDirectory({ schedules: new Map([['primary', named]]) });
        const feed = feedOf({ kind: 'schedule', id: 'primary' }, directory, window);
        if (feed === null) throw new Error('expected the feed of what is configured');
        const events = identify(feed, 1, 'secret of the installation');
        const read = inPython(renderFeed(feed, events, revise({}, events, NOW)), 'events');
        const segments = timeline(schedule, window.from, window.to);
        expect(read).toMatchObject({ name: named.name });
        expect((read as { events: { start: string }[] }).events.map(({ start }) => start).slice(1)).toEqual(
          segments.slice(1).map(({ start }) => second(start)),
        );
        expect((read as { events: { end: string }[] }).events.map(({ end }) => end).slice(0, -1)).toEqual(
          segments.slice(0, -1).map(({ end }) => second(end)),
        );
      }),
      { numRuns: 15 },
    );
  });

  it('an imported calendar holds the times that dateutil and zoneinfo find', () => {
    fc.assert(
      fc.property(anyCalendar, (text) => {
        expectAlike(text);
      }),
      { numRuns: 100 },
    );
  });

  it('the last working day of a month, begun on a Sunday, is not the Monday after it', () => {
    expectAlike(
      [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//test//EN',
        'BEGIN:VEVENT',
        'UID:event-0',
        'DTSTAMP:20260101T000000Z',
        'SUMMARY:event 0',
        'DTSTART;TZID=Asia/Beirut:20260201T020000',
        'DTEND;TZID=Asia/Beirut:20260201T140000',
        'RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2',
        'END:VEVENT',
        'END:VCALENDAR',
        '',
      ].join('\r\n'),
    );
  });
});
