import { describe, expect, it } from 'vitest';
import { knownZone, statedInstants, statedSpan } from './clock-words.ts';

const POSTED = Date.parse('2025-06-17T10:30:00Z');
const read = (text: string, zone = 'Europe/Berlin', posted = POSTED) =>
  statedInstants(text, posted, zone).map(({ atMs }) => new Date(atMs).toISOString());

describe('clock times in words', () => {
  it.each([
    ['dead since 11:21', '2025-06-17T09:21:00.000Z'],
    ['down since 11:21:30', '2025-06-17T09:21:30.000Z'],
    ['errors from 9:05 UTC on', '2025-06-17T09:05:00.000Z'],
    ['at 11h21 it died', '2025-06-17T09:21:00.000Z'],
    ['started 4:10am EDT', '2025-06-17T08:10:00.000Z'],
    ['since 11am', '2025-06-17T09:00:00.000Z'],
    ['yesterday at 11:21', '2025-06-16T09:21:00.000Z'],
    ['2025-06-15 23:59 was the first', '2025-06-15T21:59:00.000Z'],
    ['the last one is from 23:50', '2025-06-16T21:50:00.000Z'],
  ])('%s', (text, at) => {
    expect(read(text)).toEqual([at]);
  });

  it('reads the clock of the team, also across a change of the clocks', () => {
    expect(read('dead since 01:30', 'Europe/Berlin', Date.parse('2025-03-30T06:00:00Z'))).toEqual([
      '2025-03-30T00:30:00.000Z',
    ]);
    expect(read('dead since 03:30', 'Europe/Berlin', Date.parse('2025-03-30T06:00:00Z'))).toEqual([
      '2025-03-30T01:30:00.000Z',
    ]);
  });

  it.each(['ratio 18:1', 'libraries/consul.rb:62:in', 'server.js:212:9', 'pid 11210', '200/200', '25:61'])(
    '%j is no clock time',
    (text) => {
      expect(read(text)).toEqual([]);
    },
  );

  it.each([
    ['probe failed for 5m', 5],
    ['errors for the last 20 minutes', 20],
    ['started about 10 min ago', 10],
    ['failing for half an hour', 30],
    ['broken for more than 2 hours', undefined],
    ['threshold 2%', undefined],
  ])('%s', (text, minutes) => {
    expect(statedSpan(text)).toBe(minutes === undefined ? undefined : minutes * 60_000);
  });

  it('reads UTC where the zone is unknown', () => {
    expect(knownZone('Mars/Olympus')).toBe('UTC');
    expect(knownZone('Asia/Tokyo')).toBe('Asia/Tokyo');
  });
});
