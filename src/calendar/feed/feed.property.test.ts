import fc from 'fast-check';
import ICAL from 'ical.js';
import { expect, it } from 'vitest';
import { aDirectory } from '../../../test/support/directory.ts';
import { anySchedule } from '../../../test/support/random-schedule.ts';
import { feedOf } from '../../domain/calendar/feed.ts';
import { revise } from '../../domain/calendar/revisions.ts';
import { windowAround } from '../../domain/calendar/stretches.ts';
import { onCallAt, timeline } from '../../domain/schedule/on-call.ts';
import type { Schedule } from '../../domain/schedule/schedule.ts';
import { identify, renderFeed } from './render.ts';

const NOW = new Date('2026-03-20T12:00:00Z');
const window = windowAround(NOW);
/** The names that the fixture gives to its people. */
const NAMES: Readonly<Record<string, string>> = { ana: 'Ana', ben: 'Ben', cleo: 'Cleo', dev: 'Dev' };

function eventsOf(schedule: Schedule, subject: { kind: 'person' | 'schedule'; id: string }) {
  const directory = aDirectory({
    schedules: new Map([['primary', { id: 'primary', name: 'Primary', schedule }]]),
  });
  const feed = feedOf(subject, directory, window);
  if (feed === null) throw new Error('expected the feed of what is configured');
  const events = identify(feed, 1, 'secret of the installation');
  const text = renderFeed(feed, events, revise({}, events, NOW));
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    return {
      summary: event.summary,
      start: event.startDate.toJSDate(),
      end: event.endDate.toJSDate(),
    };
  });
}

it('the events of a schedule, cut at the window, are its timeline', () => {
  fc.assert(
    fc.property(anySchedule, (schedule) => {
      const told = eventsOf(schedule, { kind: 'schedule', id: 'primary' }).map(({ start, end, summary }) => ({
        start: start < window.from ? window.from : start,
        end: end > window.to ? window.to : end,
        summary,
      }));
      const wanted = timeline(schedule, window.from, window.to).map(({ start, end, onCall }) => ({
        start,
        end,
        summary:
          onCall.length === 0 ? 'Nobody on call' : `On call: ${onCall.map((id) => NAMES[id]).join(', ')}`,
      }));
      expect(told).toEqual(wanted);
    }),
    { numRuns: 20 },
  );
});

it('a person is on call throughout their events, and at no other time', () => {
  fc.assert(
    fc.property(anySchedule, fc.constantFrom('ana', 'ben'), (schedule, id) => {
      const events = eventsOf(schedule, { kind: 'person', id });
      const mine = timeline(schedule, window.from, window.to).filter(({ onCall }) => onCall.includes(id));
      const inside = (at: Date) => events.some(({ start, end }) => start <= at && at < end);
      expect(mine.every(({ start }) => inside(start))).toBe(true);
      for (const { start, end } of events) {
        if (start >= window.from) expect(onCallAt(schedule, start)).toContain(id);
        if (end < window.to) expect(onCallAt(schedule, end)).not.toContain(id);
        expect(onCallAt(schedule, new Date(end.getTime() - 1))).toContain(id);
      }
    }),
    { numRuns: 20 },
  );
});
