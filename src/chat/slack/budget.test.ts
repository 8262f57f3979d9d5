import { describe, expect, it } from 'vitest';
import { createBudget } from './budget.ts';

const ROOM = 20;
const COSMETIC = 0;

function world({ most = 2, inMs = 60_000 } = {}) {
  const time = { ms: 1_000_000 };
  const budget = createBudget({ most, inMs }, { now: () => new Date(time.ms) });
  /** Sends if there is room; else how long it is told to wait. */
  const send = (priority = ROOM): 'sent' | number => {
    if (!budget.hasRoom(priority)) return budget.keepTurn(priority);
    budget.take(priority);
    return 'sent';
  };
  return { budget, send, wait: (ms: number) => (time.ms += ms) };
}

describe('a budget', () => {
  it('sends as many as the rate allows in any minute', () => {
    const { send, wait } = world();
    expect([send(), send()]).toEqual(['sent', 'sent']);
    wait(59_999);
    expect(send()).toBe(1);
    wait(1);
    expect(send()).toBe('sent');
  });

  it('tells those who come too early a turn each, one behind the other', () => {
    const { send, wait } = world();
    send();
    wait(10_000);
    send();
    expect([send(), send(), send(), send()]).toEqual([50_000, 60_000, 110_000, 120_000]);
  });

  it('lets everybody in who comes back at their turn, however many there are', () => {
    const { send, wait } = world({ most: 3 });
    const turns = Array.from({ length: 10 }, () => send()).filter((one) => one !== 'sent');
    let at = 0;
    for (const turn of turns) {
      wait(turn - at);
      at = turn;
      expect(send()).toBe('sent');
    }
  });

  it('keeps the turn of what is more urgent from what is less', () => {
    const { send, wait } = world();
    send();
    send();
    expect([send(ROOM), send(ROOM)]).toEqual([60_000, 60_000]);
    wait(60_000);
    expect(send(COSMETIC)).toBe(60_000);
    expect([send(ROOM), send(ROOM)]).toEqual(['sent', 'sent']);
  });

  it('gives a turn to others when nobody comes for it', () => {
    const { send, wait } = world({ most: 1 });
    send();
    expect(send(ROOM)).toBe(60_000);
    wait(64_999);
    expect(send(COSMETIC)).not.toBe('sent');
    wait(1);
    expect(send(COSMETIC)).toBe('sent');
  });

  it('sends nothing for as long as Slack asks, and tells when that is over', () => {
    const { budget, send, wait } = world();
    budget.pause(30_000);
    expect(send()).toBe(30_000);
    wait(29_999);
    expect(send()).toBe(1);
    wait(1);
    expect(send()).toBe('sent');
  });

  it('goes on when the clock is put back', () => {
    const { send, wait } = world();
    send();
    send();
    wait(-3_600_000);
    expect(send()).toBe('sent');
  });
});
