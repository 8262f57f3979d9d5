import { sql } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { SYSTEM_CLOCK } from '../../src/lib/clock.ts';
import { isConnectionFailure } from '../../src/store/failure.ts';
import { openStore } from '../../src/store/open-store.ts';
import { rowsOf } from '../../src/store/db.ts';
import type { Store } from '../../src/store/db.ts';
import { incidentAlerts, listIncidents } from '../../src/store/reads.ts';
import { signal } from '../support/alerts.ts';
import { describePostgres } from '../support/database.ts';
import { engineWorld, until } from '../support/engine-world.ts';
import { startPostgres } from '../support/postgres-server.ts';
import type { PostgresServer } from '../support/postgres-server.ts';

async function ownServer(): Promise<{ readonly server: PostgresServer; readonly store: Store }> {
  const server = await startPostgres([]);
  onTestFinished(server.remove);
  const store = await openStore({ databaseUrl: server.url });
  onTestFinished(store.close);
  return { server, store };
}

describePostgres('when the database goes away', () => {
  it('restarts under load: nothing that was accepted is lost, no page is doubled, and everything goes on', async () => {
    const { server, store } = await ownServer();
    const { engine, paged } = engineWorld(store, { engine: { clock: SYSTEM_CLOCK } });
    await engine.start();
    onTestFinished(engine.stop);
    const accepted: string[] = [];
    const refused: unknown[] = [];
    let posting = true;
    const post = async (worker: number) => {
      for (let n = 0; posting; n += 1) {
        const key = `${worker}-${n}`;
        await engine.receive([signal({ key, service: `service-${worker}-${n % 5}` })]).then(
          () => accepted.push(key),
          (error: unknown) => refused.push(error),
        );
      }
    };
    const workers = [1, 2, 3, 4].map(post);
    await until(() => accepted.length > 40);

    await server.stop('immediate');
    await server.start();
    const before = accepted.length;
    await until(() => accepted.length > before + 40, 20_000);
    posting = false;
    await Promise.all(workers);

    await engine.caughtUp();
    const incidents = await listIncidents(store.db, { state: 'all', limit: 1_000 });
    const stored = new Set<string>();
    for (const { id } of incidents) for (const { key } of await incidentAlerts(store.db, id)) stored.add(key);
    expect(accepted.filter((key) => !stored.has(key))).toEqual([]);
    expect(refused.every(isConnectionFailure)).toBe(true);
    await until(() => paged.length >= incidents.length, 20_000);
    expect(new Set(paged.map(({ attemptId }) => attemptId)).size).toBe(incidents.length);
  }, 60_000);

  it('says so at once while it is away, and listens again when it is back', async () => {
    const { server, store } = await ownServer();
    let heard = 0;
    await store.listen('news', () => (heard += 1));
    await server.stop('fast');

    await expect(listIncidents(store.db, { state: 'all', limit: 1 })).rejects.toSatisfy(isConnectionFailure);
    await expect(
      store.db.transaction((tx) => listIncidents(tx, { state: 'all', limit: 1 })),
    ).rejects.toSatisfy(isConnectionFailure);

    await server.start();
    // What was said while nobody listened may be anything, so a listener is called once when it is back.
    await until(() => heard === 1, 20_000);
    await store.db.execute(sql`select pg_notify('news', 'hello')`);
    await until(() => heard === 2);
  }, 60_000);

  it('listens again however long it was away', async () => {
    const { server, store } = await ownServer();
    let heard = 0;
    const deafen = await store.listen('news', () => (heard += 1));
    await server.stop('immediate');
    // Long enough for more than one try to come back.
    const away = Date.now() + 1_500;
    await until(() => Date.now() > away, 5_000);
    await server.start();
    await until(() => heard === 1, 20_000);
    await store.db.execute(sql`select pg_notify('news', 'hello')`);
    await until(() => heard === 2);
    await deafen();
    await store.db.execute(sql`select pg_notify('news', 'hello')`);
    await store.listen('news', (payload) => (heard += payload === 'hello again' ? 10 : 0));
    await store.db.execute(sql`select pg_notify('news', 'hello again')`);
    await until(() => heard === 12);
  }, 60_000);

  it('survives connections that are cut in the middle of a transaction', async () => {
    const { store } = await ownServer();

    for (let n = 0; n < 10; n += 1) {
      const cut = store.db.transaction(async (tx) => {
        const [row] = await rowsOf<{ pid: number }>(tx, sql`select pg_backend_pid()::int as pid`);
        await store.db.execute(sql`select pg_terminate_backend(${row?.pid})`);
        await tx.execute(sql`select 1`);
      });
      await expect(cut).rejects.toSatisfy(isConnectionFailure);
    }

    expect(await listIncidents(store.db, { state: 'all', limit: 1 })).toEqual([]);
  });
});
