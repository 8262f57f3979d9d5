import { describe, expect, it } from 'vitest';
import {
  aDirectory,
  aPerson,
  aPolicy,
  aStep,
  byId,
  dailyRotation,
  minutes,
  toPerson,
} from '../../../test/support/directory.ts';
import type { Directory } from '../directory.ts';
import { compareDirectories } from './compare.ts';
import { Comparison } from './comparison.ts';

const now = new Date('2026-10-20T08:00:00Z');
const period = { now, from: now, to: new Date('2026-11-20T08:00:00Z') };

const compare = (before: Directory, after: Directory) => compareDirectories(before, after, period);

describe('what another configuration changes', () => {
  it('is nothing when it is the same', () => {
    expect(compare(aDirectory(), aDirectory())).toMatchObject({ schedules: [], facts: [], stillNamed: [] });
  });

  it('names who comes, who goes, and who is reached otherwise', () => {
    const rules = { high: [{ channel: 'email', afterMs: minutes(2) }], low: [] };
    const after = aDirectory({
      people: byId([aPerson('ana', { rules }), aPerson('ben'), aPerson('dev'), aPerson('eve')]),
    });
    expect(compare(aDirectory(), after).facts).toEqual([
      {
        subject: 'person ana',
        kind: 'changed',
        details: [
          { what: 'pages of high urgency', before: 'dm', after: 'email after 2 min' },
          { what: 'pages of low urgency', before: 'dm', after: 'nothing' },
        ],
      },
      { subject: 'person eve', kind: 'added', details: [] },
      { subject: 'person cleo', kind: 'removed', details: [] },
    ]);
  });

  it('names the holidays of the house and of people, and the days that they are', () => {
    const berlin = (...days: readonly (readonly [string, string])[]) => ({
      holidays: {
        calendars: byId([{ id: 'berlin', name: 'Berlin', days: new Map(days) }]),
        byHand: new Map(),
      },
    });
    const before = aDirectory(berlin(['2026-12-25', 'Christmas Day']));
    const after = aDirectory({
      ...berlin(['2026-12-25', 'Christmas Day'], ['2026-12-26', 'Boxing Day']),
      people: byId([
        aPerson('ana', { holidays: ['berlin'] }),
        aPerson('ben'),
        aPerson('cleo'),
        aPerson('dev'),
      ]),
      settings: { ...before.settings, holidays: ['berlin'] },
    });
    expect(compare(before, after).facts).toEqual([
      {
        subject: 'person ana',
        kind: 'changed',
        details: [{ what: 'holidays', before: null, after: 'berlin' }],
      },
      {
        subject: 'holidays berlin',
        kind: 'changed',
        details: [{ what: '2026-12-26', before: null, after: 'Boxing Day' }],
      },
      {
        subject: 'house rules',
        kind: 'changed',
        details: [{ what: 'holidays', before: null, after: 'berlin' }],
      },
    ]);
  });

  it('tells owners of services, steps of policies, routes and the last resort', () => {
    const base = aDirectory();
    const [checkout] = [...base.services.values()];
    const [route] = base.routes;
    if (!checkout || !route) throw new Error('expected a service and a route');
    const after = aDirectory({
      services: byId([{ ...checkout, owner: 'shop' }]),
      policies: byId([aPolicy([aStep([toPerson('ben')])], { rounds: 2 })]),
      routes: [{ ...route, severity: 'sev1' }],
      lastResort: { targets: [toPerson('dev')], everyMs: minutes(10) },
    });
    expect(compare(base, after).facts).toEqual([
      {
        subject: 'service checkout',
        kind: 'changed',
        details: [{ what: 'owner', before: 'nobody', after: 'team shop' }],
      },
      {
        subject: 'policy default',
        kind: 'changed',
        details: [
          {
            what: 'step 1',
            before: 'person ana, 5 min to acknowledge',
            after: 'person ben, 5 min to acknowledge',
          },
          { what: 'step 2', before: 'person ben, 5 min to acknowledge', after: null },
          { what: 'rounds', before: '1', after: '2' },
        ],
      },
      {
        subject: 'routes',
        kind: 'changed',
        details: [
          { what: '1', before: '"default", all alerts', after: '"default", all alerts, severity sev1' },
        ],
      },
      {
        subject: 'house rules',
        kind: 'changed',
        details: [
          { what: 'the last resort', before: 'person cleo, every 10 min', after: 'person dev, every 10 min' },
        ],
      },
    ]);
  });

  it('finds those who are gone and still named, by an override that is not over too', () => {
    const override = (user: string, end: string) =>
      ({ type: 'add', start: '2026-10-01T00:00:00Z', end, user }) as const;
    const overrides = [override('gus', '2026-10-25T00:00:00Z'), override('old', '2026-10-02T00:00:00Z')];
    const schedule = { ...dailyRotation('ana', 'zoe'), overrides };
    const after = aDirectory({
      schedules: byId([{ id: 'main', name: 'Main', schedule }]),
      teams: byId([{ id: 'shop', name: 'Shop', members: ['ana', 'gone'], schedule: null }]),
    });
    expect(compare(aDirectory(), after).stillNamed).toEqual([
      { person: 'zoe', where: 'the rotation of schedule main' },
      {
        person: 'gus',
        where: 'an override of schedule main from 2026-10-01T00:00:00Z to 2026-10-25T00:00:00Z',
      },
      { person: 'gone', where: 'team shop' },
    ]);
  });

  it('survives JSON unchanged', () => {
    const withSchedule = (...people: string[]) =>
      aDirectory({ schedules: byId([{ id: 'main', name: 'Main', schedule: dailyRotation(...people) }]) });
    const comparison = compare(withSchedule('ana', 'ben'), withSchedule('ben', 'ana', 'dev'));
    expect(comparison.schedules).toHaveLength(1);
    expect(Comparison.parse(JSON.parse(JSON.stringify(comparison)))).toEqual(comparison);
  });
});
