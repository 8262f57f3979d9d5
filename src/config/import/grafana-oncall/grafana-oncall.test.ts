import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onCallAt, timeline } from '../../../domain/schedule/on-call.ts';
import { loadConfig } from '../../load.ts';
import type { Shift } from '../foreign.ts';
import { importExport } from '../import.ts';
import { Notes } from '../notes.ts';
import { piecesOf } from '../rendered.ts';
import { grafanaOncall } from './translate.ts';

const NOW = new Date('2026-04-01T00:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const file = join(import.meta.dirname, '../../../../test/fixtures/import/grafana-oncall.json');

function translated(...values: readonly unknown[]) {
  const notes = new Notes();
  const documents = values.map((value, i) => ({ from: `${i}.json`, value }));
  return { foreign: grafanaOncall.translate({ documents, notes, now: NOW }), notes: notes.all() };
}

function scheduleOf(shift: Readonly<Record<string, unknown>>, zone = 'UTC') {
  const { foreign, notes } = translated({
    schedules: [{ id: 'S', name: 'S', type: 'calendar', time_zone: zone, shifts: ['H'] }],
    on_call_shifts: [{ id: 'H', name: 'H', ...shift }],
  });
  return { schedule: foreign.schedules[0]?.schedule ?? fail(), notes };
}

function fail(): never {
  throw new Error('expected a schedule');
}

describe('an export of Grafana OnCall', () => {
  // The shapes are those of docs/sources/oncall-api-reference in grafana/oncall.
  it('becomes a configuration that loads', async () => {
    const { yaml, notes } = importExport(
      grafanaOncall,
      [{ from: 'all.json', value: JSON.parse(await readFile(file, 'utf8')) }],
      NOW,
    );
    const loaded = loadConfig(yaml ?? '', { env: {}, file: 'firebell.yaml' });
    if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
    const { directory } = loaded.config;
    expect(directory.schedules.get('primary')?.schedule).toEqual({
      timeZone: 'America/New_York',
      layers: [
        {
          participants: ['ben', 'ana'],
          rotation: { unit: 'weeks', count: 1, startDate: '2026-01-05', handoffTime: '09:00' },
          priority: 1,
          activeFrom: '2026-01-05T14:00:00Z',
        },
        {
          participants: ['cleo'],
          rotation: { unit: 'weeks', count: 1, startDate: '2026-01-05', handoffTime: '16:00' },
          priority: 2,
          timeZone: 'Europe/London',
          activeFrom: '2026-01-05T16:00:00Z',
          restrictions: [{ type: 'daily', start: '16:00', end: '19:00', days: ['mon', 'wed', 'fri'] }],
        },
      ],
      overrides: [
        { type: 'replaceAll', start: '2026-02-02T00:00:00Z', end: '2026-02-03T00:00:00Z', users: ['cleo'] },
      ],
    });
    expect(directory.policies.get('default-chain')).toMatchObject({
      rounds: 6,
      steps: [
        { targets: [{ kind: 'schedule', id: 'primary' }], ackWithinMs: 300_000 },
        { targets: [{ id: 'ana' }, { id: 'ben' }], strategy: 'round_robin', ackWithinMs: 300_000 },
      ],
    });
    expect(directory.services.get('web-shop')).toMatchObject({ owner: 'team-one', policy: 'default-chain' });
    expect(directory.people.get('ana')).toMatchObject({
      access: 'admin',
      handles: { slack: 'UALEXSLACK' },
      rules: {
        high: [
          { channel: 'dm', afterMs: 0 },
          { channel: 'email', afterMs: 300_000 },
        ],
      },
    });
    const lines = notes.map(({ kind, about, text }) => `${kind} ${about}: ${text}`).join('\n');
    expect(lines).toMatch(/dropped schedule From a calendar: is a calendar from elsewhere/);
    expect(lines).toMatch(/dropped schedule Primary: its shift SHX is not in the export/);
    expect(lines).toMatch(/dropped shifts: 1 are in no schedule of the export: Nowhere/);
    expect(lines).toMatch(/notify_user_group, has no counterpart/);
    expect(lines).toMatch(/its route us-\(east\|west\) is tested against the whole alert/);
  });

  it('names fields that nobody reads, within things too', () => {
    const { notes } = translated({
      users: [{ id: 'U', username: 'ana', role: 'admin' }],
      integrations: [
        { id: 'I', name: 'I', default_route: { id: 'R', escalation_chain_id: 'E', sparkle: { on: true } } },
      ],
      escalation_chains: [{ id: 'E', name: 'E' }],
    });
    const lines = notes.map(({ about, text }) => `${about}: ${text}`).join('\n');
    expect(lines).toContain(
      'integration: further fields: not read, with how many have them: default_route.sparkle (1)',
    );
  });

  it('is compared with its final shifts', () => {
    const final = {
      user_pk: 'U1',
      user_email: 'a@example.com',
      user_username: 'ana',
      shift_start: '2026-02-02T09:00:00Z',
      shift_end: '2026-02-09T09:00:00Z',
    };
    const { foreign } = translated(
      { schedules: [{ id: 'S', name: 'S', type: 'calendar', time_zone: 'UTC', shifts: [] }] },
      { results: [final] },
    );
    expect(foreign.schedules[0]?.rendered).toBeNull();
    const notes = new Notes();
    const documents = [
      {
        from: 'a.json',
        value: { schedules: [{ id: 'SXYZ', name: 'S', type: 'calendar', time_zone: 'UTC', shifts: [] }] },
      },
      { from: 'final_shifts-SXYZ.json', value: { results: [final] } },
    ];
    expect(grafanaOncall.translate({ documents, notes, now: NOW }).schedules[0]?.rendered?.shifts).toEqual([
      { start: new Date('2026-02-02T09:00:00Z'), end: new Date('2026-02-09T09:00:00Z'), people: ['U1'] },
    ]);
  });

  it('keeps shifts that the web page made in UTC as they are, and says so', () => {
    const { schedule, notes } = scheduleOf(
      {
        type: 'rolling_users',
        time_zone: 'UTC',
        start: '2026-01-05T08:00:00',
        duration: 604_800,
        frequency: 'weekly',
        rolling_users: [['U1'], ['U2']],
      },
      'Europe/Berlin',
    );
    expect(schedule.layers[0]?.timeZone).toBe('UTC');
    expect(notes.map(({ text }) => text).join()).toMatch(/has shifts in UTC, as its web page makes them/);
  });

  it.each([
    [{ frequency: 'monthly', duration: 86_400 }, /a part of each month/],
    [{ frequency: 'daily', duration: 3600, by_month: [1, 2] }, /in some months only/],
    [{ frequency: 'hourly', duration: 60, by_day: ['MO'] }, /every few hours, on some weekdays only/],
    [
      { frequency: 'daily', interval: 2, duration: 3600, by_day: ['MO'] },
      /every few days, on some weekdays only/,
    ],
  ])('says of %j why no rotation can express it', (shift, why) => {
    const { notes } = scheduleOf({
      type: 'recurrent_event',
      start: '2026-01-05T08:00:00',
      users: ['U1'],
      ...shift,
    });
    expect(notes.find(({ kind }) => kind === 'dropped')?.text).toMatch(why);
  });

  it('ends with the last shift that begins before `until`', () => {
    const { schedule } = scheduleOf({
      type: 'recurrent_event',
      start: '2026-01-05T08:00:00',
      users: ['U1'],
      frequency: 'daily',
      duration: 4 * 3600,
      until: '2026-01-07T08:00:00',
    });
    expect(onCallAt(schedule, new Date('2026-01-07T11:59:00Z'))).toEqual(['U1']);
    expect(onCallAt(schedule, new Date('2026-01-08T08:00:00Z'))).toEqual([]);
  });

  // The reference: every shift of the recurrence rule, written out one by one.
  const START = Date.parse('2026-01-07T08:00:00Z');
  const RANGE = [new Date('2026-01-01T00:00:00Z'), new Date('2026-03-20T00:00:00Z')] as const;
  const groups = fc.array(
    fc.uniqueArray(fc.constantFrom('U1', 'U2', 'U3', 'U4'), { minLength: 1, maxLength: 2 }),
    { minLength: 1, maxLength: 4 },
  );
  const isSame = (shift: Readonly<Record<string, unknown>>, written: readonly Shift[]) => {
    const { schedule } = scheduleOf({ type: 'rolling_users', start: '2026-01-07T08:00:00', ...shift });
    const theirs = piecesOf(written, ...RANGE);
    const ours = timeline(schedule, ...RANGE);
    for (const { start, end, people } of theirs) {
      const middle = new Date((start.getTime() + end.getTime()) / 2);
      for (const at of [start, middle]) expect([at, onCallAt(schedule, at)]).toEqual([at, people]);
    }
    expect(ours.every(({ start }) => theirs.some((piece) => piece.start.getTime() === start.getTime()))).toBe(
      true,
    );
  };

  it('names whom a written-out rotation names, for every length of shift', () => {
    const units = fc.constantFrom(
      ['hourly', HOUR] as const,
      ['daily', DAY] as const,
      ['weekly', WEEK] as const,
    );
    fc.assert(
      fc.property(
        fc.record({
          unit: units,
          interval: fc.integer({ min: 1, max: 3 }),
          groups,
          first: fc.nat(3),
          part: fc.integer({ min: 1, max: 24 }),
        }),
        ({ unit: [frequency, size], interval, groups: own, first, part }) => {
          const turn = size * interval;
          const length = Math.max(HOUR, Math.round((turn * part) / 24 / HOUR) * HOUR);
          const written = Array.from(
            { length: Math.ceil((RANGE[1].getTime() - START) / turn) + 1 },
            (_, n): Shift => {
              const start = new Date(START + n * turn);
              return {
                start,
                end: new Date(start.getTime() + length),
                people: own[(n + first) % own.length] ?? [],
              };
            },
          );
          isSame(
            {
              frequency,
              interval,
              duration: length / 1000,
              rolling_users: own,
              start_rotation_from_user_index: first % own.length,
            },
            written.filter(({ start }) => start < RANGE[1]),
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  const CODES = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;
  const someDays = fc.uniqueArray(fc.constantFrom(...CODES), { minLength: 1, maxLength: 7 });

  it('names whom a written-out week of selected days names', () => {
    fc.assert(
      fc.property(
        fc.record({
          days: someDays,
          groups,
          hours: fc.integer({ min: 1, max: 24 }),
          weekStart: fc.constantFrom('MO' as const, 'SU' as const),
        }),
        ({ days, groups: own, hours, weekStart }) => {
          const weekOf = (at: number) =>
            Math.floor(
              (at - Date.parse(weekStart === 'MO' ? '2026-01-05T00:00:00Z' : '2026-01-04T00:00:00Z')) / WEEK,
            );
          const all = Array.from({ length: 80 }, (_, d) => START + d * DAY);
          const written = all
            .filter((at) => days.includes(CODES[new Date(at).getUTCDay()] ?? 'SU'))
            .map((at): Shift => ({
              start: new Date(at),
              end: new Date(at + hours * HOUR),
              people: own[weekOf(at) % own.length] ?? [],
            }));
          isSame(
            {
              frequency: 'weekly',
              interval: 1,
              week_start: weekStart,
              by_day: days,
              duration: hours * 3600,
              rolling_users: own,
            },
            written,
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('names whom a written-out rotation over selected days names', () => {
    fc.assert(
      fc.property(
        fc.record({ days: someDays, groups, hours: fc.integer({ min: 1, max: 24 }) }),
        ({ days, groups: own, hours }) => {
          const all = Array.from({ length: 80 }, (_, d) => START + d * DAY).filter((at) =>
            days.includes(CODES[new Date(at).getUTCDay()] ?? 'SU'),
          );
          const written = all.map((at, n): Shift => ({
            start: new Date(at),
            end: new Date(at + hours * HOUR),
            people: own[n % own.length] ?? [],
          }));
          isSame(
            { frequency: 'daily', interval: 1, by_day: days, duration: hours * 3600, rolling_users: own },
            written,
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});
