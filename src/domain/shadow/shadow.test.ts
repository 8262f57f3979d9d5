import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../config/load.ts';
import type { LoggedPage } from './page-log.ts';
import { compareLog } from './shadow.ts';

const { directory } = load(`
people:
  ana: { name: Ana Silva, email: ana@example.com }
  ben: { name: Ben }
  cleo: { name: Cleo }
  dev: { name: Dev }
schedules:
  primary:
    time_zone: Europe/London
    layers:
      - participants: [ana, ben]
        rotation: { every: 1 day, start_date: 2026-01-01, hand_off: "09:00" }
  days:
    time_zone: UTC
    layers:
      - participants: [cleo]
        rotation: { every: 1 day, start_date: 2026-01-01, hand_off: "00:00" }
        restrictions: [{ type: daily, start: "08:00", end: "18:00" }]
policies:
  main:
    steps:
      - targets: [{ schedule: primary }]
        ack_within: 5m
      - targets: [{ person: cleo }]
        ack_within: 5m
last_resort: { targets: [{ person: dev }] }
services:
  web-shop: { name: Web shop, policy: main }
`);

function load(text: string) {
  const loaded = loadConfig(text, { env: {}, file: 'firebell.yaml' });
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
  return loaded.config;
}

/** On 1 January 2026 it is Ana from 09:00, on the 2nd Ben, on the 3rd Ana. */
function page(at: string, person: string, more: Partial<LoggedPage> = {}): LoggedPage {
  return {
    at: new Date(at),
    since: new Date(at),
    target: { kind: 'schedule', name: 'primary' },
    person,
    incident: null,
    ...more,
  };
}

function compare(...pages: readonly LoggedPage[]) {
  return compareLog(pages, directory, null);
}

describe('a shadow run', () => {
  it('agrees when both page the same people, however the log calls them', () => {
    const run = compare(
      page('2026-01-01T10:00:00Z', 'ANA@example.com'),
      page('2026-01-02T10:00:00Z', 'ben'),
      page('2026-01-03T10:00:00Z', 'Ana Silva'),
    );
    expect(run).toMatchObject({ compared: 3, agreeing: 3, agreement: 1, differences: [] });
  });

  it('finds the service by any spelling, and goes by the step that is in force', () => {
    const shop = {
      target: { kind: 'service', name: 'WEB_SHOP (prod)' },
      since: new Date('2026-01-01T10:00:00Z'),
      incident: '812',
    } as const;
    const run = compare(
      page('2026-01-01T10:00:05Z', 'ana', shop),
      page('2026-01-01T10:05:10Z', 'cleo', shop),
      page('2026-01-01T10:10:20Z', 'dev', shop),
    );
    expect(run).toMatchObject({ compared: 3, agreeing: 3 });
  });

  it('takes further messages to a person for an incident as reminders', () => {
    const incident = { incident: '1' };
    expect(
      compare(page('2026-01-01T10:00:00Z', 'ana', incident), page('2026-01-01T10:03:00Z', 'ana', incident)),
    ).toMatchObject({ compared: 1, agreeing: 1 });
  });

  it('compares whole sets: somebody too many or too few is a difference', () => {
    const run = compare(page('2026-01-01T10:00:00Z', 'ana'), page('2026-01-01T10:00:01Z', 'cleo'));
    expect(run).toMatchObject({
      compared: 1,
      agreeing: 0,
      differences: [{ theirs: ['ana', 'cleo'], ours: ['ana'] }],
    });
  });

  it.each([
    [
      'a person nobody here is',
      page('2026-01-01T10:00:00Z', 'zoe@example.com'),
      'unknown_person',
      /zoe@example.com is nobody in this configuration/,
    ],
    [
      'a gap',
      page('2026-01-01T20:00:00Z', 'cleo', { target: { kind: 'schedule', name: 'days' } }),
      'gap',
      /nobody is on call here/,
    ],
    [
      'an hour between the hand-offs',
      page('2026-01-02T08:30:00Z', 'ben'),
      'hand_off',
      /Ben comes on call 30 min later in primary/,
    ],
    ['an override', page('2026-01-01T20:00:00Z', 'cleo'), 'override', /Cleo is in no rotation of primary/],
    [
      'a swap',
      page('2026-01-01T20:00:00Z', 'ben'),
      'override',
      /Ben is in a rotation of primary at other times/,
    ],
    [
      'another step',
      page('2026-01-01T10:00:00Z', 'cleo', { target: { kind: 'policy', name: 'Main' } }),
      'other_step',
      /Cleo would be paged too, in another step, at 2026-01-01 10:05 UTC/,
    ],
  ])('explains %s', (_, logged, reason, why) => {
    const [difference] = compare(logged).differences;
    expect(difference).toMatchObject({ reason });
    expect(difference?.why).toMatch(why);
  });

  it('blames the zone when most moments are hours away, and the order when they are days away', () => {
    const shifted = ['2026-01-02T04:00:00Z', '2026-01-04T04:00:00Z', '2026-01-06T04:00:00Z'].map((at) =>
      page(at, 'ben'),
    );
    expect(new Set(compare(...shifted).differences.map(({ reason }) => reason))).toEqual(new Set(['zone']));
    const long = load(
      'people: { a: { name: A }, b: { name: B } }\nschedules: { s: { time_zone: UTC, layers: [{ participants: [a, b], rotation: { start_date: 2026-01-05, hand_off: "00:00" } }] } }\npolicies: { p: { steps: [{ targets: [{ schedule: s }] }] } }\nlast_resort: { targets: [{ person: a }] }\n',
    );
    const swapped = ['2026-01-07T12:00:00Z', '2026-01-21T12:00:00Z', '2026-02-04T12:00:00Z'].map((at) =>
      page(at, 'b', { target: { kind: 'schedule', name: 's' } }),
    );
    const run = compareLog(swapped, long.directory, null);
    expect(new Set(run.differences.map(({ reason }) => reason))).toEqual(new Set(['rotation']));
  });

  it('says what it does not know, and compares it only when told what it was about', () => {
    const nameless = page('2026-01-01T10:00:00Z', 'ana', { target: { kind: 'service', name: 'Gone' } });
    expect(compare(nameless)).toMatchObject({
      compared: 0,
      agreement: null,
      unknownTargets: new Map([['service Gone', 1]]),
    });
    expect(compareLog([nameless], directory, { kind: 'schedule', name: 'primary' })).toMatchObject({
      compared: 1,
      agreeing: 1,
    });
  });

  it('of nothing is nothing', () => {
    expect(compare()).toMatchObject({ from: null, compared: 0, agreement: null });
  });
});
