import { describe, expect, it } from 'vitest';
import { nextChange, onCallAt, timeline } from './on-call.ts';
import { Schedule, type Override, type RosterChange } from './schedule.ts';

const daily = { unit: 'days', count: 1, startDate: '2026-01-05', handoffTime: '09:00' } as const;

function schedule(
  timeZone: string,
  layers: readonly object[],
  overrides: readonly Override[] = [],
): Schedule {
  return Schedule.parse({
    timeZone,
    layers: layers.map((layer) => ({ rotation: daily, ...layer })),
    overrides,
  });
}

const who = (of: Schedule, at: string) => onCallAt(of, new Date(at)).join('+') || 'nobody';

/** The shifts of a range as `start people`, instants to the minute. */
function shifts(of: Schedule, from: string, to: string): readonly string[] {
  return timeline(of, new Date(from), new Date(to)).map(
    ({ start, onCall }) =>
      `${start.toISOString().replace(/:00\.000Z$/, 'Z')} ${onCall.join('+') || 'nobody'}`,
  );
}

describe('turns', () => {
  it('belong to nobody before the first handoff, to the millisecond', () => {
    const rota = schedule('UTC', [{ participants: ['alice', 'bob'] }]);
    expect(who(rota, '2026-01-05T08:59:59.999Z')).toBe('nobody');
    expect(who(rota, '2026-01-05T09:00:00Z')).toBe('alice');
    expect(nextChange(rota, new Date('2026-01-05T08:59:59.999Z'))).toEqual(new Date('2026-01-05T09:00:00Z'));
  });

  it('count months from the start, so the 31st comes back after February', () => {
    const rotation = { unit: 'months', count: 1, startDate: '2024-01-31', handoffTime: '08:00' };
    const rota = schedule('UTC', [{ participants: ['alice', 'bob'], rotation }]);
    expect(shifts(rota, '2024-01-31T08:00Z', '2024-06-01T00:00Z').map((line) => line.slice(0, 10))).toEqual([
      '2024-01-31',
      '2024-02-29',
      '2024-03-31',
      '2024-04-30',
      '2024-05-31',
    ]);
  });

  it('keep their clock time by the hour too: one lasts 11 hours and one 13', () => {
    const rotation = { unit: 'hours', count: 12, startDate: '2026-03-28', handoffTime: '08:00' };
    const rota = schedule('Europe/Warsaw', [{ participants: ['alice', 'bob'], rotation }]);
    expect(shifts(rota, '2026-03-28T19:00Z', '2026-03-29T18:00Z')).toEqual([
      '2026-03-28T19:00Z bob',
      '2026-03-29T06:00Z alice',
    ]);
    expect(shifts(rota, '2026-10-24T18:00Z', '2026-10-25T19:00Z')).toEqual([
      '2026-10-24T18:00Z bob',
      '2026-10-25T07:00Z alice',
    ]);
  });

  it('do not begin before the first handoff, even where a later boundary comes sooner', () => {
    // Clocks jump from 01:00 to 03:00: the first handoff, written 02:30, is at 04:30, the second at 03:30.
    const rotation = { unit: 'hours', count: 1, startDate: '2024-03-31', handoffTime: '02:30' };
    const rota = schedule('Antarctica/Troll', [{ participants: ['alice', 'bob', 'carol'], rotation }]);
    expect(shifts(rota, '2024-03-31T01:00Z', '2024-03-31T03:30Z')).toEqual([
      '2024-03-31T01:00Z nobody',
      '2024-03-31T02:30Z carol',
    ]);
  });

  it('pass over the turns of a day that was skipped', () => {
    const rotation = { ...daily, startDate: '2011-12-28', handoffTime: '00:00' };
    const rota = schedule('Pacific/Apia', [{ participants: ['alice', 'bob', 'carol', 'dave'], rotation }]);
    expect(shifts(rota, '2011-12-28T10:00Z', '2012-01-01T09:00Z')).toEqual([
      '2011-12-28T10:00Z alice',
      '2011-12-29T10:00Z bob',
      '2011-12-30T10:00Z dave',
      '2011-12-31T10:00Z alice',
    ]);
  });

  it('hand over at one o’clock where midnight itself is skipped', () => {
    const rotation = { ...daily, startDate: '2026-03-27', handoffTime: '00:00' };
    const rota = schedule('Asia/Beirut', [{ participants: ['alice', 'bob', 'carol'], rotation }]);
    expect(shifts(rota, '2026-03-27T22:00Z', '2026-03-30T00:00Z')).toEqual([
      '2026-03-27T22:00Z bob',
      '2026-03-28T22:00Z carol',
      '2026-03-29T21:00Z alice',
    ]);
  });

  it('keep the seconds of a local mean time', () => {
    const rotation = { ...daily, startDate: '1850-06-01' };
    const rota = schedule('America/New_York', [{ participants: ['alice', 'bob'], rotation }]);
    expect(nextChange(rota, new Date('1850-06-01T00:00:00Z'))).toEqual(new Date('1850-06-01T13:56:02Z'));
  });
});

