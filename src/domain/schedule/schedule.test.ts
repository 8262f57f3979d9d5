import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Schedule } from './schedule.ts';

const rotation = { unit: 'weeks', count: 1, startDate: '2026-01-05', handoffTime: '10:30' };
const layer = { participants: ['alice'], rotation };
const complete = {
  timeZone: 'America/New_York',
  layers: [
    {
      participants: ['alice', 'bob', ['carol', 'dave'], []],
      rotation,
      priority: -1,
      timeZone: 'Europe/London',
      activeFrom: '2026-01-20T14:00:00Z',
      activeUntil: '2026-07-01T00:00:00Z',
      restrictions: [
        { type: 'daily', days: ['mon', 'tue'], start: '22:00', end: '06:00' },
        { type: 'weekly', startDay: 'fri', startTime: '17:00', endDay: 'mon', endTime: '09:00' },
      ],
      rosterChanges: [{ at: '2026-02-10T16:45:00Z', participants: ['alice'] }],
    },
  ],
  overrides: [
    { type: 'replaceAll', start: '2026-01-01T00:00:00Z', end: '2026-01-02T00:00:00Z', users: [] },
    {
      type: 'substitute',
      start: '2026-01-01T00:00Z',
      end: '2026-01-02T00:00:00+02:00',
      user: 'bob',
      with: null,
    },
    { type: 'add', start: '2026-01-01T00:00:00Z', end: '2026-01-02T00:00:00.5Z', user: 'erin' },
  ],
};

/** The problems of a schedule as `path: message`. */
function problems(input: unknown): readonly string[] {
  const issues = Schedule.safeParse(input).error?.issues ?? [];
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const withLayer = (change: object) => problems({ timeZone: 'UTC', layers: [{ ...layer, ...change }] });
const withRotation = (change: object) => withLayer({ rotation: { ...rotation, ...change } });
const withOverride = (override: object) =>
  problems({ timeZone: 'UTC', layers: [layer], overrides: [override] });

describe('a schedule', () => {
  it('is taken as it is written, and survives JSON', () => {
    expect(problems(complete)).toEqual([]);
    expect(JSON.parse(JSON.stringify(Schedule.parse(complete)))).toEqual(complete);
  });

  it('may have no layer at all', () => {
    expect(problems({ timeZone: 'UTC', layers: [] })).toEqual([]);
  });

  it('has a JSON Schema for editors', () => {
    expect(z.toJSONSchema(Schedule)).toMatchObject({ type: 'object', required: ['timeZone', 'layers'] });
  });

  it.each([
    [
      problems({ timeZone: 'Mars/Base', layers: [] }),
      'timeZone: unknown time zone "Mars/Base": use an IANA name',
    ],
    [problems({ timeZone: '+02:00', layers: [] }), 'timeZone: unknown time zone "+02:00"'],
    [problems({ timeZone: 'UTC' }), 'layers: must be a list of layers'],
    [problems({ timeZone: 'UTC', layers: [], zone: 'UTC' }), ': Unrecognized key: "zone"'],
    [withLayer({ participants: [] }), 'layers.0.participants: needs at least one turn'],
    [withLayer({ participants: [''] }), 'layers.0.participants.0: must be the name of a person'],
    [
      withLayer({ participants: [7] }),
      'layers.0.participants.0: a turn needs the name of a person or a list',
    ],
    [withLayer({ priority: 1.5 }), 'layers.0.priority: must be a whole number'],
    [withLayer({ activeFrom: '2026-01-20' }), 'layers.0.activeFrom: "2026-01-20" is not an instant'],
    [
      withLayer({ activeFrom: '2026-02-30T00:00:00Z' }),
      'layers.0.activeFrom: "2026-02-30T00:00:00Z" is not an instant',
    ],
    [
      withLayer({ activeFrom: '2026-02-01T00:00:00Z', activeUntil: '2026-01-01T00:00:00Z' }),
      'layers.0.activeUntil: is before `activeFrom`',
    ],
    [withRotation({ count: 0 }), 'layers.0.rotation.count: must be 1 or more'],
    [withRotation({ count: 1.5 }), 'layers.0.rotation.count: must be a whole number'],
    [withRotation({ unit: 'years' }), 'layers.0.rotation.unit: must be one of hours, days, weeks, months'],
    [withRotation({ startDate: '2026-02-29' }), 'layers.0.rotation.startDate: "2026-02-29" is not a date'],
    [withRotation({ handoffTime: '24:00' }), 'layers.0.rotation.handoffTime: "24:00" is not a clock time'],
    [withRotation({ handoffTime: 630 }), 'layers.0.rotation.handoffTime: must be a clock time in quotes'],
    [withLayer({ restrictions: [{ type: 'yearly' }] }), 'layers.0.restrictions.0.type: a restriction needs'],
    [
      withLayer({ restrictions: [{ type: 'daily', days: ['Monday'], start: '09:00', end: '17:00' }] }),
      'layers.0.restrictions.0.days.0: "Monday" is not a weekday',
    ],
    [
      withLayer({
        rosterChanges: [
          { at: '2026-02-02T00:00:00Z', participants: ['bob'] },
          { at: '2026-02-01T00:00:00Z', participants: ['bob'] },
        ],
      }),
      'layers.0.rosterChanges: must be in the order of `at`',
    ],
    [
      withOverride({ type: 'add', start: '2026-01-01T00:00:00Z', end: '2026-01-01T00:00:00Z', user: 'bob' }),
      'overrides.0.end: must be later than `start`',
    ],
    [withOverride({ type: 'swap' }), 'overrides.0.type: an override needs'],
  ])('is refused with the place and the way out: %#', (found, expected) => {
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  });
});
