import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offsetAt, offsetChanges } from './offsets.ts';
import { formatInZone, instantsOf, isZone, parseWall, resolveWall, wallTime, type Wall } from './zone.ts';

const MINUTE = 60_000;

function wall(text: string): Wall {
  const [date = '', time = ''] = text.split(' ');
  const parsed = parseWall(date, time);
  if (parsed === null) throw new Error(`no such wall time: ${text}`);
  return parsed;
}

const resolve = (text: string, zone: string) => resolveWall(wall(text), zone).toISOString();

describe('from wall time to instant', () => {
  it.each([
    ['Europe/Warsaw', '2026-03-29 02:40', '2026-03-29T01:40:00.000Z', '2026-03-29 03:40'],
    ['America/Denver', '2025-11-02 01:10', '2025-11-02T07:10:00.000Z', '2025-11-02 01:10'],
    ['Australia/Lord_Howe', '2023-10-01 02:20', '2023-09-30T15:50:00.000Z', '2023-10-01 02:50'],
    ['Asia/Beirut', '2026-03-29 00:00', '2026-03-28T22:00:00.000Z', '2026-03-29 01:00'],
    ['Antarctica/Troll', '2024-03-31 02:30', '2024-03-31T02:30:00.000Z', '2024-03-31 04:30'],
    ['Pacific/Apia', '2011-12-30 09:00', '2011-12-30T19:00:00.000Z', '2011-12-31 09:00'],
    ['America/Sao_Paulo', '2018-11-04 00:00', '2018-11-04T03:00:00.000Z', '2018-11-04 01:00'],
    ['Asia/Kathmandu', '2026-01-01 00:00', '2025-12-31T18:15:00.000Z', '2026-01-01 00:00'],
    ['UTC', '2026-01-01 00:00', '2026-01-01T00:00:00.000Z', '2026-01-01 00:00'],
  ])('%s %s is %s', (zone, text, instant, shown) => {
    expect(resolve(text, zone)).toBe(instant);
    expect(formatInZone(new Date(instant), zone)).toBe(shown);
  });

  it('keeps the seconds of local mean times', () => {
    expect(resolve('1850-06-01 12:00', 'America/New_York')).toBe('1850-06-01T16:56:02.000Z');
    expect(resolve('1971-06-01 12:00', 'Africa/Monrovia')).toBe('1971-06-01T12:44:30.000Z');
    expect(offsetAt('Asia/Manila', Date.UTC(1800, 0, 1))).toBe(-((15 * 60 + 56) * 60 + 8) * 1000);
  });

  it('is not monotonic where clocks jump: a skipped half past two comes after three', () => {
    expect(resolve('2026-03-29 02:30', 'Europe/Warsaw')).toBe('2026-03-29T01:30:00.000Z');
    expect(resolve('2026-03-29 03:00', 'Europe/Warsaw')).toBe('2026-03-29T01:00:00.000Z');
  });

  it('knows both instants of a repeated wall time, and one of any other', () => {
    const iso = (text: string) => instantsOf(wall(text), 'America/Denver').map((at) => at.toISOString());
    expect(iso('2025-11-02 01:10')).toEqual(['2025-11-02T07:10:00.000Z', '2025-11-02T08:10:00.000Z']);
    expect(iso('2025-11-02 02:00')).toEqual(['2025-11-02T09:00:00.000Z']);
    expect(iso('2025-03-09 02:30')).toEqual(['2025-03-09T09:30:00.000Z']);
  });

  it('finds every change of a zone, also over spans longer than it looks at in one go', () => {
    const changes = offsetChanges('Europe/Warsaw', Date.UTC(2020, 0, 1), Date.UTC(2030, 0, 1));
    expect(changes).toHaveLength(20);
    expect(changes[0]).toEqual({ at: Date.UTC(2020, 2, 29, 1), offset: 120 * MINUTE });
  });
});

describe('wall times and zones that do not exist', () => {
  it.each([
    ['2026-02-29', '09:00'],
    ['2026-13-01', '09:00'],
    ['2026-1-1', '09:00'],
    ['2026-01-01', '24:00'],
    ['2026-01-01', '9:00'],
    ['2026-01-01', '09:60'],
  ])('has no wall time %s %s', (date, time) => {
    expect(parseWall(date, time)).toBeNull();
  });

  it('knows IANA names in any case, and nothing else', () => {
    expect(['Europe/Warsaw', 'europe/warsaw', 'UTC', 'Etc/GMT+5', 'PST8PDT'].every(isZone)).toBe(true);
    expect(['', '+02:00', '-05:00', 'GMT+2', 'Mars/Base', 'Europe/Warsaw ', '../etc'].some(isZone)).toBe(
      false,
    );
  });

  it('throws for an unknown zone', () => {
    expect(() => resolveWall(0, 'Mars/Base')).toThrow(RangeError);
    expect(() => wallTime(new Date(0), 'Mars/Base')).toThrow(RangeError);
  });
});

/** What a wall clock shows, read from Intl's own fields: slow, and independent of the offsets used above. */
function shownBy(zone: string): (at: number) => Wall {
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (at) => {
    const parts = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const [year = 0, month = 0, day = 0] = [parts['year'], parts['month'], parts['day']];
    return Date.UTC(year, month - 1, day, parts['hour'], parts['minute'], parts['second']);
  };
}

describe('against a search through every minute', () => {
  const zones = [
    'Europe/Lisbon',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Africa/Cairo',
    'Antarctica/Troll',
    'Asia/Gaza',
  ];
  const nearChange = fc.constantFrom(...zones).chain((zone) => {
    const changes = offsetChanges(zone, Date.UTC(2000, 0, 1), Date.UTC(2035, 0, 1));
    return fc.record({
      zone: fc.constant(zone),
      change: fc.constantFrom(...changes),
      minutes: fc.integer({ min: -200, max: 200 }),
    });
  });

  it('gives the first minute that shows the wall time, and none shows a skipped one', () => {
    fc.assert(
      fc.property(nearChange, ({ zone, change, minutes }) => {
        const shown = shownBy(zone);
        const wanted = shown(change.at) + minutes * MINUTE;
        const near = Array.from({ length: 900 }, (_, i) => change.at + (i - 450) * MINUTE);
        const first = near.find((at) => shown(at) === wanted);
        const got = resolveWall(wanted, zone).getTime();
        if (first === undefined) {
          const jump = shown(change.at) - (shown(change.at - MINUTE) + MINUTE);
          expect(shown(got)).toBe(wanted + jump);
          expect(got).toBeGreaterThanOrEqual(change.at);
        } else {
          expect(got).toBe(first);
        }
        expect(wallTime(new Date(got), zone)).toBe(shown(got));
      }),
      { numRuns: 60 },
    );
  });
});
