import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from './duration.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('parseDuration', () => {
  it.each([
    ['30m', 30 * MINUTE],
    ['2h', 2 * HOUR],
    ['1h30m', 90 * MINUTE],
    ['1h 30 min', 90 * MINUTE],
    ['90s', 90_000],
    ['1d', DAY],
    ['2 hours', 2 * HOUR],
    ['45 minutes', 45 * MINUTE],
    ['1 hour and 5 minutes', 65 * MINUTE],
    ['1 day, 2 h', 26 * HOUR],
    ['1.5h', 90 * MINUTE],
    [' 2W ', 14 * DAY],
    ['0m', 0],
    ['365d', 365 * DAY],
  ])('reads %j', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each([
    ['', 'nothing'],
    ['30', 'no unit'],
    ['-5m', 'negative'],
    ['+5m', 'a sign'],
    ['366d', 'more than 365 days'],
    ['365d1s', 'more than 365 days in all'],
    ['9'.repeat(50) + 'h', 'far too large'],
    ['1e9m', 'an exponent'],
    ['NaNm', 'not a number'],
    ['Infinity h', 'not a number'],
    ['5 fortnights', 'an unknown unit'],
    ['30m 1h', 'units out of order'],
    ['5m5m', 'a unit twice'],
    ['1h and', 'a loose end'],
    ['m', 'no amount'],
    ['1.h', 'half a number'],
    ['1h <!here>', 'something else'],
  ])('refuses %j: %s', (text) => {
    expect(parseDuration(text)).toBeNull();
  });

  it('is total: any text gives null or a duration from 0 to 365 days', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^[0-9.]{1,6} ?(s|m|h|d|w|min)( \d{1,4}[smh])?$/)),
        (text) => {
          const ms = parseDuration(text);
          expect(ms === null || (Number.isSafeInteger(ms) && ms >= 0 && ms <= 365 * DAY)).toBe(true);
        },
      ),
    );
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0 s'],
    [999, '0 s'],
    [45_000, '45 s'],
    [90_000, '1 min 30 s'],
    [90 * MINUTE, '1 h 30 min'],
    [HOUR + 20_000, '1 h'],
    [2 * DAY + 3 * HOUR + 59 * MINUTE, '2 d 3 h'],
    [14 * DAY, '14 d'],
    [-5 * MINUTE, '-5 min'],
    [NaN, 'unknown'],
    [Infinity, 'unknown'],
  ])('shows %d ms as %j', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('is read back as itself when two units are enough', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 364 }), fc.integer({ min: 0, max: 23 }), (days, hours) => {
        const ms = days * DAY + hours * HOUR;
        expect(parseDuration(formatDuration(ms))).toBe(ms);
      }),
    );
  });
});
