import { describe, expect, it } from 'vitest';
import {
  aDirectory,
  aPerson,
  aPolicy,
  aStep,
  byId,
  dailyRotation,
  toPerson,
} from '../../../../test/support/directory.ts';
import { plainLine } from '../../../chat/views/plain.ts';
import type { Directory, NamedSchedule, Step } from '../../directory.ts';
import type { Override, Schedule } from '../../schedule/schedule.ts';
import { coverageOf } from './coverage.ts';
import type { Coverage } from './coverage.ts';
import { scopeOf } from './scope.ts';
import { tellCoverage } from './told.ts';

/** Ninety days from a Monday in Berlin, with the change to summer time in them. */
const WINDOW = { from: new Date('2026-03-01T23:00:00Z'), to: new Date('2026-05-30T22:00:00Z') };
const HOUR = 3_600_000;

function named(id: string, schedule: Schedule): NamedSchedule {
  return { id, name: id, schedule };
}

function house(
  schedules: readonly NamedSchedule[],
  changes: Partial<Directory> = {},
  steps?: readonly Step[],
): Directory {
  const targets = schedules.map(({ id }) => aStep([{ kind: 'schedule', id }]));
  return aDirectory({
    people: byId(['ana', 'ben', 'cleo', 'dev'].map((id) => aPerson(id))),
    schedules: byId(schedules),
    policies: byId([aPolicy(steps ?? [...targets, aStep([toPerson('cleo'), toPerson('dev')])])]),
    ...changes,
  });
}

function reasons(report: Coverage, directory: Directory): readonly string[] {
  return tellCoverage(report, { directory, zone: 'Europe/Berlin' }).deductions.map((line) =>
    plainLine(line, { directory, zone: 'Europe/Berlin' }),
  );
}

const noOne = (start: string, end: string): Override => ({ type: 'replaceAll', users: [], start, end });

describe('the score', () => {
  it('is 100 when somebody can always be reached and nobody is alone', () => {
    const report = coverageOf(house([named('primary', dailyRotation('ana', 'ben'))]), WINDOW);

    expect(report).toMatchObject({ score: 100, deductions: [], unreachable: [], gone: [] });
  });

  it('loses points for a gap, in a sentence that names the place', () => {
    const schedule = {
      ...dailyRotation('ana', 'ben'),
      overrides: [noOne('2026-03-08T01:00:00Z', '2026-03-08T03:00:00Z')],
    };
    const directory = house([named('primary', schedule)]);
    const report = coverageOf(directory, WINDOW);

    expect(report.score).toBe(96);
    expect(reasons(report, directory)).toEqual(['-4 primary has nobody on call for 2 h on Sun 8 Mar 02:00.']);
    expect(report.schedules[0]?.gaps).toEqual([
      {
        start: new Date('2026-03-08T01:00:00Z'),
        end: new Date('2026-03-08T03:00:00Z'),
        cause: 'override',
        isPlanned: false,
        unplannedMs: 2 * HOUR,
      },
    ]);
  });

  it('loses more where no step finds anybody, and where one person is all there is', () => {
    const primary = {
      ...dailyRotation('ana', 'ben'),
      overrides: [noOne('2026-03-08T00:00:00Z', '2026-03-09T00:00:00Z')],
    };
    const directory = house([named('primary', primary)], {}, [aStep([{ kind: 'schedule', id: 'primary' }])]);

    expect(reasons(coverageOf(directory, WINDOW), directory)).toEqual([
      '-10 All steps of the policy default together find one person at most for 89 d 23 h in all, first on Mon 2 Mar 00:00.',
      '-8 No step of the policy default finds anybody for 1 d in all, first on Sun 8 Mar 01:00: only the last resort is left.',
      '-4 primary has nobody on call for 1 d on Sun 8 Mar 01:00.',
    ]);
  });

  it('names a schedule with one person, one that ends, and names that stand for nobody', () => {
    const rotation = dailyRotation('ana');
    const ending: Schedule = {
      ...dailyRotation('ana', 'zoe'),
      layers: dailyRotation('ana', 'zoe').layers.map((layer) => ({
        ...layer,
        activeUntil: '2026-04-01T00:00:00Z',
      })),
    };
    const directory = house([named('always', rotation), named('ending', ending)]);

    expect(reasons(coverageOf(directory, WINDOW), directory)).toEqual([
      '-15 ending has nobody on call for 59 d 22 h on Wed 1 Apr 02:00.',
      '-4 Ana is the only one who is ever on call in always.',
      '-3 zoe is not there any more and is still named: ending.',
      '-2 ending ends on Wed 1 Apr 02:00, and nothing follows.',
    ]);
  });

  it('names people without a working way to be paged, and does not count on them', () => {
    const people = byId([
      aPerson('ana', { rules: { high: [], low: [] } }),
      aPerson('ben'),
      aPerson('cleo'),
      aPerson('dev'),
    ]);
    const directory = house([named('primary', dailyRotation('ana', 'ben'))], { people });
    const reach = ({ name }: { readonly name: string }) =>
      name === 'Ben' ? 'Ben has no address for dm' : null;

    const report = coverageOf(directory, WINDOW, { reach });

    expect(reasons(report, directory)).toEqual([
      '-5 Ana has no working way to be paged: no rule says how.',
      '-5 Ben has no working way to be paged: Ben has no address for dm.',
    ]);
    expect(report.policies[0]?.alone).toEqual([]);
  });
});

