import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dailyWindows, layers, zones, isShown } from '../../../../test/support/foreign-schedules.ts';
import { nextChange, onCallAt, timeline } from '../../../domain/schedule/on-call.ts';
import type { Layer } from '../../../domain/schedule/schedule.ts';
import { parseWall, resolveWall } from '../../../domain/schedule/zone.ts';
import { loadConfig } from '../../load.ts';
import { importExport } from '../import.ts';
import { Notes } from '../notes.ts';
import { goalert } from './translate.ts';

const NOW = new Date('2026-04-01T00:00:00Z');
const file = join(import.meta.dirname, '../../../../test/fixtures/import/goalert.json');

function translated(data: unknown) {
  const notes = new Notes();
  const foreign = goalert.translate({
    documents: [{ from: 'answer.json', value: { data } }],
    notes,
    now: NOW,
  });
  return {
    foreign,
    lines: notes
      .all()
      .map(({ kind, about, text }) => `${kind} ${about}: ${text}`)
      .join('\n'),
  };
}

function fail(): never {
  throw new Error('expected a schedule');
}

const EVERY_DAY = Array.from({ length: 7 }, () => true);
const always = [{ start: '00:00', end: '00:00', weekdayFilter: EVERY_DAY }];
const rotation = {
  id: 'r',
  name: 'R',
  start: '2026-01-05T09:00:00Z',
  timeZone: 'UTC',
  type: 'daily',
  shiftLength: 1,
  userIDs: ['u1', 'u2', 'u3'],
};
const scheduleWith = (target: object, rules: readonly object[] = always) => ({
  id: 's',
  name: 'S',
  timeZone: 'UTC',
  targets: [{ target, rules }],
});

