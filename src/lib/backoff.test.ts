import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

describe('backoff', () => {
  it('doubles its ceiling with every attempt until the longest wait', () => {
    const ceilings = [1, 2, 3, 4, 5].map((attempt) =>
      backoffMs(attempt, { baseMs: 100, maxMs: 1000, random: () => 1 }),
    );
    expect(ceilings).toEqual([100, 200, 400, 800, 1000]);
  });

  it('spreads over the whole range, from none to the ceiling', () => {
    const wait = (random: number): number => backoffMs(3, { baseMs: 100, maxMs: 1000, random: () => random });
    expect([wait(0), wait(0.25), wait(1)]).toEqual([0, 100, 400]);
  });

  it('is a whole number within the limits for any attempt, even the absurd', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -5, max: 100_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, random) => {
          const wait = backoffMs(attempt, { baseMs: 250, maxMs: 60_000, random: () => random });
          expect(Number.isInteger(wait) && wait >= 0 && wait <= 60_000).toBe(true);
        },
      ),
    );
  });
});