describe('gaps', () => {
  const officeHours = (start: string, end: string) => ({ type: 'daily' as const, start, end });

  it('outside of the hours that a schedule keeps are meant to be', () => {
    const [layer] = dailyRotation('ana', 'ben').layers;
    if (!layer) throw new Error('expected a layer');
    const office = {
      timeZone: 'Europe/Berlin',
      layers: [{ ...layer, restrictions: [officeHours('09:00', '17:00')] }],
    };
    const directory = house([named('office', office)]);
    const report = coverageOf(directory, WINDOW);

    expect(report.score).toBe(100);
    expect(report.schedules[0]?.gaps).toHaveLength(91);
    expect(report.schedules[0]?.gaps.every(({ isPlanned, cause }) => isPlanned && cause === 'hours')).toBe(
      true,
    );
  });

  it('between two windows that do not quite meet are not', () => {
    const [layer] = dailyRotation('ana', 'ben').layers;
    if (!layer) throw new Error('expected a layer');
    const restrictions = [officeHours('09:00', '17:00'), officeHours('17:30', '09:00')];
    const directory = house([
      named('around', { timeZone: 'Europe/Berlin', layers: [{ ...layer, restrictions }] }),
    ]);

    expect(reasons(coverageOf(directory, WINDOW), directory)).toEqual([
      '-4 around has nobody on call 90 times, 1 d 21 h in all, first on Mon 2 Mar 17:00.',
    ]);
  });

  it.each([
    ['no_layers', { timeZone: 'UTC', layers: [] }],
    [
      'empty_turn',
      {
        timeZone: 'UTC',
        layers: [{ participants: [[], 'ana'], rotation: dailyRotation('ana').layers[0]!.rotation }],
      },
    ],
    [
      'not_started',
      {
        timeZone: 'UTC',
        layers: [{ ...dailyRotation('ana').layers[0]!, activeFrom: '2026-04-01T00:00:00Z' }],
      },
    ],
    [
      'between_layers',
      {
        timeZone: 'UTC',
        layers: [
          { ...dailyRotation('ana').layers[0]!, activeUntil: '2026-03-10T00:00:00Z' },
          { ...dailyRotation('ben').layers[0]!, activeFrom: '2026-03-12T00:00:00Z' },
        ],
      },
    ],
  ] as const)('say why: %s', (cause, schedule) => {
    const { schedules } = coverageOf(house([named('one', schedule)]), WINDOW);
    expect(schedules[0]?.gaps[0]?.cause).toBe(cause);
  });
});