describe('restrictions', () => {
  const warsaw = (restriction: object) =>
    schedule('Europe/Warsaw', [{ participants: ['alice'], restrictions: [restriction] }]);
  const open = (restriction: object, from: string, to: string) =>
    timeline(warsaw(restriction), new Date(from), new Date(to))
      .filter(({ onCall }) => onCall.length > 0)
      .map(({ start, end }) => `${start.toISOString().slice(0, 16)} ${end.toISOString().slice(0, 16)}`);

  it.each([
    ['02:00', '03:00', []],
    ['02:10', '02:50', ['2026-03-29T01:10 2026-03-29T01:50']],
    ['02:30', '06:00', ['2026-03-29T01:30 2026-03-29T04:00']],
    ['00:30', '02:30', ['2026-03-28T23:30 2026-03-29T01:30']],
  ])('%s–%s on the day when clocks go forward', (start, end, expected) => {
    expect(
      open({ type: 'daily', days: ['sun'], start, end }, '2026-03-28T12:00Z', '2026-03-30T12:00Z'),
    ).toEqual(expected);
  });

  it.each([
    ['02:00', '02:30', ['2026-10-25T00:00 2026-10-25T00:30']],
    ['21:00', '02:15', ['2026-10-25T20:00 2026-10-26T01:15']],
  ])('%s–%s on the day when clocks go back', (start, end, expected) => {
    expect(
      open({ type: 'daily', days: ['sun'], start, end }, '2026-10-24T12:00Z', '2026-10-26T12:00Z'),
    ).toEqual(expected);
  });

  it('end at the first of two quarter past twos', () => {
    const night = { type: 'daily', days: ['sat'], start: '21:00', end: '02:15' };
    expect(open(night, '2026-10-24T12:00Z', '2026-10-26T12:00Z')).toEqual([
      '2026-10-24T19:00 2026-10-25T00:15',
    ]);
  });

  it('of one day when start and end are equal, and of a week when the days are equal too', () => {
    const day = { type: 'daily', days: ['mon'], start: '09:00', end: '09:00' };
    expect(open(day, '2026-01-05T00:00Z', '2026-01-11T00:00Z')).toEqual([
      '2026-01-05T08:00 2026-01-06T08:00',
    ]);
    const week = { type: 'weekly', startDay: 'mon', startTime: '23:00', endDay: 'mon', endTime: '22:59' };
    expect(open(week, '2026-01-12T21:57Z', '2026-01-12T22:01Z')).toEqual([
      '2026-01-12T21:57 2026-01-12T21:59',
      '2026-01-12T22:00 2026-01-12T22:01',
    ]);
  });

  it('never stop the turns underneath from counting', () => {
    const restrictions = [{ type: 'daily', days: ['mon', 'wed'], start: '09:00', end: '17:00' }];
    const rota = schedule('UTC', [{ participants: ['alice', 'bob', 'carol'], restrictions }]);
    expect(who(rota, '2026-01-05T12:00Z')).toBe('alice');
    expect(who(rota, '2026-01-07T12:00Z')).toBe('carol');
  });

  it('nor does a late activation: it shows whoever’s turn it is by then', () => {
    const layer = {
      participants: ['alice', 'bob'],
      activeFrom: '2026-01-06T10:00:00Z',
      activeUntil: '2026-01-06T11:00:00Z',
    };
    expect(shifts(schedule('UTC', [layer]), '2026-01-06T09:00Z', '2026-01-06T12:00Z')).toEqual([
      '2026-01-06T09:00Z nobody',
      '2026-01-06T10:00Z bob',
      '2026-01-06T11:00Z nobody',
    ]);
  });
});

