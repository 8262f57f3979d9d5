import { describe, expect, it } from 'vitest';
import { nearest } from './nearest.ts';

describe('nearest', () => {
  it.each([
    ['paymnts', 'payments'],
    ['SEARHC', 'search'],
    ['serach', 'search'],
    ['chekout', 'checkout'],
    ['checkouts', 'checkout'],
  ])('takes %s for %s', (typed, meant) => {
    expect(nearest(typed, ['search', 'payments', 'checkout'])).toBe(meant);
  });

  it('takes nothing for a word that is like none of them', () => {
    expect(nearest('billing', ['search', 'payments', 'checkout'])).toBeNull();
    expect(nearest('x', [])).toBeNull();
  });
});
