import fc from 'fast-check';
import { expect, it } from 'vitest';
import { aDirectory } from '../../../test/support/directory.ts';
import { onCallAt } from '../schedule/on-call.ts';
import { Schedule } from '../schedule/schedule.ts';
import { withImportedShifts, type ImportedShift } from './imported-layer.ts';

const START = Date.parse('2026-03-01T00:00:00Z');
const HOUR = 3_600_000;

const shift = fc
  .record({
    from: fc.nat(200),
    hours: fc.integer({ min: 1, max: 60 }),
    people: fc.subarray(['ana', 'ben', 'cleo']),
  })
  .map(({ from, hours, people }): ImportedShift => ({
    start: new Date(START + from * HOUR),
    end: new Date(START + (from + hours) * HOUR),
    people,
  }));

/** Dev is on call by the configuration where nobody else is, in the first hundred hours. */
const CONFIGURED: Schedule = {
  timeZone: 'Europe/Berlin',
  layers: [
    {
      participants: ['dev'],
      rotation: { unit: 'days', count: 1, startDate: '2026-02-01', handoffTime: '09:00' },
      activeUntil: new Date(START + 100 * HOUR).toISOString(),
      priority: 7,
    },
  ],
  overrides: [
    {
      type: 'substitute',
      user: 'ana',
      with: 'ben',
      start: new Date(START + 50 * HOUR).toISOString(),
      end: new Date(START + 60 * HOUR).toISOString(),
    },
  ],
};

it('whoever has a shift is on call, the layers count elsewhere, and overrides count over all of it', () => {
  fc.assert(
    fc.property(fc.array(shift, { maxLength: 12 }), fc.nat(300), (shifts, hour) => {
      const directory = aDirectory({
        schedules: new Map([['primary', { id: 'primary', name: 'Primary', schedule: CONFIGURED }]]),
      });
      const overlaid = withImportedShifts(directory, new Map([['primary', shifts]]));
      const schedule = overlaid.schedules.get('primary')?.schedule;
      expect(Schedule.safeParse(schedule).success).toBe(true);
      const at = new Date(START + hour * HOUR);
      const covering = shifts.filter(({ start, end }) => start <= at && at < end);
      const shared = new Set(covering.flatMap(({ people }) => people));
      const base = shared.size > 0 ? shared : new Set(hour < 100 ? ['dev'] : []);
      const stands = [...base].map((id) => (id === 'ana' && hour >= 50 && hour < 60 ? 'ben' : id));
      expect(schedule && onCallAt(schedule, at)).toEqual([...new Set(stands)].sort());
    }),
  );
});
