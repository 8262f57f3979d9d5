import { Temporal } from '@js-temporal/polyfill';
import { describe, expect, it } from 'vitest';
import { offsetAt, offsetChanges, type OffsetChange } from './offsets.ts';
import { formatInZone, resolveMs, wallTime, type Wall } from './zone.ts';

const MINUTE = 60_000;
const FROM = Date.UTC(2020, 0, 1);
const UNTIL = Date.UTC(2038, 0, 1);
const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')];

/** Every change of a zone's clocks from 2020 to 2037, as Temporal finds them one after the other. */
function temporalChanges(zone: string): readonly OffsetChange[] {
  const changes: OffsetChange[] = [];
  let at: Temporal.ZonedDateTime | null = zoned(FROM, zone).getTimeZoneTransition('next');
  while (at !== null && at.epochMilliseconds < UNTIL) {
    changes.push({ at: at.epochMilliseconds, offset: at.offsetNanoseconds / 1_000_000 });
    at = at.getTimeZoneTransition('next');
  }
  return changes;
}

function zoned(at: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}

function temporalResolve(wall: Wall, zone: string): number {
  const plain = Temporal.PlainDateTime.from(new Date(wall).toISOString().slice(0, -1));
  return plain.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
}

/** Wall times around a change: the edges of what is skipped or repeated, its middle, and a minute to either side. */
function wallsAround(at: number, before: number, after: number): readonly Wall[] {
  const [low, high] = [at + Math.min(before, after), at + Math.max(before, after)];
  const middle = Math.floor((low + high) / 2 / MINUTE) * MINUTE;
  return [low - MINUTE, low, middle, high - MINUTE, high, high + MINUTE];
}

describe('against Temporal, in every zone that this Node knows, 2020 to 2037', () => {
  const changesOf = new Map(ZONES.map((zone) => [zone, temporalChanges(zone)]));

  it('finds the same changes of the clocks, no more and no less', () => {
    expect([...changesOf.values()].flat().length).toBeGreaterThan(4000);
    for (const [zone, changes] of changesOf) {
      expect(offsetChanges(zone, FROM, UNTIL - 1), zone).toEqual(changes);
    }
  });

  it('makes the same instant of every wall time around a change, skipped and repeated ones included', () => {
    for (const [zone, changes] of changesOf) {
      for (const { at, offset } of changes) {
        const walls = wallsAround(at, offsetAt(zone, at - 1), offset);
        const ours = walls.map((wall) => resolveMs(wall, zone));
        expect(ours, `${zone} ${new Date(at).toISOString()}`).toEqual(
          walls.map((wall) => temporalResolve(wall, zone)),
        );
      }
    }
  });

  it('shows the same wall clock just before and at every change', () => {
    for (const [zone, changes] of changesOf) {
      for (const { at } of changes) {
        for (const moment of [at - 1, at]) {
          const shown = zoned(moment, zone).toPlainDateTime();
          expect(new Date(wallTime(new Date(moment), zone)).toISOString(), zone).toBe(
            `${shown.toString({ smallestUnit: 'millisecond' })}Z`,
          );
          expect(formatInZone(new Date(moment), zone)).toBe(
            shown.toString({ smallestUnit: 'minute' }).replace('T', ' '),
          );
        }
      }
    }
  });

  it('agrees about the odd ones of the past: a day that never was, and half an hour of summer', () => {
    for (const [zone, wall] of [
      ['Pacific/Apia', Date.UTC(2011, 11, 30, 9)],
      ['Pacific/Kwajalein', Date.UTC(1993, 7, 21, 12)],
      ['Australia/Lord_Howe', Date.UTC(1981, 9, 25, 2, 15)],
      ['Europe/Dublin', Date.UTC(1971, 9, 31, 2, 30)],
      ['Asia/Pyongyang', Date.UTC(2018, 4, 4, 23, 45)],
      ['America/Caracas', Date.UTC(2007, 11, 9, 2, 45)],
    ] as const) {
      expect(resolveMs(wall, zone), zone).toBe(temporalResolve(wall, zone));
    }
  });
});
