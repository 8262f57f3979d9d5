import { beforeEach, describe, expect, it } from 'vitest';
import { createRightOfWay } from './right-of-way.ts';
import type { RightOfWay } from './right-of-way.ts';

describe('Right of way', () => {
  let now: number;
  let way: RightOfWay;

  beforeEach(() => {
    now = Date.parse('2026-03-02T03:00:00Z');
    way = createRightOfWay({ now: () => new Date(now) });
  });

  it('gives everyone all hands on a quiet day', () => {
    way.took('timers', 3);
    way.took('pages', 2);
    way.took('alerts', 20);
    expect(way.hands('pages', 48)).toBe(48);
    expect(way.hands('rest', 12)).toBe(12);
    expect(way.hands('looks', 8)).toBe(8);
  });

  it('keeps rooms and cards to one hand while many pages go out, and no page back', () => {
    way.took('pages', 8);
    expect(way.hands('pages', 48)).toBe(48);
    expect(way.hands('rest', 12)).toBe(1);
    expect(way.hands('looks', 8)).toBe(1);
  });

  it('takes what is due before it sends the pages that follow from it, and never stops sending', () => {
    way.took('timers', 200);
    expect(way.hands('pages', 48)).toBe(4);
    expect(way.hands('rest', 12)).toBe(1);
  });

  it('makes room for a storm of alerts at the cost of cards, not of pages', () => {
    way.took('alerts', 500);
    expect(way.hands('pages', 48)).toBe(48);
    expect(way.hands('looks', 8)).toBe(1);
  });

  it('adds up what comes within a moment', () => {
    for (let n = 0; n < 4; n += 1) {
      way.took('pages', 2);
      now += 20;
    }
    expect(way.hands('looks', 8)).toBe(1);
  });

  it('does not add up what comes spread out', () => {
    for (let n = 0; n < 40; n += 1) {
      way.took('pages', 2);
      now += 101;
    }
    expect(way.hands('looks', 8)).toBe(8);
  });

  it('gives all hands back soon after the rush', () => {
    way.took('timers', 200);
    now += 249;
    expect(way.hands('pages', 48)).toBe(4);
    now += 1;
    expect(way.hands('pages', 48)).toBe(48);
    expect(way.hands('rest', 12)).toBe(12);
  });

  it('is not held up by a clock that is set back', () => {
    way.took('timers', 200);
    now -= 3_600_000;
    expect(way.hands('rest', 12)).toBe(12);
    way.took('timers', 9);
    expect(way.hands('rest', 12)).toBe(12);
    way.took('timers', 1);
    expect(way.hands('rest', 12)).toBe(1);
  });
});
