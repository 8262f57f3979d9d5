import fc from 'fast-check';
import { WEEKDAYS, type Layer, type Restriction } from '../../src/domain/schedule/schedule.ts';
import { parseWall, resolveWall, wallTime } from '../../src/domain/schedule/zone.ts';

/** Zones with clock changes at various hours, with half an hour, at midnight, and without any. */
const ZONES = [
  'Europe/London',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Beirut',
  'America/Santiago',
  'Asia/Kolkata',
  'UTC',
] as const;

/** A zone to try. */
export const zones = fc.constantFrom(...ZONES);

const clock = fc
  .tuple(fc.integer({ min: 4, max: 47 }), fc.constant(30))
  .map(([half]) => `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`);
const date = fc
  .integer({ min: 0, max: 400 })
  .map((days) => new Date(Date.UTC(2025, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));
const person = fc.constantFrom('ana', 'ben', 'cleo', 'dev');
const day = fc.constantFrom(...WEEKDAYS);

/** A window that opens daily. */
export const dailyWindows: fc.Arbitrary<Restriction> = fc
  .tuple(clock, clock)
  .filter(([start, end]) => start !== end)
  .map(([start, end]) => ({ type: 'daily', start, end }));

/** A window that opens weekly. */
export const weeklyWindows: fc.Arbitrary<Restriction> = fc
  .tuple(day, clock, day, clock)
  .map(([startDay, startTime, endDay, endTime]) => ({
    type: 'weekly',
    startDay,
    startTime,
    endDay,
    endTime,
  }));

/** A layer that every tool can express: one person at a time, turns of days or weeks.  */
export function layers(window: fc.Arbitrary<Restriction>): fc.Arbitrary<Layer> {
  return fc.record({
    participants: fc.array(person, { minLength: 1, maxLength: 4 }),
    rotation: fc.record({
      unit: fc.constantFrom('days' as const, 'weeks' as const),
      count: fc.integer({ min: 1, max: 3 }),
      startDate: date,
      handoffTime: clock,
    }),
    restrictions: fc.array(window, { maxLength: 2 }),
  });
}

/** False for a first hand-off at a time that clocks skip: the other tools say it as an instant, which shows another time. */
export function isShown({ rotation: { startDate, handoffTime } }: Layer, zone: string): boolean {
  const wall = parseWall(startDate, handoffTime) ?? NaN;
  return wallTime(resolveWall(wall, zone), zone) === wall;
}
