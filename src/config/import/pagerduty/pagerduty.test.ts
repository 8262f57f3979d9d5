import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  layers,
  dailyWindows,
  weeklyWindows,
  zones,
  isShown,
} from '../../../../test/support/foreign-schedules.ts';
import { timeline } from '../../../domain/schedule/on-call.ts';
import { WEEKDAYS, type Layer, type Restriction } from '../../../domain/schedule/schedule.ts';
import { parseWall, resolveWall } from '../../../domain/schedule/zone.ts';
import { loadConfig } from '../../load.ts';
import { importExport } from '../import.ts';
import { Notes } from '../notes.ts';
import { pagerduty } from './translate.ts';

const NOW = new Date('2026-04-01T00:00:00Z');

function translated(value: unknown) {
  const notes = new Notes();
  const foreign = pagerduty.translate({ documents: [{ from: 'export.json', value }], notes, now: NOW });
  return { foreign, notes: notes.all() };
}

function imported(value: unknown) {
  const { yaml, notes } = importExport(pagerduty, [{ from: 'export.json', value }], NOW);
  const loaded = yaml === null ? null : loadConfig(yaml, { env: {}, file: 'firebell.yaml' });
  if (loaded && 'problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
  return { yaml, notes, directory: loaded?.config.directory };
}

const ana = { id: 'P1', type: 'user', name: 'Ana', email: 'ana@example.com' };
const rule = { escalation_delay_in_minutes: 5, targets: [{ id: 'P1', type: 'user_reference' }] };

describe('an export of PagerDuty', () => {
  // The shapes are those of https://developer.pagerduty.com/api-reference (REST API v2, OpenAPI in PagerDuty/api-schema).
  it('becomes a configuration that loads, with everything in it that has a counterpart', async () => {
    const file = join(import.meta.dirname, '../../../../test/fixtures/import/pagerduty.json');
    const { directory, notes } = imported(JSON.parse(await readFile(file, 'utf8')));
    expect(directory?.schedules.get('primary')?.schedule).toMatchObject({
      timeZone: 'Europe/London',
      layers: [
        {
          participants: ['ana'],
          rotation: { unit: 'weeks', count: 1, handoffTime: '09:00' },
          priority: 1,
          restrictions: [
            { type: 'weekly', startDay: 'fri', startTime: '17:00', endDay: 'mon', endTime: '09:00' },
          ],
        },
        { participants: ['ana', 'ben', 'gone-person'], rotation: { unit: 'days', count: 1 } },
      ],
      overrides: [{ type: 'replaceAll', start: '2026-03-30T08:00:00Z', users: ['ben'] }],
    });
    expect(directory?.policies.get('platform-eu')).toMatchObject({
      rounds: 3,
      steps: [
        { targets: [{ kind: 'schedule', id: 'primary' }], ackWithinMs: 30 * 60_000 },
        { targets: [{ kind: 'person', id: 'ben' }] },
      ],
    });
    expect(directory?.services.get('checkout-prod')).toMatchObject({
      owner: 'plattform',
      policy: 'platform-eu',
    });
    expect(directory?.people.get('ben')?.access).toBe('responder');
    expect(notes).toContainEqual({
      kind: 'agrees',
      about: 'schedule Primary',
      text: "the same people as the old tool's own timeline, 2026-03-27 17:00 UTC to 2026-03-30 11:00 UTC.",
    });
    const dropped = notes.filter(({ kind }) => kind === 'dropped').map(({ about }) => about);
    expect(dropped).toContain('maintenance_windows');
    expect(dropped).toContain('service: further fields');
  });

  it('names fields within things too that nobody reads, and none that only describe', () => {
    const target = { id: 'P1', type: 'user_reference', summary: 'Ana', html_url: 'https://x.example/P1' };
    const strange = {
      ...rule,
      targets: [target],
      escalation_rule_assignment_strategy: { type: 'assign_to_everyone', weight: 3 },
      vip_only: true,
    };
    const { notes } = imported({
      users: [ana],
      escalation_policies: [
        { id: 'E', name: 'E', num_loops: 0, escalation_rules: [strange, { ...rule, vip_only: true }] },
      ],
    });
    const further = notes.find(({ about }) => about === 'escalation policy: further fields')?.text;
    expect(further).toContain('escalation_rules.vip_only (1)');
    expect(further).not.toContain('html_url');
  });

  it('names fields of the layers of a schedule that nobody reads', () => {
    const layer = { ...layerOf({ users: ['P1'] }), name: 'Nights', mood: 'calm' };
    const { notes } = imported({
      users: [ana],
      schedules: [{ id: 'S', name: 'S', time_zone: 'UTC', schedule_layers: [layer] }],
    });
    const further = notes.find(({ about }) => about === 'schedule S, Nights: further fields')?.text;
    expect(further).toBe('not read: mood.');
  });

  it('says where its own timeline names somebody else', () => {
    const entry = (start: string, end: string, id: string) => ({
      start,
      end,
      user: { id, type: 'user_reference' },
    });
    const { notes } = imported({
      users: [ana, { ...ana, id: 'P2', name: 'Ben', email: 'ben@example.com' }],
      schedules: [
        {
          id: 'S1',
          name: 'Primary',
          time_zone: 'UTC',
          schedule_layers: [layerOf({ users: ['P1', 'P2'] })],
          final_schedule: {
            rendered_schedule_entries: [
              entry('2026-01-05T09:00:00Z', '2026-01-12T09:00:00Z', 'P1'),
              entry('2026-01-12T09:00:00Z', '2026-01-19T08:00:00Z', 'P2'),
              entry('2026-01-19T08:00:00Z', '2026-01-19T09:00:00Z', 'P1'),
            ],
          },
        },
      ],
    });
    expect(notes.filter(({ kind }) => kind === 'differs').map(({ text }) => text)).toEqual([
      '99.7 % of the time from 2026-01-05 09:00 UTC to 2026-01-19 09:00 UTC is the same, 1 stretches differ.',
      '2026-01-19 08:00 UTC to 2026-01-19 09:00 UTC: Ana there, Ben here.',
    ]);
  });

  it('lets its own timeline decide which end of the list of layers wins', () => {
    const entry = {
      start: '2026-01-05T09:00:00Z',
      end: '2026-01-06T09:00:00Z',
      user: { id: 'P2', type: 'user_reference' },
    };
    const schedule = {
      id: 'S1',
      name: 'Primary',
      time_zone: 'UTC',
      schedule_layers: [layerOf({ users: ['P1'] }), layerOf({ users: ['P2'] })],
    };
    const winner = (more: object) =>
      translated({ schedules: [{ ...schedule, ...more }] }).foreign.schedules[0]?.schedule.layers.map(
        ({ priority }) => priority,
      );
    expect(winner({})).toEqual([1, 0]);
    expect(winner({ final_schedule: { rendered_schedule_entries: [entry] } })).toEqual([0, 1]);
  });

  it('keeps the wall time of a hand-off when clocks change', () => {
    const { foreign } = translated({
      schedules: [
        {
          id: 'S1',
          name: 'P',
          time_zone: 'America/New_York',
          schedule_layers: [layerOf({ users: ['P1', 'P2'], start: '2026-03-02T14:00:00Z' })],
        },
      ],
    });
    const pieces = timeline(
      foreign.schedules[0]?.schedule ?? fail(),
      new Date('2026-03-02T14:00:00Z'),
      new Date('2026-03-30T00:00:00Z'),
    );
    expect(pieces.map(({ start }) => start.toISOString())).toEqual([
      '2026-03-02T14:00:00.000Z',
      '2026-03-09T13:00:00.000Z',
      '2026-03-16T13:00:00.000Z',
      '2026-03-23T13:00:00.000Z',
    ]);
  });

  it('knows the zones of older answers by their names in Ruby on Rails', () => {
    const named = (zone: string) =>
      translated({
        schedules: [{ id: 'S', name: 'S', time_zone: zone, schedule_layers: [layerOf({ users: ['P1'] })] }],
      }).foreign.schedules[0]?.schedule.timeZone;
    expect(['Eastern Time (US & Canada)', '(GMT+01:00) Berlin', 'Asia/Tokyo', 'Nowhere'].map(named)).toEqual([
      'America/New_York',
      'Europe/Berlin',
      'Asia/Tokyo',
      'UTC',
    ]);
  });

  it('says what it cannot read or find, and goes on', () => {
    const { notes, directory } = imported({
      users: [ana, { id: 'P2' }],
      schedules: [
        { id: 'S1', name: 'List only' },
        { id: 'S2', name: 'Nobody', time_zone: 'UTC', schedule_layers: [layerOf({ users: [] })] },
        {
          id: 'S3',
          name: 'Elsewhere',
          time_zone: 'Mars/Olympus',
          schedule_layers: [layerOf({ users: ['P7'], seconds: 5400 })],
        },
      ],
      escalation_policies: [
        {
          id: 'E1',
          name: 'Nobody',
          escalation_rules: [
            { escalation_delay_in_minutes: 5, targets: [{ id: 'S2', type: 'schedule_reference' }] },
          ],
        },
        { id: 'E2', name: 'Ana', escalation_rules: [rule], num_loops: 50 },
      ],
    });
    const lines = notes.map(({ kind, about, text }) => `${kind} ${about}: ${text}`).join('\n');
    expect(lines).toMatch(/dropped user P2: cannot be read \(export.json\): name/);
    expect(lines).toMatch(/dropped schedule List only: .*fetch GET \/schedules\/\{id\}/);
    expect(lines).toMatch(/dropped schedule Nobody: has nobody/);
    expect(lines).toMatch(/changed schedule Elsewhere: has the time zone "Mars\/Olympus"/);
    expect(lines).toMatch(/changed person P7: is on call or paged \(P7\) but not among the users/);
    expect(lines).toMatch(/5400 seconds, which is no number of whole hours/);
    expect(lines).toMatch(/dropped escalation policy Nobody: no step of it pages anybody/);
    expect(lines).toMatch(/goes through its steps 51 times; 10 is the most/);
    expect(directory?.policies.get('ana')?.rounds).toBe(10);
  });

  it('never lets a text of the export become a setting', () => {
    const { directory } = imported({
      users: [{ ...ana, name: '${HOME}\n  access: admin' }],
      escalation_policies: [{ id: 'E', name: '"]: [', escalation_rules: [rule] }],
    });
    expect([...(directory?.people.values() ?? [])].map(({ name, access }) => [name, access])).toEqual([
      ['${HOME} access: admin', 'responder'],
    ]);
  });

  it('with nobody in it is refused', () => {
    expect(imported({ services: [{ id: 'X', name: 'X', type: 'service' }] })).toMatchObject({ yaml: null });
  });

  it('gives back every schedule that its form can express', () => {
    const expressible = fc.record({
      zone: zones,
      layers: fc.array(layers(fc.oneof(dailyWindows, weeklyWindows)), { minLength: 1, maxLength: 3 }),
    });
    fc.assert(
      fc.property(expressible, ({ zone, layers: own }) => {
        fc.pre(own.every((layer) => isShown(layer, zone)));
        const ordered = own.map((layer, i) => ({ ...layer, priority: own.length - i }));
        const schedule = {
          id: 'S1',
          name: 'S',
          time_zone: zone,
          schedule_layers: ordered.map((layer) => toPagerDuty(layer, zone)),
        };
        const { foreign } = translated({ schedules: [schedule] });
        const range = [new Date('2026-02-20T00:00:00Z'), new Date('2026-04-20T00:00:00Z')] as const;
        const back = foreign.schedules[0]?.schedule ?? fail();
        expect(timeline(back, ...range)).toEqual(timeline({ timeZone: zone, layers: ordered }, ...range));
      }),
      { numRuns: 150 },
    );
  });
});

function fail(): never {
  throw new Error('expected a schedule');
}

function layerOf({
  users,
  start = '2026-01-05T09:00:00Z',
  seconds = 604_800,
}: {
  readonly users: readonly string[];
  readonly start?: string;
  readonly seconds?: number;
}) {
  return {
    name: 'Layer 1',
    start,
    end: null,
    rotation_virtual_start: start,
    rotation_turn_length_seconds: seconds,
    users: users.map((id) => ({ user: { id, type: 'user_reference' } })),
    restrictions: [],
  };
}

function toPagerDuty({ participants, rotation, restrictions = [] }: Layer, zone: string) {
  const start = resolveWall(parseWall(rotation.startDate, rotation.handoffTime) ?? NaN, zone).toISOString();
  const unit = rotation.unit === 'weeks' ? 604_800 : 86_400;
  const layer = layerOf({ users: participants.flat(), start, seconds: rotation.count * unit });
  return { ...layer, restrictions: restrictions.map(toRestriction) };
}

function toRestriction(window: Restriction) {
  if (window.type === 'daily') {
    const length = secondsOf(window.end) - secondsOf(window.start);
    return {
      type: 'daily_restriction',
      start_time_of_day: `${window.start}:00`,
      duration_seconds: length > 0 ? length : length + 86_400,
    };
  }
  const days = (WEEKDAYS.indexOf(window.endDay) - WEEKDAYS.indexOf(window.startDay) + 7) % 7;
  const length = days * 86_400 + secondsOf(window.endTime) - secondsOf(window.startTime);
  return {
    type: 'weekly_restriction',
    start_day_of_week: WEEKDAYS.indexOf(window.startDay) || 7,
    start_time_of_day: `${window.startTime}:00`,
    duration_seconds: length > 0 ? length : length + 604_800,
  };
}

function secondsOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 3600 + minutes * 60;
}