describe('roster changes', () => {
  const rota = (participants: readonly unknown[], ...rosterChanges: readonly RosterChange[]) =>
    schedule('UTC', [{ participants, rosterChanges }]);

  it('replace the list until the first handoff, and the first of the new list begins', () => {
    const changed = rota(['alice', 'bob'], { at: '2026-01-05T09:00:00Z', participants: ['carol', 'alice'] });
    expect(who(changed, '2026-01-05T09:00Z')).toBe('carol');
    expect(who(changed, '2026-01-06T09:00Z')).toBe('alice');
  });

  it('leave the person on call in place, wherever they are in the new list', () => {
    const changed = rota(['alice', 'bob'], {
      at: '2026-01-06T12:00:00Z',
      participants: ['dave', 'carol', 'bob'],
    });
    expect(shifts(changed, '2026-01-06T09:00Z', '2026-01-08T09:00Z')).toEqual([
      '2026-01-06T09:00Z bob',
      '2026-01-07T09:00Z dave',
    ]);
  });

  it('hand over first, in the old list, when they fall on a handoff', () => {
    const changed = rota(['alice', 'bob'], {
      at: '2026-01-06T09:00:00Z',
      participants: ['bob', 'carol', 'alice'],
    });
    expect(who(changed, '2026-01-06T09:00Z')).toBe('bob');
    expect(who(changed, '2026-01-07T09:00Z')).toBe('carol');
  });

  it('let whoever moved up take over at once from somebody who left, wrapping around', () => {
    const left = rota(['alice', 'bob', 'carol'], {
      at: '2026-01-06T12:00:00Z',
      participants: ['alice', 'carol'],
    });
    expect(who(left, '2026-01-06T12:00Z')).toBe('carol');
    const wrapped = rota(['alice', 'bob', 'carol'], {
      at: '2026-01-07T12:00:00Z',
      participants: ['alice', 'bob'],
    });
    expect(who(wrapped, '2026-01-07T12:00Z')).toBe('alice');
  });

  it('follow one another, and compare slots as sets of people', () => {
    const changed = rota(
      ['alice', ['bob', 'carol']],
      { at: '2026-01-06T10:00:00Z', participants: ['dave', ['carol', 'bob', 'bob'], 'alice'] },
      { at: '2026-01-06T10:00:00Z', participants: [['bob', 'carol'], 'erin'] },
      { at: '2026-01-07T10:00:00Z', participants: ['frank'] },
    );
    expect(shifts(changed, '2026-01-06T09:00Z', '2026-01-08T09:00Z')).toEqual([
      '2026-01-06T09:00Z bob+carol',
      '2026-01-07T09:00Z erin',
      '2026-01-07T10:00Z frank',
    ]);
  });
});

describe('layers', () => {
  it('of the highest priority with somebody on call decide; one with nobody hides nothing', () => {
    const rota = schedule('UTC', [
      { participants: ['alice'] },
      { participants: ['bob', []], priority: 1 },
      {
        participants: ['carol'],
        priority: 1,
        restrictions: [{ type: 'daily', start: '12:00', end: '13:00' }],
      },
    ]);
    expect(who(rota, '2026-01-05T12:30Z')).toBe('bob+carol');
    expect(who(rota, '2026-01-06T11:00Z')).toBe('alice');
    expect(who(rota, '2026-01-06T12:30Z')).toBe('carol');
  });
});

