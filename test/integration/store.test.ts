import { expect, it } from 'vitest';
import { instanceSecret } from '../../src/store/instance.ts';
import { notify } from '../../src/store/db.ts';
import { describeStores } from '../support/database.ts';

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
