import { describe, expect, it } from 'vitest';
import type { WorkingHours } from '../directory.ts';
import { isWithinHours, openingOf, openSpans } from './hours.ts';

const office: WorkingHours = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], start: '09:00', end: '17:30' };
const night: WorkingHours = { days: ['fri'], start: '22:00', end: '06:00' };
const at = (text: string) => new Date(text);

describe('working hours', () => {
  it.each([
    ['2026-03-02T08:00:00Z', true],
    ['2026-03-02T07:59:59Z', false],
    ['2026-03-02T16:29:59Z', true],
    ['2026-03-02T16:30:00Z', false],
    ['2026-03-01T12:00:00Z', false],
  ])('of an office in Berlin at %s: %s', (instant, within) => {
    expect(isWithinHours({ hours: office, zone: 'Europe/Berlin' }, at(instant))).toBe(within);
  });

  it('go on into the next day when they end at or before they start', () => {
    const hours = { hours: night, zone: 'UTC' };
    expect(isWithinHours(hours, at('2026-03-07T05:59:00Z'))).toBe(true);
    expect(isWithinHours(hours, at('2026-03-08T05:59:00Z'))).toBe(false);
  });

  it('open at once while they last, else on the next working day', () => {
    const hours = { hours: office, zone: 'Europe/Berlin' };
    expect(openingOf(hours, at('2026-03-02T10:00:00Z'))).toEqual(at('2026-03-02T10:00:00Z'));
    expect(openingOf(hours, at('2026-03-06T17:00:00Z'))).toEqual(at('2026-03-09T08:00:00Z'));
  });

  it('open by the wall clock over a clock change', () => {
    const hours = { hours: office, zone: 'Europe/Berlin' };
    expect(openingOf(hours, at('2026-03-27T20:00:00Z'))).toEqual(at('2026-03-30T07:00:00Z'));
    expect(
      openingOf(
        { hours: { ...office, start: '02:30' }, zone: 'Australia/Lord_Howe' },
        at('2026-04-04T00:00:00Z'),
      ),
    ).toEqual(at('2026-04-05T16:00:00Z'));
  });

  it('are closed on a holiday from midnight to midnight, also where it cuts a night short', () => {
    const closed = ['2026-03-03', '2026-03-07'];
    const hours = { hours: office, zone: 'Europe/Berlin', closed };
    expect(isWithinHours(hours, at('2026-03-03T10:00:00Z'))).toBe(false);
    expect(openingOf(hours, at('2026-03-02T17:00:00Z'))).toEqual(at('2026-03-04T08:00:00Z'));
    const nights = { hours: night, zone: 'UTC', closed };
    expect(
      openSpans(nights, { start: Date.parse('2026-03-06T00:00Z'), end: Date.parse('2026-03-08T00:00Z') }),
    ).toEqual([{ start: Date.parse('2026-03-06T22:00Z'), end: Date.parse('2026-03-07T00:00Z') }]);
  });

  it('never open when every day of a year and more is a holiday', () => {
    const all = Array.from({ length: 450 }, (_, i) =>
      new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10),
    );
    const hours = { hours: office, zone: 'UTC', closed: all };
    expect(openingOf(hours, at('2026-01-01T00:00:00Z'))).toBeNull();
  });

  it('know of no holiday on a date that their zone skipped', () => {
    const hours = {
      hours: { ...office, days: ['fri', 'sat'] },
      zone: 'Pacific/Apia',
      closed: ['2011-12-30'],
    };
    expect(openingOf(hours, at('2011-12-30T10:30:00Z'))).toEqual(at('2011-12-30T19:00:00Z'));
  });
});
