import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NamedSchedule } from '../directory.ts';
import { onCallAt } from '../schedule/on-call.ts';
import { Schedule } from '../schedule/schedule.ts';
import type { Difference, Run, ScheduleChange } from './comparison.ts';
import { compareSchedules } from './compare-schedules.ts';
import { differencesOf } from './differences.ts';
import { runsOf } from './runs.ts';

const DAY = 86_400_000;
const weekly = { unit: 'weeks', count: 1, startDate: '2026-01-05', handoffTime: '09:00' } as const;

function rota(participants: readonly unknown[], more: object = {}): Schedule {
  return Schedule.parse({ timeZone: 'Europe/Berlin', layers: [{ participants, rotation: weekly, ...more }] });
}

const named = (schedule: Schedule): ReadonlyMap<string, NamedSchedule> =>
  new Map([['primary', { id: 'primary', name: 'Primary', schedule }]]);

function compare(before: Schedule, after: Schedule, now: string, days = 90): ScheduleChange | undefined {
  const from = new Date(now);
  const period = { now: from, from, to: new Date(from.getTime() + days * DAY) };
  return compareSchedules(named(before), named(after), period)[0];
}

const show = ({ start, end, before, after }: Difference) =>
  `${start.toISOString().slice(0, 16)} ${end.toISOString().slice(0, 16)} ${before.join('+')}>${after.join('+')}`;
const showRun = ({ pattern, first, count, everyMs, isOpen }: Run) => ({
  pattern,
  first: first.map(show),
  count,
  days: everyMs === null ? null : everyMs / DAY,
  isOpen,
});

describe('what a changed schedule means', () => {
  it('is nothing when the same people stay on call, however it is written', () => {
    const twice = rota(['ana', 'ben', 'ana', 'ben']);
    expect(compare(rota(['ana', 'ben']), twice, '2026-10-20T08:00:00Z')).toBeUndefined();
  });

  it('tells a rotation that moves for ever once, in wall time across the change of the clocks', () => {
    // 2026-10-25 the clocks go back: hand-offs are at 07:00Z before and at 08:00Z after.
    const change = compare(rota(['ana', 'ben']), rota(['ben', 'ana']), '2026-10-19T07:00:00Z');
    expect(change?.now).toEqual({ before: ['ben'], after: ['ana'] });
    expect(change?.runs.map(showRun)).toEqual([
      {
        pattern: 'same',
        first: ['2026-10-19T07:00 2026-10-26T08:00 ben>ana', '2026-10-26T08:00 2026-11-02T08:00 ana>ben'],
        count: 13,
        days: 14,
        isOpen: true,
      },
    ]);
  });

  it('begins with what is left of the turn that is running', () => {
    const change = compare(rota(['ana', 'ben']), rota(['ben', 'ana']), '2026-10-20T12:34:56Z');
    expect(change?.runs.map(showRun)).toMatchObject([
      { pattern: 'once', first: ['2026-10-20T12:34 2026-10-26T08:00 ben>ana'] },
      { pattern: 'same', count: 13, days: 14 },
    ]);
  });

  it('says that it goes on in turn when the round is longer than what was looked at', () => {
    const people = ['ana', 'ben', 'cleo', 'dev', 'eve', 'finn', 'gus', 'hana', 'ivo'];
    const change = compare(rota(people), rota(people.slice(1)), '2026-10-19T07:00:00Z');
    expect(change?.runs).toHaveLength(1);
    expect(change?.runs[0]).toMatchObject({ pattern: 'beat', everyMs: 7 * DAY, isOpen: true });
  });

  it('takes no short stretch at the beginning for the distance of all that follow', () => {
    const restrictions = [{ type: 'daily', start: '08:00', end: '20:00' }];
    const [before, after] = [
      rota(['ana', 'ben', 'cleo'], { restrictions }),
      rota(['ana', 'cleo'], { restrictions }),
    ];
    const change = compare(before, after, '2026-11-22T20:00:00Z');
    const distances = change?.runs.map(showRun).map(({ days }) => days) ?? [];
    expect(distances.length).toBeGreaterThan(2);
    expect(distances.filter((days) => days !== null && days < 1)).toEqual([]);
  });

  it('finds gaps that were not there, and only those', () => {
    const night = { restrictions: [{ type: 'daily', start: '03:00', end: '02:00' }] };
    const gap = compare(rota(['ana']), rota(['ana'], night), '2026-10-24T12:00:00Z', 3);
    // On the wall it is every night the same, though this one takes two hours.
    expect(gap?.runs.map(showRun)).toEqual([
      {
        pattern: 'same',
        first: ['2026-10-25T00:00 2026-10-25T02:00 ana>'],
        count: 3,
        days: 1,
        isOpen: true,
      },
    ]);
    expect(gap?.newGaps).toBe(3);
    const filled = compare(rota(['ana'], night), rota(['ana']), '2026-10-24T12:00:00Z', 3);
    expect(filled).toMatchObject({
      newGaps: 0,
      runs: [{ first: [{ before: [], after: ['ana'] }], count: 3 }],
    });
    expect(compare(rota(['ana'], night), rota(['ben'], night), '2026-10-24T12:00:00Z')?.newGaps).toBe(0);
  });

  it('counts the times of a new schedule that nobody has, the time before its first turn too', () => {
    const now = new Date('2026-01-01T00:00:00Z');
    const period = { now, from: now, to: new Date('2026-02-01T00:00:00Z') };
    const [added] = compareSchedules(new Map(), named(rota(['ana', []])), period);
    expect(added).toMatchObject({ kind: 'added', newGaps: 3, now: null });
    expect(added?.runs.flatMap(({ first }) => first.map(show))[0]).toBe(
      '2026-01-01T00:00 2026-01-05T08:00 >',
    );
    const [removed] = compareSchedules(named(rota(['ana'])), new Map(), {
      ...period,
      now: new Date('2026-01-06T00:00:00Z'),
    });
    expect(removed).toMatchObject({ kind: 'removed', now: { before: ['ana'], after: [] }, newGaps: 0 });
  });
});

