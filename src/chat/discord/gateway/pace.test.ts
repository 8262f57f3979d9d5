import { describe, expect, it } from 'vitest';
import { waitBeforeStart } from './pace.ts';

const DAY_MS = 24 * 3_600_000;
const PLENTY = { remaining: 900, resetAfterMs: DAY_MS };

describe('how soon a session may be started', () => {
  it('the first start of a process does not wait', () => {
    expect(waitBeforeStart([], 0, PLENTY)).toBe(0);
  });

  it('starts are five seconds apart, and two minutes after the fifth within ten', () => {
    expect(waitBeforeStart([1_000], 2_000, PLENTY)).toBe(4_000);
    const five = [0, 5_000, 10_000, 15_000, 20_000];
    expect(waitBeforeStart(five, 21_000, PLENTY)).toBe(119_000);
    expect(waitBeforeStart(five, 20_000 + 10 * 60_000, PLENTY)).toBe(0);
  });

  it('those that are left are spread until there are new ones', () => {
    expect(waitBeforeStart([0], 0, { remaining: 100, resetAfterMs: 1_000_000 })).toBe(10_000);
    expect(waitBeforeStart([], 0, { remaining: 50, resetAfterMs: 1_000_000 })).toBe(20_000);
  });

  it('the last one is kept: Discord takes the token away from whoever spends it', () => {
    expect(waitBeforeStart([], 0, { remaining: 1, resetAfterMs: 3_600_000 })).toBe(3_600_000);
  });

  it('a bot that crashes and comes back all day long never spends its thousand', () => {
    let [now, remaining, starts] = [0, 1_000, [] as number[]];
    while (now < DAY_MS) {
      now += waitBeforeStart(starts, now, { remaining, resetAfterMs: DAY_MS - now });
      if (now >= DAY_MS) break;
      starts = [...starts.slice(-9), now];
      remaining -= 1;
    }
    expect(remaining).toBeGreaterThan(0);
  });

  it('nor does one whose process is new each time and remembers nothing', () => {
    let [now, remaining] = [0, 1_000];
    while (now < DAY_MS) {
      // Whoever restarts it takes ten seconds for it.
      now += 10_000 + waitBeforeStart([], now, { remaining, resetAfterMs: DAY_MS - now });
      if (now >= DAY_MS) break;
      remaining -= 1;
    }
    expect(remaining).toBeGreaterThan(0);
  });
});
