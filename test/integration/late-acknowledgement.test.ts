import { expect, it } from 'vitest';
import { BOT, person } from '../../src/domain/actor.ts';
import type { PageNotice } from '../../src/domain/page/notice.ts';
import type { FrontDoor } from '../../src/engine/front-door.ts';
import type { NotificationChannel } from '../../src/engine/notification-channel.ts';
import { sendPage, syncPage } from '../../src/engine/send-page.ts';
import type { PagingParts } from '../../src/engine/send-page.ts';
import { storeBundles } from '../../src/engine/store-bundles.ts';
import type { Store } from '../../src/store/db.ts';
import { incidentPages, worldOf } from '../../src/store/reads.ts';
import { signal } from '../support/alerts.ts';
import { describeStores } from '../support/database.ts';
import { aDirectory, minutes } from '../support/directory.ts';
import { engineWorld, NOON } from '../support/engine-world.ts';
import { NO_ADDRESSES } from '../support/no-addresses.ts';

describeStores('an acknowledgement while a page is being made ready', (open) => {
  it('still stops it: whether it is wanted is asked in the last moment', async () => {
    const store = await open();
    const sent: PageNotice[] = [];
    const dm: NotificationChannel = {
      name: 'dm',
      reaches: () => true,
      send: (notice) => {
        sent.push(notice);
        return Promise.resolve({ kind: 'sent', messageId: '1' });
      },
    };
    const parts: PagingParts = {
      ...pagingParts(store, { dm, say: (command) => world.engine.door.say(command) }),
      // Somebody acknowledges while the alerts are being read that the page will name.
      alertsOf: async (incidentId) => {
        await world.engine.door.say(acknowledgement(incidentId));
        return [];
      },
    };
    const world = engineWorld(store, { handlers: { 'page.send': sendPage(parts) } });

    await world.engine.receive([signal({ service: 'checkout', severity: 'critical' })]);
    await world.engine.settle();

    expect(sent).toEqual([]);
    const [page] = await incidentPages(store.db, 1);
    expect(page?.attempts[0]?.outcome).toMatchObject({ state: 'withheld', reason: 'acknowledged_by_other' });
  });
});

describeStores('a page whose process died after it was sent and before that was on record', (open) => {
  it('is found, recorded and set right, although it was answered meanwhile', async () => {
    const store = await open();
    const sent = new Map<string, PageNotice>();
    const updated: PageNotice[] = [];
    const dm: NotificationChannel = {
      name: 'dm',
      reaches: () => true,
      sentBefore: ({ attemptId }) =>
        Promise.resolve(sent.has(attemptId) ? { kind: 'sent', messageId: attemptId } : null),
      send: async (notice) => {
        sent.set(notice.attemptId, notice);
        await world.engine.door.say(acknowledgement(notice.incidentId));
        throw new Error('the process died here');
      },
      update: (notice, messageId) => {
        updated.push(notice);
        return Promise.resolve({ kind: 'sent', messageId });
      },
    };
    const parts = pagingParts(store, { dm, say: (command) => world.engine.door.say(command) });
    const world = engineWorld(store, {
      handlers: { 'page.send': sendPage(parts), 'page.sync': syncPage(parts) },
    });

    await world.engine.receive([signal({ service: 'checkout', severity: 'critical' })]);
    await world.wait(minutes(1));

    const [page] = await incidentPages(store.db, 1);
    expect(page?.attempts[0]?.outcome).toMatchObject({ state: 'sent', messageId: page?.attempts[0]?.id });
    expect(updated.map(({ end }) => end?.why)).toEqual(['acknowledged_by_other']);
  });
});

describeStores('two processes at one attempt, because the lease of the slower one ran out', (open) => {
  it('send it once: what the other has put on record in the last moment counts', async () => {
    const store = await open();
    const sent: PageNotice[] = [];
    const dm: NotificationChannel = {
      name: 'dm',
      reaches: () => true,
      send: (notice) => {
        sent.push(notice);
        return Promise.resolve({ kind: 'sent', messageId: '1' });
      },
    };
    const parts: PagingParts = {
      ...pagingParts(store, { dm, say: (command) => world.engine.door.say(command) }),
      // The other one withholds it, because it was answered, while this one is still getting ready.
      alertsOf: async (incidentId) => {
        await world.engine.door.say(acknowledgement(incidentId));
        const [page] = await incidentPages(store.db, incidentId);
        const ids = { incidentId, pageId: page?.id ?? '', attemptId: page?.attempts[0]?.id ?? '' };
        await world.engine.door.say({ type: 'page.check_wanted', by: BOT, ...ids });
        return [];
      },
    };
    const world = engineWorld(store, { handlers: { 'page.send': sendPage(parts) } });

    await world.engine.receive([signal({ service: 'checkout', severity: 'critical' })]);
    await world.engine.settle();

    expect(sent).toEqual([]);
  });
});

function acknowledgement(incidentId: number): Parameters<FrontDoor['say']>[0] {
  return { type: 'escalation.acknowledge', by: person('ben'), incidentId, pageId: null, promiseMs: null };
}

function pagingParts(
  store: Store,
  { dm, say }: { readonly dm: NotificationChannel; readonly say: FrontDoor['say'] },
): PagingParts {
  return {
    door: { say },
    directory: () => aDirectory(),
    channels: new Map([['dm', dm]]),
    worldOf: (id) => worldOf(store.db, id),
    alertsOf: () => Promise.resolve([]),
    urlOf: () => null,
    contacts: NO_ADDRESSES,
    clock: { now: () => NOON },
    bundles: storeBundles({ db: store.db, clock: { now: () => NOON }, windowMs: () => 0 }),
  };
}
