import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { person } from '../../src/domain/actor.ts';
import type { Engine } from '../../src/engine/create-engine.ts';
import { rowsOf } from '../../src/store/db.ts';
import type { Store } from '../../src/store/db.ts';
import { incidentEvents, incidentPages, listIncidents } from '../../src/store/reads.ts';
import { claimDueTimers } from '../../src/store/timers.ts';
import { signal } from '../support/alerts.ts';
import { describePostgres } from '../support/database.ts';
import { toDeclare } from '../support/declare.ts';
import { minutes } from '../support/directory.ts';
import { engineWorld, movableClock } from '../support/engine-world.ts';

function declare(engine: Engine, n: number): Promise<unknown> {
  return engine.door.say(toDeclare({ title: `Problem ${n}` }));
}

async function deadlocks({ db }: Store): Promise<number> {
  const [row] = await rowsOf<{ deadlocks: number }>(
    db,
    sql`select deadlocks::int from pg_stat_database where datname = current_database()`,
  );
  return row?.deadlocks ?? -1;
}

describePostgres('several processes', (open) => {
  it('take each step of an escalation once', async () => {
    const store = await open();
    const clock = movableClock();
    const first = engineWorld(store, { clock });
    const worlds = [first, engineWorld(store, { clock }), engineWorld(store, { clock })];
    for (let n = 1; n <= 40; n += 1) await declare((worlds[n % 3] ?? first).engine, n);

    await Promise.all(worlds.map(({ engine }) => engine.settle()));
    clock.move(minutes(5));
    await Promise.all(worlds.map(({ engine }) => engine.settle()));

    const paged = worlds.flatMap((world) => world.paged.map((notice) => notice.attemptId));
    expect(paged).toHaveLength(80);
    expect(new Set(paged).size).toBe(80);
    for (let id = 1; id <= 40; id += 1) {
      const reached = (await incidentEvents(store.db, id)).filter(
        ({ event }) => event.type === 'escalation.step_reached',
      );
      expect(reached).toHaveLength(2);
    }
  });

  it('share what is due: neither waits for what the other has in hand', async () => {
    const store = await open();
    const clock = movableClock();
    const { engine } = engineWorld(store, { clock });
    for (let n = 1; n <= 6; n += 1) await declare(engine, n);
    await engine.settle();
    clock.move(minutes(5));

    const claimed = await store.db.transaction(async (one) => {
      const first = await claimDueTimers(one, clock.now(), 2);
      const others = await store.db.transaction((other) => claimDueTimers(other, clock.now(), 10));
      return [first, others].map((timers) => timers.map(({ incidentId }) => incidentId));
    });

    expect(claimed).toEqual([
      [1, 2],
      [3, 4, 5, 6],
    ]);
  });

  it('open one incident for alerts of one group that come to all of them at once', async () => {
    const store = await open();
    const engines = [1, 2, 3].map(() => engineWorld(store).engine);

    await Promise.all(
      Array.from({ length: 60 }, async (_, n) =>
        engines[n % 3]?.receive([signal({ key: `disk-${n % 20}`, title: `Disk ${n % 20}` })]),
      ),
    );

    const incidents = await listIncidents(store.db, { state: 'all', limit: 10 });
    expect(incidents).toHaveLength(1);
    expect(incidents[0]?.alerts).toMatchObject({ firing: 20, total: 20 });
  });

  it('get through a storm of alerts, acknowledgements, notes and timers without losing any', async () => {
    const store = await open();
    const clock = movableClock();
    const worlds = [1, 2].map(() => engineWorld(store, { clock }));
    const engines = worlds.map(({ engine }) => engine);
    const services = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const [n, service] of services.entries())
      await engines[n % 2]?.receive([signal({ key: `${service}-0`, service })]);
    let moving = true;
    const time = (async () => {
      while (moving) {
        clock.move(minutes(1));
        await Promise.all(engines.map((engine) => engine.settle()));
      }
    })();

    const work = Array.from({ length: 120 }, async (_, n) => {
      const engine = engines[n % 2];
      const incidentId = (n % 6) + 1;
      const by = person(['ana', 'ben', 'cleo'][n % 3] ?? 'ana');
      if (n % 4 === 0)
        return engine?.receive(services.map((service) => signal({ key: `${service}-${n}`, service })));
      if (n % 4 === 1)
        return engine?.door.say({
          type: 'escalation.acknowledge',
          by,
          incidentId,
          pageId: null,
          promiseMs: null,
        });
      if (n % 4 === 2) return engine?.door.say({ type: 'escalation.unacknowledge', by, incidentId });
      return engine?.door.say({ type: 'incident.add_note', by, incidentId, text: `note ${n}`, at: null });
    });
    await Promise.all(work);
    moving = false;
    await time;

    const notes = [];
    for (let id = 1; id <= 6; id += 1) {
      const log = await incidentEvents(store.db, id);
      expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1));
      notes.push(...log.filter(({ event }) => event.type === 'incident.noted'));
      const pages = await incidentPages(store.db, id);
      expect(new Set(pages.map((page) => page.id)).size).toBe(pages.length);
    }
    expect(notes).toHaveLength(30);
    expect(await deadlocks(store)).toBe(0);
    for (const { alerts } of await listIncidents(store.db, { state: 'all', limit: 6 }))
      expect(alerts.total).toBeGreaterThan(0);
  }, 60_000);
});
