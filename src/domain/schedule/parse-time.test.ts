import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant, type TimeContext } from './parse-time.ts';

// A Wednesday, 14:00 in Warsaw.
const now = new Date('2026-03-25T13:00:00Z');
const warsaw: TimeContext = { now, zone: 'Europe/Warsaw' };

function read(text: string, context: TimeContext = warsaw): string {
  const parsed = parseInstant(text, context);
  return 'at' in parsed ? parsed.at.toISOString().replace(':00.000Z', 'Z') : parsed.problem;
}

describe('times as people type them', () => {
  it.each([
    ['14:05', '2026-03-25T13:05Z'],
    ['at 14:05', '2026-03-25T13:05Z'],
    ['14:00', '2026-03-26T13:00Z'],
    ['until 18:00', '2026-03-25T17:00Z'],
    ['9am', '2026-03-26T08:00Z'],
    ['9:30 PM', '2026-03-25T20:30Z'],
    ['12am', '2026-03-25T23:00Z'],
    ['noon', '2026-03-26T11:00Z'],
    ['midnight', '2026-03-25T23:00Z'],
    ['tomorrow 9am', '2026-03-26T08:00Z'],
    ['tomorrow at 9 a.m.', '2026-03-26T08:00Z'],
    ['9am tomorrow', '2026-03-26T08:00Z'],
    ['today 09:00', '2026-03-25T08:00Z'],
    ['yesterday 23:15', '2026-03-24T22:15Z'],
    ['mon 10:00', '2026-03-30T08:00Z'],
    ['Monday, 9am', '2026-03-30T07:00Z'],
    ['until thursday 18:00', '2026-03-26T17:00Z'],
    ['wed 15:00', '2026-03-25T14:00Z'],
    ['wed 13:00', '2026-04-01T11:00Z'],
    ['in 30m', '2026-03-25T13:30Z'],
    ['in 1h 30 min', '2026-03-25T14:30Z'],
    ['2 hours from now', '2026-03-25T15:00Z'],
    ['20m ago', '2026-03-25T12:40Z'],
    ['now', '2026-03-25T13:00Z'],
    ['2026-03-29 02:30', '2026-03-29T01:30Z'],
    ['2026-03-29T18:00', '2026-03-29T16:00Z'],
    ['2026-03-29 6pm', '2026-03-29T16:00Z'],
    ['2026-03-29T02:30Z', '2026-03-29T02:30Z'],
    ['2026-03-29t02:30:00.000z', '2026-03-29T02:30Z'],
    ['2026-03-29T02:30:00+05:30', '2026-03-28T21:00Z'],
    ['2026-03-29 02:30 -0400', '2026-03-29T06:30Z'],
  ])('reads %j', (text, instant) => {
    expect(read(text)).toBe(instant);
  });

  it.each([
    ['14:05', '2026-03-24T13:05Z'],
    ['14:00', '2026-03-25T13:00Z'],
    ['9am', '2026-03-25T08:00Z'],
    ['mon 10:00', '2026-03-23T09:00Z'],
    ['wed 15:00', '2026-03-18T14:00Z'],
    ['tomorrow 9am', '2026-03-26T08:00Z'],
  ])('reads %j in a note about the past', (text, instant) => {
    expect(read(text, { ...warsaw, prefer: 'past' })).toBe(instant);
  });

  it('keeps the seconds of a clock time', () => {
    expect(read('14:05:30')).toBe('2026-03-25T13:05:30.000Z');
  });

  it('takes the date of the asker, not the date in UTC', () => {
    const apia: TimeContext = { now: new Date('2026-01-01T11:30:00Z'), zone: 'Pacific/Apia' };
    expect(read('tomorrow 9am', apia)).toBe('2026-01-02T20:00Z');
    expect(read('01:00', apia)).toBe('2026-01-01T12:00Z');
  });

  it('means the nearest of two when the clock shows a time twice', () => {
    const between: TimeContext = { now: new Date('2025-11-02T07:40:00Z'), zone: 'America/Denver' };
    expect(read('01:10', between)).toBe('2025-11-02T08:10Z');
    expect(read('01:10', { ...between, prefer: 'past' })).toBe('2025-11-02T07:10Z');
    expect(read('tomorrow 01:10', between)).toBe('2025-11-03T08:10Z');
  });

  it('reads a skipped time with the offset before the jump', () => {
    expect(read('sunday 02:30')).toBe('2026-03-29T01:30Z');
  });
});

describe('what is not a time', () => {
  it.each([
    ['', /No time given.*14:05/],
    ['soonish', /"soonish" is not a time I understand.*tomorrow 9am/],
    ['25:00', /no time "25:00"/],
    ['14:60', /no time "14:60"/],
    ['13pm', /not a time I understand/],
    ['9', /9:00.*9am.*in 9m/],
    ['tomorrow', /Add a clock time.*tomorrow 09:00/],
    ['mon', /Add a clock time/],
    ['tomorrow 30:00', /no time "30:00"/],
    ['2026-02-30 09:00', /no time "2026-02-30"/],
    ['2026-02-28', /Add a clock time.*2026-02-28 09:00/],
    ['2026-02-30T09:00Z', /no time/],
    ['in a while', /in 30m/],
    ['in 400d', /365 days at most/],
    ['in -5m', /duration/],
    ['x'.repeat(5000), /too long/],
  ])('says what to do about %j', (text, problem) => {
    expect(read(text)).toMatch(problem);
  });

  it('names an unknown zone', () => {
    expect(read('9am', { now, zone: 'Mars/Base' })).toBe('Unknown time zone "Mars/Base".');
  });

  it('is total, and a clock time in the future is after now and within two days', () => {
    const instant = fc.date({
      min: new Date('1990-01-01'),
      max: new Date('2060-01-01'),
      noInvalidDate: true,
    });
    const zone = fc.constantFrom(
      'UTC',
      'Asia/Beirut',
      'Pacific/Apia',
      'America/St_Johns',
      'Australia/Lord_Howe',
    );
    fc.assert(
      fc.property(fc.string(), instant, zone, (text, at, name) => {
        expect(parseInstant(text, { now: at, zone: name })).toBeTypeOf('object');
      }),
    );
    fc.assert(
      fc.property(fc.nat(23), fc.nat(59), instant, zone, (hour, minute, at, name) => {
        const text = `${hour}:${String(minute).padStart(2, '0')}`;
        const distance = (prefer: 'past' | 'future') => {
          const parsed = parseInstant(text, { now: at, zone: name, prefer });
          return 'at' in parsed ? parsed.at.getTime() - at.getTime() : NaN;
        };
        expect(distance('future')).toBeGreaterThan(0);
        expect(distance('future')).toBeLessThanOrEqual(48 * 3_600_000);
        expect(distance('past')).toBeLessThanOrEqual(0);
        expect(distance('past')).toBeGreaterThan(-48 * 3_600_000);
      }),
    );
  });
});