describe('the load', () => {
  it('counts nights and weekends in each person’s own zone', () => {
    const people = byId([
      aPerson('ana', { zone: 'America/Los_Angeles' }),
      aPerson('ben', { zone: 'Asia/Kolkata' }),
    ]);
    const rotation = { unit: 'hours' as const, count: 12, startDate: '2026-03-02', handoffTime: '06:00' };
    const followTheSun = { timeZone: 'UTC', layers: [{ participants: ['ana', 'ben'], rotation }] };
    const week = { from: new Date('2026-03-02T06:00:00Z'), to: new Date('2026-03-09T06:00:00Z') };

    const { load } = coverageOf(house([named('sun', followTheSun)], { people }), week);

    // 06:00 to 18:00 UTC is 22:00 to 10:00 in Los Angeles; 18:00 to 06:00 is 23:30 to 11:30 in Kolkata.
    expect(load).toEqual([
      { person: 'ana', ms: 84 * HOUR, nights: 7, weekends: 1, holidays: 0 },
      { person: 'ben', ms: 84 * HOUR, nights: 7, weekends: 1, holidays: 0 },
    ]);
  });

  it('counts the holidays of each person’s own calendar, in their zone, from three hours on', () => {
    const days = (...dates: readonly string[]) => new Map(dates.map((date) => [date, 'Feast']));
    const calendars = byId([
      { id: 'india', name: 'India', days: days('2026-03-03', '2026-03-04') },
      { id: 'us', name: 'US', days: days('2026-03-03') },
    ]);
    const people = byId([
      aPerson('ana', { zone: 'America/Los_Angeles', holidays: ['us'] }),
      aPerson('ben', { zone: 'Asia/Kolkata', holidays: ['india'] }),
    ]);
    const directory = house([named('one', dailyRotation('ana', 'ben'))], { people });
    const holidays = { calendars, byHand: new Map() };
    const twoDays = { from: new Date('2026-03-03T00:00:00Z'), to: new Date('2026-03-05T00:00:00Z') };

    const { load } = coverageOf({ ...directory, holidays }, twoDays);

    // Ben's day from 00:00 UTC is 05:30 to 05:30 in India, Ana's next one 16:00 to 16:00 in Los Angeles.
    expect(load.map(({ person, holidays: count }) => [person, count])).toEqual([
      ['ben', 2],
      ['ana', 1],
    ]);
  });

  it('counts somebody who is on call twice at once a single time, and says so', () => {
    const directory = house([
      named('primary', dailyRotation('ana', 'ben')),
      named('secondary', dailyRotation('ana', 'cleo')),
    ]);
    const { load, doubleDuty } = coverageOf(directory, WINDOW);

    expect(doubleDuty).toEqual([
      {
        person: 'ana',
        schedules: ['primary', 'secondary'],
        ms: load[0]?.ms,
        first: new Date('2026-03-02T00:00:00Z'),
      },
    ]);
  });

  it('names rests under eleven hours, unless eleven in a row follow within the day', () => {
    const shift = (person: string, handoffTime: string, start: string, end: string) => ({
      participants: [person],
      rotation: { unit: 'days' as const, count: 1, startDate: '2026-01-01', handoffTime },
      restrictions: [{ type: 'daily' as const, start, end }],
    });
    const split = {
      timeZone: 'UTC',
      layers: [shift('ana', '00:00', '09:00', '12:00'), shift('ana', '00:00', '13:00', '17:00')],
    };
    const late = {
      timeZone: 'UTC',
      layers: [shift('ben', '00:00', '06:00', '14:00'), shift('ben', '00:00', '20:00', '02:00')],
    };
    const day = { from: new Date('2026-03-02T00:00:00Z'), to: new Date('2026-03-04T00:00:00Z') };

    const { shortRests } = coverageOf(house([named('split', split), named('late', late)]), day);

    expect(new Set(shortRests.map(({ person }) => person))).toEqual(new Set(['ben']));
    expect(shortRests).toContainEqual({
      person: 'ben',
      from: new Date('2026-03-02T14:00:00Z'),
      to: new Date('2026-03-02T20:00:00Z'),
    });
  });
});

it('tells many short rests of one person in one line', () => {
  const rotation = { unit: 'hours' as const, count: 6, startDate: '2026-03-02', handoffTime: '00:00' };
  const directory = house([
    named('six', { timeZone: 'UTC', layers: [{ participants: ['ana', 'ben'], rotation }] }),
  ]);
  const days = { from: new Date('2026-03-02T00:00:00Z'), to: new Date('2026-03-09T00:00:00Z') };
  const reader = { directory, zone: 'UTC' };
  const told = tellCoverage(coverageOf(directory, days), reader).shortRests;
  expect(told.map((line) => plainLine(line, reader))).toEqual([
    expect.stringMatching(
      /^Ana.* rests less than 11 hours 1\d times, the shortest for 6 h, first Mon 2 Mar 06:00 to 12:00 \(6 h\)\.$/,
    ),
    expect.stringMatching(/^Ben.* rests less than 11 hours 1\d times, the shortest for 6 h, first /),
  ]);
});

describe('a part of the house', () => {
  it('is a schedule with the policies that page it, or what a team’s services page', () => {
    const [checkout] = aDirectory().services.values();
    if (!checkout) throw new Error('expected a service');
    const directory = house([named('primary', dailyRotation('ana')), named('other', dailyRotation('ben'))], {
      teams: byId([{ id: 'shop', name: 'Shop', members: ['ana'], schedule: 'primary' }]),
      services: byId([{ ...checkout, owner: 'shop', policy: 'default' }]),
      policies: byId([
        aPolicy([aStep([{ kind: 'team', id: 'shop' }])]),
        aPolicy([aStep([toPerson('ben')])], { id: 'ops' }),
      ]),
    });

    expect(scopeOf({ kind: 'schedule', id: 'primary' }, directory)).toEqual({
      schedules: new Set(['primary']),
      policies: new Set(['default']),
    });
    const scope = scopeOf({ kind: 'team', id: 'shop' }, directory);
    expect(scope).toEqual({ schedules: new Set(['primary']), policies: new Set(['default']) });
    expect(coverageOf(directory, WINDOW, { scope }).schedules.map(({ schedule }) => schedule)).toEqual([
      'primary',
    ]);
  });
});
