import { expect, it } from 'vitest';
import { person } from '../../src/domain/actor.ts';
import type { PageNotice } from '../../src/domain/page/notice.ts';
import { sendPage } from '../../src/engine/send-page.ts';
import type { PagingParts } from '../../src/engine/send-page.ts';
import { incidentPages, worldOf } from '../../src/store/reads.ts';
import { signal } from '../support/alerts.ts';
import { describeStores } from '../support/database.ts';
import { aDirectory } from '../support/directory.ts';
import { engineWorld } from '../support/engine-world.ts';

describeStores('an acknowledgement while a page is being made ready', (open) => {
  it('still stops it: whether it is wanted is asked in the last moment', async () => {
    const store = await open();
    const sent: PageNotice[] = [];
    const parts: PagingParts = {
      door: { say: (command) => world.engine.door.say(command) },
      directory: () => aDirectory(),
      channels: new Map([
        [
          'dm',
          {
            name: 'dm',
            reaches: () => true,
            send: (notice) => {
              sent.push(notice);
              return Promise.resolve({ kind: 'sent', messageId: '1' });
            },
          },
        ],
      ]),
      worldOf: (id) => worldOf(store.db, id),
      // Somebody acknowledges while the alerts are being read that the page will name.
      alertsOf: async (incidentId) => {
        const by = person('ben');
        await world.engine.door.say({
          type: 'escalation.acknowledge',
          by,
          incidentId,
          pageId: null,
          promiseMs: null,
        });
        return [];
      },
      urlOf: () => null,
    };
    const world = engineWorld(store, { handlers: { 'page.send': sendPage(parts) } });

    await world.engine.receive([signal({ service: 'checkout', severity: 'critical' })]);
    await world.engine.settle();

    expect(sent).toEqual([]);
    const [page] = await incidentPages(store.db, 1);
    expect(page?.attempts[0]?.outcome).toMatchObject({ state: 'withheld', reason: 'acknowledged_by_other' });
  });
});