describe('overrides', () => {
  const during = { start: '2026-01-05T10:00:00Z', end: '2026-01-05T11:00:00Z' };
  const onCall = (...overrides: readonly Override[]) =>
    who(schedule('UTC', [{ participants: [['alice', 'bob']] }], overrides), '2026-01-05T10:30Z');

  it('substitute from the base set at once: they do not chain, and two people can swap', () => {
    const swap = [
      { type: 'substitute', ...during, user: 'alice', with: 'bob' },
      { type: 'substitute', ...during, user: 'bob', with: 'alice' },
    ] as const;
    expect(onCall(...swap)).toBe('alice+bob');
    expect(onCall(swap[0], { type: 'substitute', ...during, user: 'bob', with: 'carol' })).toBe('bob+carol');
    expect(onCall({ type: 'substitute', ...during, user: 'carol', with: 'dave' })).toBe('alice+bob');
  });

  it('let the last substitute of a person win, and null takes them off', () => {
    const carol: Override = { type: 'substitute', ...during, user: 'alice', with: 'carol' };
    const off: Override = { type: 'substitute', ...during, user: 'alice', with: null };
    expect(onCall(carol, off)).toBe('bob');
    expect(onCall(off, carol)).toBe('bob+carol');
  });

  it('add people whom no substitute touches', () => {
    const added: Override = { type: 'add', ...during, user: 'erin' };
    expect(onCall(added, { type: 'substitute', ...during, user: 'erin', with: null })).toBe('alice+bob+erin');
  });

  it('replace everything with the last one, even with nobody', () => {
    const erin: Override = { type: 'replaceAll', ...during, users: ['erin', 'erin'] };
    const nobody: Override = { type: 'replaceAll', ...during, users: [] };
    expect(onCall(erin, { type: 'add', ...during, user: 'frank' })).toBe('erin');
    expect(onCall(erin, nobody)).toBe('nobody');
  });

  it('hold from their start to just before their end', () => {
    const rota = schedule('UTC', [{ participants: ['alice'] }], [{ type: 'add', ...during, user: 'Zoe' }]);
    expect(shifts(rota, '2026-01-05T09:30Z', '2026-01-05T12:00Z')).toEqual([
      '2026-01-05T09:30Z alice',
      '2026-01-05T10:00Z Zoe+alice',
      '2026-01-05T11:00Z alice',
    ]);
  });
});

describe('the next change', () => {
  const at = new Date('2026-01-05T09:00:00.500Z');
  const later = (ms: number) => new Date(at.getTime() + ms).toISOString();
  const days400 = 400 * 86_400_000;
  const withAddition = (start: string) =>
    schedule(
      'UTC',
      [{ participants: ['alice', ['alice', 'alice']] }],
      [{ type: 'add', start, end: '2030-01-01T00:00:00Z', user: 'bob' }],
    );

  it('is not a handoff to the same people', () => {
    expect(nextChange(schedule('UTC', [{ participants: ['alice', ['alice']] }]), at)).toBeNull();
  });

  it('is found up to exactly 400 days ahead, and not beyond', () => {
    expect(nextChange(withAddition(later(days400)), at)).toEqual(new Date(later(days400)));
    expect(nextChange(withAddition(later(days400 + 1)), at)).toBeNull();
  });

  it('is never the instant asked about', () => {
    expect(nextChange(withAddition(later(0)), at)).toBeNull();
  });

  it('is never, for a schedule without layers', () => {
    expect(nextChange(schedule('UTC', []), at)).toBeNull();
    expect(timeline(schedule('UTC', []), at, at)).toEqual([]);
  });
});