describe('a list of people that was edited in place', () => {
  const now = '2026-10-20T08:00:00Z';

  it('is better written as a change from now on, when the person on call would go', () => {
    // Turn 41: ben of two, cleo of three.
    const change = compare(rota(['ana', 'ben']), rota(['ana', 'ben', 'cleo']), now);
    expect(change?.now).toEqual({ before: ['ben'], after: ['cleo'] });
    expect(change?.advice).toEqual([
      { layer: 0, participants: ['ana', 'ben'], at: '2026-10-20T08:00:00Z', changed: ['ana', 'ben', 'cleo'] },
    ]);
  });

  it('waits for the hand-off when whoever is on call leaves', () => {
    const change = compare(rota(['ana', 'ben']), rota(['ana']), now);
    expect(change?.advice).toEqual([
      { layer: 0, participants: ['ana', 'ben'], at: '2026-10-26T08:00:00Z', changed: ['ana'] },
    ]);
  });

  it('gets no advice when nobody is taken off, or when a rotation is another one', () => {
    expect(compare(rota(['ana', 'ben']), rota(['cleo', 'ben']), now)?.advice).toEqual([]);
    const other = rota(['ana', 'ben'], { rotation: { ...weekly, startDate: '2026-01-12' } });
    expect(compare(rota(['ana', 'ben']), other, now)).toMatchObject({ now: {}, advice: [] });
  });
});

/* Random pairs of schedules. */

const person = fc.constantFrom('ana', 'ben', 'cleo');
const participants = fc.array(fc.oneof(person, fc.constant([])), { minLength: 1, maxLength: 4 });
const layer = fc.record(
  {
    participants,
    rotation: fc.record({
      unit: fc.constantFrom('hours', 'days', 'weeks', 'months'),
      count: fc.constantFrom(1, 2, 6),
      startDate: fc.constantFrom('2026-08-30', '2026-10-20', '2026-10-25'),
      handoffTime: fc.constantFrom('00:00', '02:30', '09:00'),
    }),
    priority: fc.constantFrom(0, 1),
    restrictions: fc.constantFrom([{ type: 'daily', start: '02:00', end: '03:00' }]),
  },
  { requiredKeys: ['participants', 'rotation'] },
);
const schedule = fc
  .record({
    timeZone: fc.constantFrom('Europe/Berlin', 'Australia/Lord_Howe'),
    layers: fc.array(layer, { maxLength: 2 }),
  })
  .map((input) => Schedule.parse(input));
const range = { from: new Date('2026-10-10T00:00:00Z'), to: new Date('2026-11-10T00:00:00Z') };

describe('whatever the two schedules', () => {
  it('is different at an instant exactly where a difference says so', () => {
    const somewhere = fc.integer({ min: range.from.getTime(), max: range.to.getTime() - 1 });
    fc.assert(
      fc.property(schedule, schedule, fc.array(somewhere, { minLength: 20 }), (before, after, instants) => {
        const found = differencesOf(before, after, range);
        const edges = found.flatMap(({ start, end }) => [start.getTime(), end.getTime() - 1]);
        for (const at of [...instants, ...edges].map((ms) => new Date(ms))) {
          const here = found.find(({ start, end }) => start <= at && at < end);
          const [old, young] = [onCallAt(before, at), onCallAt(after, at)];
          expect(here ? [here.before, here.after] : [old, young]).toEqual([old, young]);
          if (!here) expect(young).toEqual(old);
        }
      }),
    );
  });

  it('tells every difference in exactly one run, in order', () => {
    fc.assert(
      fc.property(schedule, schedule, (before, after) => {
        const differences = differencesOf(before, after, range);
        const runs = runsOf(differences, { zone: after.timeZone, to: range.to });
        let at = 0;
        for (const run of runs) {
          expect(run.first).toEqual(differences.slice(at, at + run.first.length));
          at += run.count;
          expect(run.end).toEqual(differences[at - 1]?.end);
        }
        expect(at).toBe(differences.length);
      }),
    );
  });
});
