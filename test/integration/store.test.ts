import { sql } from 'drizzle-orm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { instanceSecret } from '../../src/store/instance.ts';
import { notify } from '../../src/store/db.ts';
import { drawIncidentNumbers } from '../../src/store/incidents.ts';
import { openStore } from '../../src/store/open-store.ts';
import { describeStores, freshFolder } from '../support/database.ts';

describeStores('a store', (open) => {
  it('keeps one secret for the installation', async () => {
    const store = await open();

    const secrets = await Promise.all([instanceSecret(store.db), instanceSecret(store.db)]);

    expect(secrets[0]).toHaveLength(43);
    expect(secrets[1]).toBe(secrets[0]);
  });

  it('tells listeners at commit, and not when it is rolled back', async () => {
    const store = await open();
    const heard: string[] = [];
    const all = Promise.withResolvers<void>();
    await store.listen('news', (payload) => {
      heard.push(payload);
      if (payload === 'last') all.resolve();
    });

    await store.db
      .transaction(async (tx) => {
        await notify(tx, 'news', 'rolled back');
        throw new Error('no');
      })
      .catch(() => {});
    await store.db.transaction((tx) => notify(tx, 'news', 'committed'));
    await notify(store.db, 'news', 'last');
    await all.promise;

    expect(heard).toEqual(['committed', 'last']);
  });

  it('migrates again without harm', async () => {
    const store = await open();

    await Promise.all([store.migrate(), store.migrate()]);

    await expect(instanceSecret(store.db)).resolves.toBeTypeOf('string');
  });
});

describe('the embedded store', () => {
  it('numbers incidents on from the last one, wherever a crash has left the counter', async () => {
    const dataDir = await freshFolder();
    const first = await openStore({ dataDir });
    await first.db.execute(sql`insert into incidents
      (id, status, severity, kind, visibility, title, declared_at, last_seq, state, updated_at)
      values (7, 'open', 'sev2', 'real', 'public', 'Checkout is down', now(), 1, '{}', now())`);
    await drawIncidentNumbers(first.db, 33);
    await first.close();

    const second = await openStore({ dataDir });
    onTestFinished(second.close);
    expect(await drawIncidentNumbers(second.db, 2)).toEqual([8, 9]);
  });

  it('numbers the first incident 1', async () => {
    const store = await openStore({ dataDir: ':memory:' });
    onTestFinished(store.close);
    expect(await drawIncidentNumbers(store.db, 1)).toEqual([1]);
  });
});
