import fc from 'fast-check';
import { expect, it } from 'vitest';
import { timeline } from '../schedule/on-call.ts';
import type { Override, Schedule } from '../schedule/schedule.ts';
import { added, takeOver } from './take-over.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-03-27T00:00:00Z');
const PEOPLE = ['ana', 'ben', 'cleo', 'dev'] as const;

const somebody = fc.constantFrom(...PEOPLE);
const people = fc.uniqueArray(somebody, { maxLength: 3 });
const hour = fc.integer({ min: 0, max: 120 });
const at = (hours: number) => new Date(START + hours * HOUR).toISOString();

const override: fc.Arbitrary<Override> = fc
  .record({
    from: hour,
    length: fc.integer({ min: 1, max: 60 }),
    type: fc.nat(2),
    one: somebody,
    two: fc.option(somebody),
    many: people,
  })
  .map(({ from, length, type, one, two, many }): Override => {
    const span = { start: at(from), end: at(from + length) };
    if (type === 0) return { type: 'replaceAll', ...span, users: many };
    return type === 1
      ? { type: 'add', ...span, user: one }
      : { type: 'substitute', ...span, user: one, with: two };
  });

const schedule: fc.Arbitrary<Schedule> = fc.record({
  timeZone: fc.constantFrom('UTC', 'Europe/Berlin'),
  layers: fc.array(
    fc.record({
      participants: fc.array(people, { minLength: 1, maxLength: 4 }),
      rotation: fc.record({
        unit: fc.constantFrom('hours' as const, 'days' as const),
        count: fc.integer({ min: 1, max: 20 }),
        startDate: fc.constant('2026-03-20'),
        handoffTime: fc.constant('09:00'),
      }),
      priority: fc.integer({ min: 0, max: 1 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  overrides: fc.array(override, { maxLength: 6 }),
});

it('puts one person exactly where another was, whatever the layers and the overrides before', () => {
  fc.assert(
    fc.property(
      schedule,
      somebody,
      fc.option(somebody),
      hour,
      fc.integer({ min: 1, max: 60 }),
      (one, whom, person, from, length) => {
        const period = { start: new Date(at(from)), end: new Date(at(from + length)) };
        const after = added(one, takeOver(one, { whom, person }, period));
        const wanted = timeline(one, period.start, period.end).flatMap(({ start, end, onCall }) =>
          hoursOf(start, end).map((t) => [t, replaced(onCall, whom, person)]),
        );
        const found = timeline(after, period.start, period.end).flatMap(({ start, end, onCall }) =>
          hoursOf(start, end).map((t) => [t, onCall]),
        );
        expect(found).toEqual(wanted);
        const [before, later] = [new Date(at(-50)), new Date(at(250))];
        expect(timeline(after, before, period.start)).toEqual(timeline(one, before, period.start));
        expect(timeline(after, period.end, later)).toEqual(timeline(one, period.end, later));
      },
    ),
    { numRuns: 300 },
  );
});

function replaced(onCall: readonly string[], whom: string, person: string | null): readonly string[] {
  if (!onCall.includes(whom)) return onCall;
  const others = onCall.filter((id) => id !== whom);
  return [...new Set(person === null ? others : [...others, person])].sort();
}

function hoursOf(start: Date, end: Date): readonly number[] {
  const count = Math.ceil((end.getTime() - start.getTime()) / HOUR);
  return Array.from({ length: count }, (_, i) => start.getTime() + i * HOUR);
}
