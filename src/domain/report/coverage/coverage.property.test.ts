import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aDirectory,
  aPerson,
  aPolicy,
  aStep,
  byId,
  dailyRotation,
} from '../../../../test/support/directory.ts';
import { anySchedule } from '../../../../test/support/random-schedule.ts';
import type { Directory } from '../../directory.ts';
import { timeline } from '../../schedule/on-call.ts';
import type { Override, Schedule } from '../../schedule/schedule.ts';
import { coverageOf } from './coverage.ts';
import { namesOn } from './people.ts';

const DAY = 86_400_000;
const WINDOW = { from: new Date('2026-01-10T00:00:00Z'), to: new Date('2026-04-10T00:00:00Z') };
const LENGTH = WINDOW.to.getTime() - WINDOW.from.getTime();

/** Two schedules that one policy pages, one after the other, and all whom they name but one. */
function directoryOf(primary: Schedule, secondary: Schedule, missing: number): Directory {
  const names = [...new Set([...namesOn(primary), ...namesOn(secondary)])].sort();
  const schedules = [
    { id: 'primary', name: 'Primary', schedule: primary },
    { id: 'secondary', name: 'Secondary', schedule: secondary },
  ];
  const steps = schedules.map(({ id }) => aStep([{ kind: 'schedule', id }]));
  return aDirectory({
    people: byId(names.filter((_, i) => i !== missing).map((id) => aPerson(id))),
    schedules: byId(schedules),
    policies: byId([aPolicy(steps)]),
  });
}

const directories = fc.tuple(anySchedule, anySchedule, fc.nat(6)).map((parts) => directoryOf(...parts));

/** A gap that somebody makes: everybody is taken off for a while. */
const hole: fc.Arbitrary<Override> = fc
  .tuple(fc.integer({ min: -2, max: 95 }), fc.integer({ min: 1, max: 40 * 24 }))
  .map(([day, hours]) => {
    const start = WINDOW.from.getTime() + day * DAY;
    return {
      type: 'replaceAll',
      users: [],
      start: new Date(start).toISOString(),
      end: new Date(start + hours * 3_600_000).toISOString(),
    };
  });

function withHole(directory: Directory, id: string, override: Override): Directory {
  const named = directory.schedules.get(id);
  if (!named) throw new Error(`expected the schedule ${id}`);
  const overrides = [...(named.schedule.overrides ?? []), override];
  const schedules = new Map([
    ...directory.schedules,
    [id, { ...named, schedule: { ...named.schedule, overrides } }],
  ]);
  return { ...directory, schedules };
}

describe('whatever the schedules', () => {
  it('the gaps are exactly the empty stretches of the timeline', () => {
    fc.assert(
      fc.property(directories, (directory) => {
        for (const { schedule, gaps } of coverageOf(directory, WINDOW).schedules) {
          const named = directory.schedules.get(schedule);
          const empty = named ? timeline(named.schedule, WINDOW.from, WINDOW.to) : [];
          expect(gaps.map(({ start, end }) => ({ start, end }))).toEqual(
            empty.filter(({ onCall }) => onCall.length === 0).map(({ start, end }) => ({ start, end })),
          );
          for (const { start, end, unplannedMs, isPlanned } of gaps) {
            expect(unplannedMs).toBeLessThanOrEqual(end.getTime() - start.getTime());
            expect(isPlanned).toBe(unplannedMs === 0);
          }
        }
      }),
    );
  });

  it('the hours of all people are the time that somebody is on call, once for each of them', () => {
    fc.assert(
      fc.property(directories, (directory) => {
        for (const { hours, stretches } of coverageOf(directory, WINDOW).schedules) {
          const total = hours.reduce((sum, { ms }) => sum + ms, 0);
          const wanted = stretches.reduce(
            (sum, { start, end, people }) => sum + (end - start) * people.length,
            0,
          );
          expect(total).toBe(wanted);
        }
      }),
    );
  });

  it('the hours of a rotation without gaps add up to the window', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom('ana', 'ben', 'cleo', 'dev'), { minLength: 1 }),
        (people) => {
          const { schedules } = coverageOf(
            directoryOf(dailyRotation(...people), dailyRotation('ana'), -1),
            WINDOW,
          );
          expect(schedules[0]?.hours.reduce((sum, { ms }) => sum + ms, 0)).toBe(LENGTH);
        },
      ),
    );
  });

  it('the score never rises when a gap is added', () => {
    fc.assert(
      fc.property(directories, fc.constantFrom('primary', 'secondary'), hole, (directory, id, override) => {
        const before = coverageOf(directory, WINDOW);
        const after = coverageOf(withHole(directory, id, override), WINDOW);
        const lost = (report: typeof before) =>
          report.deductions.reduce((sum, { points }) => sum + points, 0);
        expect(lost(after)).toBeGreaterThanOrEqual(lost(before));
        expect(after.score).toBeLessThanOrEqual(before.score);
      }),
      { numRuns: 300 },
    );
  });

  it('the score is what the deductions leave of 100', () => {
    fc.assert(
      fc.property(directories, (directory) => {
        const { score, deductions } = coverageOf(directory, WINDOW);
        const lost = deductions.reduce((sum, { points }) => sum + points, 0);
        expect(score).toBe(Math.max(0, 100 - lost));
        expect(deductions.every(({ points }) => points > 0)).toBe(true);
      }),
    );
  });
});
