import { describe, expect, it } from 'vitest';
import {
  aDirectory,
  aPerson,
  aPolicy,
  aStep,
  byId,
  dailyRotation,
} from '../../../../test/support/directory.ts';
import type { Directory } from '../../directory.ts';
import type { Override } from '../../schedule/schedule.ts';
import { ownersOf } from './owners.ts';
import { mayBeTold, problemsAhead, remember, unknownTo } from './problems.ts';
import type { Problem } from './problems.ts';

const NOW = new Date('2026-03-02T10:00:00Z');
const HOUR = 3_600_000;
const AHEAD = { aheadMs: 14 * 24 * HOUR, reach: () => null };

function house(overrides: readonly Override[], changes: Partial<Directory> = {}): Directory {
  const primary = { id: 'primary', name: 'Primary', schedule: { ...dailyRotation('ana', 'ben'), overrides } };
  return aDirectory({
    people: byId([aPerson('ana'), aPerson('ben'), aPerson('cleo'), aPerson('dev', { access: 'admin' })]),
    schedules: byId([primary]),
    policies: byId([aPolicy([aStep([{ kind: 'schedule', id: 'primary' }])])]),
    ...changes,
  });
}

const hole = (start: string, end: string): Override => ({ type: 'replaceAll', users: [], start, end });
const SOON = hole('2026-03-10T00:00:00Z', '2026-03-10T06:00:00Z');

function told(problems: readonly Problem[], goneAt: Date | null = null) {
  return problems.map(({ owner, subject, start, end }) => ({ owner, subject, start, end, goneAt }));
}

describe('problems ahead', () => {
  it('are the gaps that begin in time, for whoever answers for the schedule', () => {
    const problems = problemsAhead(
      house([SOON, hole('2026-04-20T00:00:00Z', '2026-04-21T00:00:00Z')]),
      NOW,
      AHEAD,
    );

    expect(problems).toMatchObject([
      { owner: 'dev', subject: 'gap primary', start: new Date(SOON.start), end: new Date(SOON.end) },
    ]);
  });

  it('are people who cannot be reached and names that stand for nobody, for the admins', () => {
    const directory = house([], {
      people: byId([aPerson('ana', { rules: { high: [], low: [] } }), aPerson('dev', { access: 'admin' })]),
    });

    expect(problemsAhead(directory, NOW, AHEAD).map(({ owner, subject }) => `${owner}: ${subject}`)).toEqual([
      'dev: unreachable ana',
      'dev: gone ben',
    ]);
  });

  it('belong to the owner of the schedule, else its team, else the teams of the services it is paged for, else the admins', () => {
    const [checkout] = aDirectory().services.values();
    if (!checkout) throw new Error('expected a service');
    const shop = { id: 'shop', name: 'Shop', members: ['ana', 'cleo'], schedule: null };
    const plain = house([]);
    const services = byId([{ ...checkout, owner: 'shop' }]);
    const ofService = { ...plain, services, teams: byId([shop]) };
    const ofTeam = {
      ...ofService,
      teams: byId([shop, { id: 'ops', name: 'Ops', members: ['ben', 'zoe'], schedule: 'primary' }]),
    };
    const [primary] = plain.schedules.values();
    if (!primary) throw new Error('expected a schedule');
    const owned = { ...ofTeam, schedules: byId([{ ...primary, owner: 'cleo' }]) };

    expect([plain, ofService, ofTeam, owned].map((one) => ownersOf('primary', one))).toEqual([
      ['dev'],
      ['ana', 'cleo'],
      ['ben'],
      ['cleo'],
    ]);
  });
});

describe('what is told', () => {
  const problems = problemsAhead(house([SOON]), NOW, AHEAD);

  it('is told once, also while it shrinks or is looked at later', () => {
    const shrunk = problemsAhead(house([hole('2026-03-10T02:00:00Z', '2026-03-10T06:00:00Z')]), NOW, AHEAD);

    expect(unknownTo([], problems, NOW)).toEqual(problems);
    expect(unknownTo(told(problems), problems, NOW)).toEqual([]);
    expect(unknownTo(told(problems), shrunk, NOW)).toEqual([]);
  });

  it('is told again when it grows by an hour or more, or is another one', () => {
    const grown = problemsAhead(house([hole('2026-03-10T00:00:00Z', '2026-03-10T08:00:00Z')]), NOW, AHEAD);
    const other = problemsAhead(house([hole('2026-03-12T00:00:00Z', '2026-03-12T00:30:00Z')]), NOW, AHEAD);

    expect(unknownTo(told(problems), grown, NOW)).toHaveLength(1);
    expect(unknownTo(told(problems), other, NOW)).toHaveLength(1);
  });

  it('is told again when it comes back a day after it was solved, and not when it only flickers', () => {
    const flickering = told(problems, new Date(NOW.getTime() - 2 * HOUR));
    const solved = told(problems, new Date(NOW.getTime() - 25 * HOUR));

    expect(unknownTo(flickering, problems, NOW)).toEqual([]);
    expect(remember(flickering, { problems, due: [], now: NOW })).toEqual(told(problems));
    expect(unknownTo(solved, problems, NOW)).toEqual(problems);
    expect(remember(solved, { problems, due: [], now: NOW })).toEqual(solved);
    expect(remember(solved, { problems, due: problems, now: NOW })).toEqual(told(problems));
    expect(remember(told(problems), { problems: [], due: [], now: NOW })).toEqual(told(problems, NOW));
  });

  it.each([
    ['at work', '2026-03-02T10:00:00Z', true],
    ['in the evening', '2026-03-02T19:00:00Z', false],
    ['on Saturday', '2026-03-07T10:00:00Z', false],
    ['in the night before it begins', '2026-03-09T23:00:00Z', true],
  ])('is said %s: %s -> %s', (_, now, expected) => {
    const problem = { start: new Date(SOON.start) };
    expect(mayBeTold(aPerson('ana'), problem, new Date(now), aDirectory())).toBe(expected);
  });

  it('is not said on a holiday of its owner', () => {
    const holidays = {
      calendars: new Map(),
      byHand: new Map([['everybody', new Map([['2026-03-02', 'Feast']])]]),
    };
    const [problem, now] = [{ start: new Date(SOON.start) }, new Date('2026-03-02T10:00:00Z')];
    expect(mayBeTold(aPerson('ana'), problem, now, aDirectory({ holidays }))).toBe(false);
  });
});
