import fc from 'fast-check';
import type { Schedule } from '../../src/domain/schedule/schedule.ts';

/** Zones with unusual clocks: half-hour jumps, jumps at midnight, the other half of the year. */
export const ODD_ZONES = [
  'UTC',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Beirut',
  'Europe/Berlin',
  'Pacific/Auckland',
] as const;

const person = fc.constantFrom('ana', 'ben', 'cleo', 'dev');
const clock = fc
  .tuple(fc.constantFrom(0, 1, 2, 3, 9, 23), fc.constantFrom(0, 30))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));

const layer = fc.record(
  {
    participants: fc.array(fc.oneof(person, fc.array(person, { maxLength: 2 })), {
      minLength: 1,
      maxLength: 3,
    }),
    rotation: fc.record({
      unit: fc.constantFrom('hours', 'days', 'weeks', 'months'),
      count: fc.constantFrom(7, 12, 13),
      startDate: fc.constantFrom('2025-01-31', '2026-03-01', '2026-06-15'),
      handoffTime: clock,
    }),
    priority: fc.nat(1),
    restrictions: fc.array(fc.record({ type: fc.constant('daily' as const), start: clock, end: clock }), {
      minLength: 1,
      maxLength: 1,
    }),
  },
  { requiredKeys: ['participants', 'rotation'] },
);

const override = fc
  .tuple(fc.nat(200), fc.integer({ min: 1, max: 400 }), person, person)
  .map(([day, hours, user, stand]) => {
    const start = Date.parse('2026-01-20T00:30:00Z') + day * 86_400_000;
    const period = {
      start: new Date(start).toISOString(),
      end: new Date(start + hours * 3_600_000).toISOString(),
    };
    return { type: 'substitute' as const, ...period, user, with: stand };
  });

/** Schedules around the changes of clocks of 2026, with turns of all units, windows, gaps and overrides. */
export const anySchedule: fc.Arbitrary<Schedule> = fc.record({
  timeZone: fc.constantFrom(...ODD_ZONES),
  layers: fc.array(layer, { maxLength: 3 }),
  overrides: fc.array(override, { maxLength: 4 }),
});
