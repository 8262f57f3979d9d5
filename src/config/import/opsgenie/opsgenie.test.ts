import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dailyWindows,
  layers,
  weeklyWindows,
  zones,
  isShown,
} from '../../../../test/support/foreign-schedules.ts';
import { onCallAt, timeline } from '../../../domain/schedule/on-call.ts';
import type { Layer, Restriction, Weekday } from '../../../domain/schedule/schedule.ts';
import { parseWall, resolveWall } from '../../../domain/schedule/zone.ts';
import { loadConfig } from '../../load.ts';
import { importExport } from '../import.ts';
import { Notes } from '../notes.ts';
import { opsgenie } from './translate.ts';

const NOW = new Date('2026-04-01T00:00:00Z');
const file = join(import.meta.dirname, '../../../../test/fixtures/import/opsgenie.json');

function imported(...values: readonly unknown[]) {
  const documents = values.map((value, i) => ({ from: `answer-${i}.json`, value }));
  const { yaml, notes } = importExport(opsgenie, documents, NOW);
  const loaded = yaml === null ? null : loadConfig(yaml, { env: {}, file: 'firebell.yaml' });
  if (loaded && 'problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
  return { notes, directory: loaded?.config.directory };
}

function translated(value: unknown) {
  const notes = new Notes();
  return opsgenie.translate({ documents: [{ from: 'all.json', value }], notes, now: NOW });
}

const ana = { id: 'u1', username: 'ana@example.com', fullName: 'Ana' };
const ben = { id: 'u2', username: 'ben@example.com', fullName: 'Ben' };
const user = (id: string) => ({ type: 'user', id });
const rotation = {
  id: 'r1',
  name: 'R',
  startDate: '2026-01-05T09:00:00Z',
  type: 'daily',
  length: 1,
  participants: [user('u1'), user('u2')],
};
const schedule = { id: 's1', name: 'S', timezone: 'UTC', enabled: true, rotations: [rotation] };

describe('an export of Opsgenie', () => {
  // The shapes are those of https://docs.opsgenie.com/docs/schedule-api and its sisters.
  it('becomes a configuration that loads, and names whom its own timeline names', async () => {
    const { directory, notes } = imported(JSON.parse(await readFile(file, 'utf8')));
    const ops = directory?.schedules.get('ops_schedule')?.schedule;
    expect(ops?.layers.at(0)).toEqual({
      participants: ['fahri', 'sam', []],
      rotation: { unit: 'weeks', count: 1, startDate: '2026-01-05', handoffTime: '08:00' },
      restrictions: [{ type: 'daily', start: '08:00', end: '20:30' }],
      activeUntil: '2026-03-12T12:00:00Z',
    });
    expect(ops?.layers.at(-1)?.restrictions).toEqual([
      { type: 'weekly', startDay: 'sat', startTime: '00:00', endDay: 'mon', endTime: '00:00' },
    ]);
    expect(directory?.policies.get('ops_escalation')).toMatchObject({
      rounds: 3,
      steps: [
        { targets: [{ kind: 'schedule', id: 'ops_schedule' }], ackWithinMs: 5 * 60_000 },
        { targets: [{ kind: 'schedule', id: 'ops_schedule' }], ackWithinMs: 5 * 60_000 },
        { targets: [{ kind: 'team', id: 'ops' }], ackWithinMs: 10 * 60_000 },
      ],
    });
    expect(directory?.services.get('web-shop')).toMatchObject({ owner: 'ops', policy: 'ops_escalation' });
    expect(
      directory?.people.get('sam')?.rules.high.map(({ channel, afterMs }) => [channel, afterMs]),
    ).toContainEqual(['email', 0]);
    const lines = notes.map(({ kind, about, text }) => `${kind} ${about}: ${text}`).join('\n');
    // Opsgenie leaves a minute before the hour: a difference that is there, and found.
    expect(lines).toMatch(
      /differs schedule ops_schedule: 98\.\d % of the time from 2026-03-09 12:00 UTC to 2026-03-12 16:00 UTC/,
    );
    expect(lines).toMatch(/2026-03-09 12:00 UTC to 2026-03-09 13:00 UTC: nobody there, Fahri Kaya here/);
    expect(lines).toMatch(
      /changed escalation Ops_escalation: pages the next one of the schedule ops_schedule/,
    );
    expect(lines).toMatch(/if-not-closed/);
    expect(lines).toMatch(/dropped team Ops: its routing rules P1 only/);
    expect(lines).toMatch(/dropped integrations: 1 entry/);
  });

  it('names whatever it leaves out', () => {
    const period = { startDate: '2026-02-02T00:00:00Z', endDate: '2026-02-03T00:00:00Z' };
    const { notes } = imported({
      users: [{ ...ana, blocked: true, role: { name: 'Night owl' } }, ben],
      contacts: [
        { _parent: { id: 'u1' }, method: 'sms', to: '1-5551', status: { enabled: true } },
        { _parent: { id: 'u1' }, method: 'voice', to: '1-5552' },
        { _parent: { id: 'u2' }, method: 'sms', to: '1-5553', status: { enabled: false } },
        { _parent: { id: 'gone' }, method: 'sms', to: '1-5554' },
      ],
      notificationRules: [
        {
          id: 'n1',
          _parent: { id: 'u1' },
          actionType: 'create-alert',
          steps: [
            { contact: { method: 'whatsapp', to: '1' } },
            { contact: { method: 'sms', to: '1' }, enabled: false },
            { contact: 'none' },
          ],
        },
        { id: 'n2', _parent: { id: 'u2' }, actionType: 'create-alert', enabled: false, steps: [] },
      ],
      teams: [{ id: 't1', name: 'T', members: [{ user: { id: 'u1', username: 'ana@example.com' } }, 'who'] }],
      routingRules: [
        { id: 'q', _parent: { id: 't1' }, name: 'Night', isDefault: false, notify: { type: 'none' } },
      ],
      schedules: [{ ...schedule, ownerTeam: { id: 't1', name: 'T' } }],
      overrides: [
        { _parent: { id: 's1' }, user: user('u2'), startDate: period.endDate, endDate: period.startDate },
        { _parent: { id: 'gone' }, user: user('u2'), ...period },
      ],
    });
    const lines = notes.map(({ kind, about, text }) => `${kind} ${about}: ${text}`);
    expect(lines).toEqual(
      expect.arrayContaining([
        'changed person Ana: is blocked in Opsgenie, and is paged here: take them out if they are gone.',
        'changed person Ana: has the role Night owl of your own making; here they are a responder.',
        'dropped contacts: 1 of them are switched off in Opsgenie.',
        'dropped contacts: further addresses and numbers of Ana: a person has one of each here.',
        'dropped contacts: 1 of them say of no user in the export that they belong to it.',
        'dropped notification rules: 1 of them are switched off in Opsgenie.',
        'dropped notification rules: 1 steps in them that are switched off in Opsgenie.',
        'changed notification rules: tell people by whatsapp, which is not here: a direct message instead.',
        'dropped notification rule: parts that cannot be read: they have another shape: 1 of steps.',
        'dropped team: parts that cannot be read: they have another shape: 1 of members.',
        'dropped owners of schedules: write `owner` where a team shall hear of gaps: S (T).',
        'changed team T: its routing rule Night notifies none; its services have the default policy here.',
        'changed team T: has no default routing rule in the export; the last one, Night, holds for every alert here.',
        'dropped overrides: 1 of them say of no schedule in the export that they belong to it.',
        'dropped overrides and forwarding rules: 1 of them end before they begin.',
      ]),
    );
  });

  it('knows by their address whom an override and a forwarding are for', () => {
    const [early, late] = [
      { startDate: '2026-02-02T00:00:00Z', endDate: '2026-02-03T00:00:00Z' },
      { startDate: '2026-03-02T00:00:00Z', endDate: '2026-03-03T00:00:00Z' },
    ];
    const { schedules } = translated({
      users: [ana, ben],
      schedules: [
        { ...schedule, overrides: [{ user: { type: 'user', username: 'BEN@example.com' }, ...early }] },
      ],
      forwardingRules: [
        { fromUser: { username: 'ana@example.com' }, toUser: { username: 'ben@example.com' }, ...late },
      ],
    });
    expect(schedules[0]?.schedule.overrides).toMatchObject([
      { type: 'replaceAll', users: ['u2'] },
      { type: 'substitute', user: 'u1', with: 'u2' },
    ]);
  });

  it('cuts a rotation around an override that is for it alone', () => {
    const other = { ...rotation, id: 'r2', name: 'R2', participants: [user('u2')] };
    const override = {
      user: user('u3'),
      startDate: '2026-02-02T00:00:00Z',
      endDate: '2026-02-03T00:00:00Z',
      rotations: [{ id: 'r1' }],
    };
    const { schedules } = translated({
      schedules: [{ ...schedule, rotations: [rotation, other], overrides: [override] }],
    });
    const own = schedules[0]?.schedule ?? fail();
    expect(
      timeline(own, new Date('2026-02-01T12:00:00Z'), new Date('2026-02-03T10:00:00Z')).map(
        ({ start, onCall }) => [start.toISOString().slice(0, 16), onCall.join()],
      ),
    ).toEqual([
      ['2026-02-01T12:00', 'u2'],
      ['2026-02-02T00:00', 'u2,u3'],
      ['2026-02-03T00:00', 'u1,u2'],
      ['2026-02-03T09:00', 'u2'],
    ]);
  });

  it('takes an override that names every rotation as one for the whole schedule', () => {
    const override = {
      user: user('u3'),
      startDate: '2026-02-02T00:00:00Z',
      endDate: '2026-02-03T00:00:00Z',
      rotations: [{ id: 'r1' }],
    };
    const { schedules } = translated({ schedules: [{ ...schedule, overrides: [override] }] });
    expect(schedules[0]?.schedule.overrides).toEqual([
      { type: 'replaceAll', start: '2026-02-02T00:00:00Z', end: '2026-02-03T00:00:00Z', users: ['u3'] },
    ]);
  });

  it('puts several rotations on call at once', () => {
    const { schedules } = translated({
      schedules: [
        {
          ...schedule,
          rotations: [
            { ...rotation, participants: [user('u1')] },
            { ...rotation, participants: [user('u2')] },
          ],
        },
      ],
    });
    expect(onCallAt(schedules[0]?.schedule ?? fail(), NOW)).toEqual(['u1', 'u2']);
  });

  it('forwards on every schedule', () => {
    const forwarding = {
      fromUser: { id: 'u1', username: 'ana@example.com' },
      toUser: { id: 'u2' },
      startDate: '2026-03-31T00:00:00Z',
      endDate: '2026-04-02T00:00:00Z',
      alias: 'f',
    };
    const alone = { ...schedule, rotations: [{ ...rotation, participants: [user('u1')] }] };
    const { schedules } = translated({ schedules: [alone], forwardingRules: [forwarding] });
    expect(onCallAt(schedules[0]?.schedule ?? fail(), NOW)).toEqual(['u2']);
  });

  it('is read from the files of its backup tool', () => {
    const { directory } = imported(
      {
        user: ana,
        notificationRuleList: [
          {
            id: 'n',
            actionType: 'create-alert',
            enabled: true,
            steps: [
              {
                contact: { method: 'email', to: 'ana@example.com' },
                sendAfter: { timeAmount: 2, timeUnit: 'minutes' },
              },
            ],
          },
        ],
      },
      { user: ben, notificationRuleList: [] },
      {
        schedule,
        scheduleOverrideList: [
          {
            user: user('u1'),
            startDate: Date.parse('2026-03-31T00:00:00Z'),
            endDate: Date.parse('2026-04-09T00:00:00Z'),
          },
        ],
      },
      {
        team: { id: 't1', name: 'T', members: [{ user: { id: 'u1' }, role: 'user' }] },
        teamRoutingRules: [{ id: 'x', isDefault: true, notify: { type: 'schedule', id: 's1' } }],
        teamRoles: [],
      },
    );
    const own = directory?.schedules.get('s')?.schedule ?? fail();
    expect(onCallAt(own, NOW)).toEqual(['ana']);
    expect(directory?.policies.get('s')?.steps[0]?.targets).toEqual([{ kind: 'schedule', id: 's' }]);
    expect(directory?.people.get('ana')?.rules.high).toContainEqual({ channel: 'email', afterMs: 120_000 });
  });

  it('says what it cannot use', () => {
    const { notes } = imported({
      users: [ana],
      schedules: [
        { ...schedule, enabled: false },
        { id: 's2', name: 'No rotations', timezone: 'UTC', enabled: true },
        {
          ...schedule,
          id: 's3',
          name: 'Odd',
          rotations: [
            { ...rotation, type: 'fortnightly' },
            { ...rotation, startDate: 'yesterday' },
            { ...rotation, participants: [{ type: 'escalation', id: 'e9', name: 'Gone' }] },
          ],
        },
      ],
      escalations: [
        {
          id: 'e1',
          name: 'E',
          rules: [
            {
              condition: 'if-not-acked',
              notifyType: 'default',
              delay: { timeAmount: 3, timeUnit: 'minutes' },
              recipient: user('u1'),
            },
          ],
        },
      ],
    });
    const lines = notes.map(({ kind, about, text }) => `${kind} ${about}: ${text}`).join('\n');
    expect(lines).toMatch(/dropped schedule S: is disabled/);
    expect(lines).toMatch(/dropped schedule No rotations: .*expand=rotation/);
    expect(lines).toMatch(/turns fortnightly/);
    expect(lines).toMatch(/dropped schedule Odd, rotation 2: cannot be read: startDate/);
    expect(lines).toMatch(/has the escalation Gone in a turn/);
    expect(lines).toMatch(/first rule waits 3 minutes after the alert; Firebell pages at once/);
  });

  it('gives back every schedule that its form can express', () => {
    const whole = layers(weeklyWindows).map((layer) => layer);
    const daily = layers(dailyWindows).map((layer) => ({
      ...layer,
      restrictions: layer.restrictions?.slice(0, 1) ?? [],
    }));
    const expressible = fc.record({
      zone: zones,
      own: fc.array(fc.oneof(whole, daily), { minLength: 1, maxLength: 3 }),
    });
    fc.assert(
      fc.property(expressible, ({ zone, own }) => {
        fc.pre(own.every((layer) => isShown(layer, zone)));
        const value = { ...schedule, timezone: zone, rotations: own.map((layer) => toOpsgenie(layer, zone)) };
        const back = translated({ schedules: [value] }).schedules[0]?.schedule ?? fail();
        const range = [new Date('2026-02-20T00:00:00Z'), new Date('2026-04-20T00:00:00Z')] as const;
        expect(timeline(back, ...range)).toEqual(timeline({ timeZone: zone, layers: own }, ...range));
      }),
      { numRuns: 150 },
    );
  });
});

function fail(): never {
  throw new Error('expected a schedule');
}

function toOpsgenie(
  { participants, rotation: { unit, count, startDate, handoffTime }, restrictions = [] }: Layer,
  zone: string,
) {
  return {
    id: crypto.randomUUID(),
    name: 'R',
    startDate: resolveWall(parseWall(startDate, handoffTime) ?? NaN, zone).toISOString(),
    type: unit === 'weeks' ? 'weekly' : 'daily',
    length: count,
    participants: participants.flat().map(user),
    ...(restrictions.length > 0 && { timeRestriction: toRestriction(restrictions) }),
  };
}

function toRestriction(windows: readonly Restriction[]) {
  const [first] = windows;
  if (first?.type === 'daily') return { type: 'time-of-day', restriction: clocks(first.start, first.end) };
  const restrictions = windows.flatMap((window) =>
    window.type === 'weekly'
      ? [
          {
            startDay: DAYS[window.startDay],
            endDay: DAYS[window.endDay],
            ...clocks(window.startTime, window.endTime),
          },
        ]
      : [],
  );
  return { type: 'weekday-and-time-of-day', restrictions };
}

const DAYS: Readonly<Record<Weekday, string>> = {
  mon: 'monday',
  tue: 'tuesday',
  wed: 'wednesday',
  thu: 'thursday',
  fri: 'friday',
  sat: 'saturday',
  sun: 'sunday',
};

function clocks(start: string, end: string) {
  const [startHour, startMin] = start.split(':').map(Number);
  const [endHour, endMin] = end.split(':').map(Number);
  return { startHour, startMin, endHour, endMin };
}