describe('an answer of GoAlert', () => {
  it('names whatever it leaves out', () => {
    const period = { start: '2026-02-02T00:00:00Z', end: '2026-02-03T00:00:00Z' };
    const target = { id: 's', type: 'schedule' };
    const { lines } = translated({
      users: [
        {
          id: 'u1',
          name: 'Ana',
          statusUpdateContactMethodID: 'c1',
          contactMethods: [
            { id: 'c1', type: 'SMS', value: '+15550101' },
            { id: 'c2', type: 'VOICE', value: '+15550102' },
            { id: 'c3', type: 'EMAIL', value: 'ana@example.com', disabled: true },
            { id: 'c4', type: 'WEBHOOK', value: 'https://example.com' },
            { type: 'SMS' },
          ],
          notificationRules: [
            { delayMinutes: 0, contactMethodID: 'c1' },
            { delayMinutes: 5, contactMethodID: 'c3' },
          ],
        },
      ],
      rotations: [{ ...rotation, name: 'Idle' }],
      schedules: [
        {
          ...scheduleWith({ id: 'u1', type: 'user', name: 'Ana' }),
          targets: [
            { target: { id: 'u1', type: 'user', name: 'Ana' }, rules: [] },
            { target: { type: 'user', name: 'Nobody' }, rules: always },
          ],
        },
      ],
      userOverrides: [
        {
          id: 'o1',
          ...period,
          addUserID: 'u1',
          removeUserID: null,
          target: { id: 'gone', type: 'schedule' },
        },
        { id: 'o2', ...period, addUserID: null, removeUserID: null, target },
      ],
      escalationPolicies: [{ id: 'e', name: 'E', repeat: 0, steps: [] }],
    });
    expect(lines.split('\n')).toEqual(
      expect.arrayContaining([
        'dropped user: further fields: not read, with how many have them: statusUpdateContactMethodID (1).',
        'dropped user: parts that cannot be read: they have another shape: 1 of contactMethods.',
        'dropped person Ana: 1 contact methods are switched off in GoAlert.',
        'dropped person Ana: 1 notification rules for a contact method that is switched off or not in the export.',
        'changed person Ana: is told by WEBHOOK, which is not here: a direct message instead.',
        'dropped person Ana: further addresses and numbers of theirs: a person has one of each here.',
        'dropped schedule S: the user Ana has no rule with a day, and is never on call.',
        'dropped schedule S: the user Nobody has no id.',
        'dropped overrides: 1 of them are for a schedule that is not in the export.',
        'dropped overrides: 1 of them end before they begin, or add and remove nobody.',
        'dropped rotations: no schedule and no escalation policy uses Idle.',
        'changed all escalation policies: after the last repeat GoAlert stops; Firebell goes on to the last resort.',
      ]),
    );
  });

  // The shapes are those of graphql2/schema.graphql in target/goalert, with the destinations of its newer versions.
  it('names fields within things that nobody reads', () => {
    const rule = { ...always[0], mood: 'calm' };
    const { lines } = translated({
      users: [
        { id: 'u1', name: 'Ana', contactMethods: [{ id: 'c1', type: 'SMS', value: '+15550101', vip: 1 }] },
      ],
      schedules: [scheduleWith({ id: 'u1', type: 'user', name: 'Ana' }, [rule])],
      escalationPolicies: [
        {
          id: 'e',
          name: 'E',
          repeat: 0,
          steps: [{ delayMinutes: 5, targets: [{ id: 'u1', type: 'user', name: 'Ana' }], chime: 2 }],
        },
      ],
    });
    for (const path of ['contactMethods.vip (1)', 'targets.rules.mood (1)', 'steps.chime (1)'])
      expect(lines).toContain(path);
  });

  it('becomes a configuration that loads, and names whom its own shifts name', async () => {
    const { yaml, notes } = importExport(
      goalert,
      [{ from: 'all.json', value: JSON.parse(await readFile(file, 'utf8')) }],
      NOW,
    );
    const loaded = loadConfig(yaml ?? '', { env: {}, file: 'firebell.yaml' });
    if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
    const { directory } = loaded.config;
    expect(notes).toContainEqual({
      kind: 'agrees',
      about: 'schedule Primary',
      text: "the same people as the old tool's own timeline, 2026-03-30 14:00 UTC to 2026-04-04 00:00 UTC.",
    });
    // Thirteen turns after the first it is the first one's turn again, and so it was exported.
    expect(directory.schedules.get('primary')?.schedule.layers[0]).toMatchObject({
      participants: ['ana', 'ben', 'cleo'],
      restrictions: [
        { type: 'daily', start: '08:00', end: '20:00', days: ['mon', 'tue', 'wed', 'thu', 'fri'] },
      ],
    });
    expect(directory.policies.get('primary-policy')).toMatchObject({
      rounds: 4,
      steps: [
        {
          ackWithinMs: 300_000,
          targets: [
            { kind: 'schedule', id: 'primary' },
            { kind: 'webhook', id: 'hooks.example.com' },
          ],
        },
        {
          ackWithinMs: 900_000,
          targets: [
            { kind: 'person', id: 'ana' },
            { kind: 'schedule', id: 'weekly' },
            { kind: 'channel', id: 'ops' },
          ],
        },
      ],
    });
    expect(directory.people.get('ben')).toMatchObject({
      phone: '+15555550102',
      rules: { high: [{ channel: 'dm' }, { channel: 'voice' }] },
    });
    expect(directory.services.get('checkout')?.policy).toBe('primary-policy');
  });

  it.each([0, 1, 2])('keeps the turn that GoAlert remembers: user %i', (activeUserIndex) => {
    const next = '2026-04-01T09:00:00Z';
    const { foreign, lines } = translated({
      rotations: [{ ...rotation, activeUserIndex, nextHandoffTimes: [next] }],
      schedules: [scheduleWith({ id: 'r', type: 'rotation' })],
    });
    const schedule = foreign.schedules[0]?.schedule ?? fail();
    expect(onCallAt(schedule, NOW)).toEqual([rotation.userIDs[activeUserIndex]]);
    expect(nextChange(schedule, NOW)).toEqual(new Date(next));
    expect(onCallAt(schedule, new Date(next))).toEqual([rotation.userIDs[(activeUserIndex + 1) % 3]]);
    expect(lines).not.toMatch(/nextHandoffTimes/);
  });

  it('says so when the age of the export has to be guessed', () => {
    const { lines } = translated({
      rotations: [{ ...rotation, activeUserIndex: 1 }],
      schedules: [scheduleWith({ id: 'r', type: 'rotation' })],
    });
    expect(lines).toMatch(/chosen schedule S, rotation R: .*Ask for nextHandoffTimes/);
  });

  it('takes, adds and replaces people for a while', () => {
    const override = (addUserID: string, removeUserID: string, day: number) => ({
      id: String(day),
      start: `2026-04-0${day}T00:00:00Z`,
      end: `2026-04-0${day + 1}T00:00:00Z`,
      addUserID,
      removeUserID,
      target: { id: 's', type: 'schedule' },
    });
    const { foreign } = translated({
      schedules: [scheduleWith({ id: 'u1', type: 'user' })],
      userOverrides: [override('u2', '', 1), override('', 'u1', 2), override('u3', 'u1', 3)],
    });
    const on = (day: number) =>
      onCallAt(foreign.schedules[0]?.schedule ?? fail(), new Date(`2026-04-0${day}T12:00:00Z`));
    expect([1, 2, 3, 4].map(on)).toEqual([['u1', 'u2'], [], ['u3'], ['u1']]);
  });

  it('says what it cannot express or find', () => {
    const { lines } = translated({
      rotations: [
        { ...rotation, timeZone: 'Europe/London' },
        { ...rotation, id: 'r2', userIDs: [] },
      ],
      schedules: [
        {
          ...scheduleWith({ id: 'r', type: 'rotation' }, [
            { start: '09:00', end: '17:00', weekdayFilter: EVERY_DAY },
          ]),
          timeZone: 'America/New_York',
        },
        { ...scheduleWith({ id: 'gone', type: 'rotation', name: 'Gone' }), id: 's2' },
        { ...scheduleWith({ id: 'r2', type: 'rotation' }), id: 's3' },
      ],
      escalationPolicies: [
        {
          id: 'e',
          name: 'E',
          repeat: -1,
          steps: [{ delayMinutes: 1, targets: [{ id: 'x', type: 'notificationPolicy', name: 'X' }] }],
        },
      ],
    });
    expect(lines).toMatch(/hands off by the clock of Europe\/London, and its rules go by America\/New_York/);
    expect(lines).toMatch(/dropped schedule S: has the rotation Gone on call/);
    expect(lines).toMatch(/dropped schedule S, rotation R: has no users/);
    expect(lines).toMatch(/repeats for ever/);
    expect(lines).toMatch(/dropped escalation policy E: pages X \(notificationPolicy\)/);
  });

  it('gives back every schedule that its form can express', () => {
    const expressible = fc.record({
      zone: zones,
      own: fc.array(layers(dailyWindows), { minLength: 1, maxLength: 3 }),
    });
    fc.assert(
      fc.property(expressible, ({ zone, own }) => {
        fc.pre(own.every((layer) => isShown(layer, zone)));
        const rotations = own.map((layer, i) => toRotation(layer, zone, String(i)));
        const targets = own.map(({ restrictions = [] }, i) => ({
          target: { id: String(i), type: 'rotation' },
          rules:
            restrictions.length === 0
              ? always
              : restrictions.flatMap((window) =>
                  window.type === 'daily'
                    ? [{ start: window.start, end: window.end, weekdayFilter: EVERY_DAY }]
                    : [],
                ),
        }));
        const { foreign } = translated({
          rotations,
          schedules: [{ id: 's', name: 'S', timeZone: zone, targets }],
        });
        const range = [new Date('2026-02-20T00:00:00Z'), new Date('2026-04-20T00:00:00Z')] as const;
        expect(timeline(foreign.schedules[0]?.schedule ?? fail(), ...range)).toEqual(
          timeline({ timeZone: zone, layers: own }, ...range),
        );
      }),
      { numRuns: 150 },
    );
  });
});

function toRotation(
  { participants, rotation: { unit, count, startDate, handoffTime } }: Layer,
  timeZone: string,
  id: string,
) {
  const start = resolveWall(parseWall(startDate, handoffTime) ?? NaN, timeZone).toISOString();
  return {
    id,
    name: id,
    start,
    timeZone,
    type: unit === 'weeks' ? 'weekly' : 'daily',
    shiftLength: count,
    userIDs: participants.flat(),
  };
}
