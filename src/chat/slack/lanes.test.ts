import { describe, expect, it } from 'vitest';
import { createLanes } from './lanes.ts';
import type { Urgency } from './lanes.ts';

/** Lanes at a standing clock, whose calls always succeed. */
function lanes() {
  let now = new Date('2026-11-22T03:00:00Z');
  const sent: string[] = [];
  const { run } = createLanes({ now: () => now });
  const call = (method: string, urgency: Urgency, channel = 'C1') =>
    run({
      method,
      urgency,
      channel,
      send: () => {
        sent.push(`${urgency} ${method}`);
        return Promise.resolve({ ok: true as const, value: null });
      },
    });
  return {
    sent,
    call,
    passes: (ms: number) => {
      now = new Date(now.getTime() + ms);
    },
  };
}

describe('when the edits of a minute are used up', () => {
  it('a new page goes out at once all the same', async () => {
    const { call, sent } = lanes();
    for (let n = 0; n < 60; n += 1) await call('chat.update', 'card');
    expect(await call('chat.postMessage', 'page', 'D1')).toMatchObject({ ok: true });
    expect(sent.filter((one) => one === 'card chat.update').length).toBeLessThan(50);
  });

  it('the message of a page that changed waits for the next turn, before every card that waits longer', async () => {
    const { call, sent, passes } = lanes();
    for (let n = 0; n < 45; n += 1) await call('chat.update', 'card');
    const late = await call('chat.update', 'card');
    const page = await call('chat.update', 'page', 'D1');
    expect([late, page]).toMatchObject([
      { ok: false, failure: { notYet: true } },
      { ok: false, failure: { notYet: true, afterMs: 60_000 } },
    ]);

    passes(60_000);
    for (let n = 0; n < 45; n += 1) await call('chat.update', 'card');
    expect(sent.at(-1)).toBe('card chat.update');
    expect(await call('chat.update', 'page', 'D1')).toMatchObject({ ok: true });
    expect(sent).toHaveLength(45 + 45);
  });
});

describe('a page', () => {
  it('waits for no rate that others used up, nor for its own', async () => {
    const { call, sent } = lanes();
    for (let n = 0; n < 300; n += 1) {
      await call('conversations.open', 'room', 'D1');
      await call('chat.postMessage', 'room', 'D1');
    }
    expect(await call('chat.postMessage', 'room', 'D1')).toMatchObject({ ok: false });
    expect(await call('conversations.open', 'room', 'D1')).toMatchObject({ ok: false });

    const pages = Array.from({ length: 100 }, () => call('chat.postMessage', 'page', 'D1'));
    expect(await Promise.all(pages)).toEqual(pages.map(() => ({ ok: true, value: null })));
    expect(await call('conversations.open', 'page', 'D1')).toMatchObject({ ok: true });
    expect(sent.filter((one) => one.startsWith('page '))).toHaveLength(101);
  });
});
