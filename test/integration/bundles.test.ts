import { expect, it } from 'vitest';
import { person } from '../../src/domain/actor.ts';
import type { PageNotice } from '../../src/domain/page/notice.ts';
import type { Delivery } from '../../src/engine/notification-channel.ts';
import { incidentPages } from '../../src/store/reads.ts';
import { signal } from '../support/alerts.ts';
import { describeStores } from '../support/database.ts';
import { aDirectory, aPolicy, aStep, byId, minutes, toPerson } from '../support/directory.ts';
import { engineWorld, movableClock } from '../support/engine-world.ts';
import type { WorldOptions } from '../support/engine-world.ts';
import type { Store } from '../../src/store/db.ts';

const PATIENT = aStep([toPerson('ana')], { ackWithinMs: minutes(60) });

const titles = ({ title, alongside = [] }: PageNotice) =>
  [title, ...alongside.map((one) => one.title)].map((text) => text.split(' ')[0] ?? '');

async function three(store: Store, options: WorldOptions = {}) {
  const world = engineWorld(store, { bundles: true, ...options });
  for (const title of ['one', 'two', 'three'])
    await world.engine.receive([signal({ key: title, title, service: `s-${title}`, severity: 'critical' })]);
  return world;
}

async function states(store: Store): Promise<readonly (string | undefined)[]> {
  const pages = await Promise.all([1, 2, 3].map((id) => incidentPages(store.db, id)));
  return pages.map(([page]) => page?.attempts[0]?.outcome.state);
}

describeStores('pages that go out together', (open) => {
  it('are one message, on record for each of them', async () => {
    const store = await open();
    const { engine, paged } = await three(store);
    await engine.settle();
    expect(paged.map(titles)).toEqual([['one', 'two', 'three']]);
    expect(await states(store)).toEqual(['sent', 'sent', 'sent']);
  });

  it('leave out what was acknowledged in the moment before', async () => {
    const store = await open();
    const { engine, paged } = await three(store);
    await engine.door.say({
      type: 'escalation.acknowledge',
      by: person('ben'),
      incidentId: 2,
      pageId: null,
      promiseMs: null,
    });
    await engine.settle();
    expect(paged.map(titles)).toEqual([['one', 'three']]);
    expect(await states(store)).toEqual(['sent', 'withheld', 'sent']);
  });

  it('go by themselves when the one that led them is over before it was sent', async () => {
    const store = await open();
    let tries = 0;
    const refuseOnce = (): Promise<Delivery> => {
      tries += 1;
      return Promise.resolve(
        tries === 1
          ? { kind: 'retry', afterMs: 2_000, reason: 'busy' }
          : { kind: 'sent', messageId: `m${tries}` },
      );
    };
    const { engine, paged, wait } = await three(store, { deliver: refuseOnce });
    await engine.settle();
    await engine.door.say({
      type: 'escalation.acknowledge',
      by: person('ben'),
      incidentId: 1,
      pageId: null,
      promiseMs: null,
    });
    await wait(10_000);
    expect(paged.slice(1).flatMap(titles).toSorted()).toEqual(['three', 'two']);
    expect(await states(store)).toEqual(['withheld', 'sent', 'sent']);
  });

  it('keep all of their own time while they wait for the one that leads them', async () => {
    const store = await open();
    const clock = movableClock();
    const busyUntil = clock.now().getTime() + minutes(14);
    const { engine } = await three(store, {
      clock,
      directory: aDirectory({ policies: byId([aPolicy([PATIENT])]) }),
      deliver: () =>
        Promise.resolve(
          clock.now().getTime() < busyUntil
            ? { kind: 'retry', afterMs: 1_000, reason: 'busy' }
            : { kind: 'sent', messageId: 'm' },
        ),
    });
    const onTo = async (minute: number) => {
      for (; clock.now().getTime() < busyUntil - minutes(14 - minute); await engine.settle())
        clock.move(30_000);
    };
    await engine.settle();
    await onTo(9);
    await engine.door.say({
      type: 'escalation.acknowledge',
      by: person('ben'),
      incidentId: 1,
      pageId: null,
      promiseMs: null,
    });
    await onTo(15);
    expect(await states(store)).toEqual(['withheld', 'sent', 'sent']);
  });

  it('all move on to the next rule when the message is refused', async () => {
    const store = await open();
    const { engine, wait } = await three(store, {
      deliver: () => Promise.resolve({ kind: 'failed', reason: 'closed' }),
    });
    await engine.settle();
    await wait(1);
    expect(await states(store)).toEqual(['failed', 'failed', 'failed']);
  });

  it('are sent once by two processes', async () => {
    const store = await open();
    const clock = movableClock();
    const one = await three(store, { clock });
    const two = engineWorld(store, { clock, bundles: true });
    await Promise.all([one.engine.settle(), two.engine.settle()]);
    await one.wait(20_000);
    const told = [...one.paged, ...two.paged].flatMap(titles);
    expect(told.toSorted()).toEqual(['one', 'three', 'two']);
    expect(await states(store)).toEqual(['sent', 'sent', 'sent']);
  });
});
