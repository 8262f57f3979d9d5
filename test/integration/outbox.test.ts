import { expect, it } from 'vitest';
import type { Effect } from '../../src/domain/effect.ts';
import type { Db } from '../../src/store/db.ts';
import {
  LEASE_MS,
  leaseEffects,
  outboxStats,
  queueEffects,
  retryEffect,
  takeLeased,
} from '../../src/store/outbox.ts';
import type { LeasedEffect, Wanted } from '../../src/store/outbox.ts';
import { describePostgres, describeStores } from '../support/database.ts';

const NOON = new Date('2026-03-01T12:00:00Z');

function later(ms: number): Date {
  return new Date(NOON.getTime() + ms);
}

function tell(text: string, incidentId = 1): Effect {
  return { type: 'chat.tell_channel', incidentId, channel: `ops-${incidentId}`, message: text };
}

function card(incidentId: number): Effect {
  return { type: 'chat.sync_card', incidentId };
}

let tokens = 0;

function lease(db: Db, changes: Partial<Wanted> = {}): Promise<readonly LeasedEffect[]> {
  tokens += 1;
  return leaseEffects(db, {
    kind: 'rest',
    now: NOON,
    limit: 10,
    leaseToken: `p:${tokens}`,
    inHand: [],
    ...changes,
  });
}

function what(leased: readonly LeasedEffect[]): unknown[] {
  return leased.map(({ effect }) => effect);
}

describeStores('the outbox', (open) => {
  it('gives the first of each lane only, in order, even while it waits to be tried again', async () => {
    const { db } = await open();
    await queueEffects(db, [tell('one'), tell('two'), tell('other lane', 2)], NOON);

    const first = await lease(db);
    expect(what(first)).toEqual([tell('one'), tell('other lane', 2)]);
    expect(await lease(db)).toEqual([]);

    const [one] = first;
    if (one) await retryEffect(db, one, { notBefore: later(5_000), reason: 'busy' });
    expect(await lease(db, { now: later(1_000) })).toEqual([]);

    const again = await lease(db, { now: later(5_000) });
    expect(what(again)).toEqual([tell('one')]);
    expect(again[0]?.attempts).toBe(2);
    await takeLeased(db, again);
    expect(what(await lease(db, { now: later(5_000) }))).toEqual([tell('two')]);
  });

  it('gives the more urgent first, and pages and looks to their own workers alone', async () => {
    const { db } = await open();
    const page: Effect = {
      type: 'page.send',
      incidentId: 1,
      pageId: '1/1/1',
      attemptId: '1/1/1/0',
      channel: 'dm',
    };
    await queueEffects(db, [card(1), tell('hello'), { type: 'chat.open_room', incidentId: 2 }, page], NOON);

    expect(what(await lease(db))).toEqual([tell('hello'), { type: 'chat.open_room', incidentId: 2 }]);
    expect(what(await lease(db, { kind: 'looks' }))).toEqual([card(1)]);
    expect(what(await lease(db, { kind: 'pages' }))).toEqual([page]);
  });

  it('makes waiting syncs of one thing one, but never merges into one that is being carried out', async () => {
    const { db } = await open();
    await queueEffects(db, [card(1), card(1), card(2)], NOON);
    await queueEffects(db, [card(1)], NOON);
    const first = await lease(db, { kind: 'looks' });
    expect(what(first)).toEqual([card(1), card(2)]);

    await queueEffects(db, [card(1)], NOON);
    await queueEffects(db, [card(1)], NOON);
    await takeLeased(db, first);

    expect(what(await lease(db, { kind: 'looks' }))).toEqual([card(1)]);
    expect(await outboxStats(db)).toMatchObject({ waiting: 0, leased: 1, dead: 0 });
  });

  it('takes an effect again whose lease ran out, and the first holder can no longer finish it', async () => {
    const { db } = await open();
    await queueEffects(db, [tell('one')], NOON);
    const first = await lease(db);

    expect(await lease(db, { now: later(LEASE_MS - 1) })).toEqual([]);
    const second = await lease(db, { now: later(LEASE_MS) });

    expect(what(second)).toEqual([tell('one')]);
    expect([...(await takeLeased(db, first))]).toEqual([]);
    expect([...(await takeLeased(db, second))]).toHaveLength(1);
  });

  it('does not take what this process still has in hand, however far the clock jumps', async () => {
    const { db } = await open();
    await queueEffects(db, [tell('one')], NOON);
    const inHand = (await lease(db)).map(({ id }) => id);

    expect(await lease(db, { now: later(24 * 3_600_000), inHand })).toEqual([]);
  });

  it('does not wait for hours when the clock was put back', async () => {
    const { db } = await open();
    await queueEffects(db, [tell('from the future')], later(3 * 3_600_000));

    expect(what(await lease(db))).toEqual([tell('from the future')]);
  });

  it('leaves what belongs to a craft that has its hands full', async () => {
    const { db } = await open();
    const send = (channel: string): Effect => {
      const attemptId = `1/1/1/${channel}`;
      return { type: 'page.send', incidentId: 1, pageId: '1/1/1', attemptId, channel };
    };
    await queueEffects(db, [send('email'), send('dm'), card(1), tell('hello')], NOON);

    expect(what(await lease(db, { kind: 'pages', busy: ['email'] }))).toEqual([send('dm')]);
    expect(what(await lease(db, { busy: ['chat.sync_card'] }))).toEqual([tell('hello')]);
  });

  it('keeps text that Postgres cannot, by replacing it', async () => {
    const { db } = await open();
    await queueEffects(db, [tell('nul \0 and half a pair \ud800')], NOON);

    expect(what(await lease(db))).toEqual([tell('nul \ufffd and half a pair \ufffd')]);
  });
});

describePostgres('many workers', (open) => {
  it('lease each effect once', async () => {
    const { db } = await open();
    const effects = Array.from({ length: 300 }, (_, i) => card(i));
    await queueEffects(db, effects, NOON);

    const worker = async () => {
      const got: LeasedEffect[] = [];
      for (;;) {
        const some = await lease(db, { kind: 'looks', limit: 7 });
        expect(some.length).toBeLessThanOrEqual(7);
        if (some.length === 0) return got;
        got.push(...some);
      }
    };
    const got = (await Promise.all(Array.from({ length: 8 }, worker))).flat();

    expect(got).toHaveLength(300);
    expect(new Set(got.map(({ id }) => id)).size).toBe(300);
  });

  it('never hold two of one lane at once, and keep its order', async () => {
    const { db } = await open();
    const lanes = [1, 2, 3, 4, 5];
    await queueEffects(
      db,
      Array.from({ length: 100 }, (_, i) => tell(String(i), lanes[i % 5])),
      NOON,
    );
    const order = new Map<number, number[]>(lanes.map((lane) => [lane, []]));
    const busy = new Set<number>();

    const worker = async () => {
      for (let empty = 0; empty < 20;) {
        const some = await lease(db, { limit: 2 });
        empty = some.length === 0 ? empty + 1 : 0;
        for (const { incidentId, effect } of some) {
          const lane = incidentId ?? 0;
          expect(busy.has(lane)).toBe(false);
          busy.add(lane);
          if (typeof effect === 'object' && effect && 'message' in effect)
            order.get(lane)?.push(Number(effect.message));
        }
        for (const { incidentId } of some) busy.delete(incidentId ?? 0);
        await takeLeased(db, some);
      }
    };
    await Promise.all(Array.from({ length: 6 }, worker));

    for (const lane of lanes)
      expect(order.get(lane)).toEqual(Array.from({ length: 20 }, (_, i) => i * 5 + lane - 1));
  });
});
