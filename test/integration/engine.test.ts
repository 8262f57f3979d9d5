import { expect, it } from 'vitest';
import { BOT, person } from '../../src/domain/actor.ts';
import { DOMAIN } from '../../src/engine/deciders.ts';
import type { FrontDoor } from '../../src/engine/front-door.ts';
import {
  incidentAlerts,
  incidentEvents,
  incidentOfRoom,
  incidentPages,
  listIncidents,
  openPagesOf,
} from '../../src/store/reads.ts';
import { outbox } from '../../src/store/schema/core.ts';
import { describeStores } from '../support/database.ts';
import { toDeclare } from '../support/declare.ts';
import { aDirectory, aPolicy, aStep, byId, minutes, toPerson } from '../support/directory.ts';
import { signal } from '../support/alerts.ts';
import { engineWorld } from '../support/engine-world.ts';

const ana = person('ana');

const DECLARE = toDeclare();

async function declare(door: FrontDoor): Promise<number> {
  const said = await door.say(DECLARE);
  if (said.kind !== 'done') throw new Error(said.refusal.why);
  return said.incident.id;
}

describeStores('the engine', (open) => {
  it('opens an incident and a room for an alert, pages, climbs, and stops at the acknowledgement', async () => {
    const store = await open();
    const { engine, paged, wait } = engineWorld(store);

    await engine.receive([signal({ service: 'checkout', severity: 'critical' })]);
    await engine.settle();
    expect(paged.map((notice) => notice.person.id)).toEqual(['ana']);
    expect(paged[0]).toMatchObject({ severity: 'sev1', alerts: ['Disk will fill'], firing: 1 });

    await wait(minutes(5));
    expect(paged.map((notice) => notice.person.id)).toEqual(['ana', 'ben']);
    expect((await openPagesOf(store.db, 'ben')).map(({ incidentId }) => incidentId)).toEqual([1]);

    const said = await engine.door.say({
      type: 'escalation.acknowledge',
      by: person('ben'),
      incidentId: 1,
      pageId: null,
      promiseMs: null,
    });
    await wait(minutes(60));
    expect(said.kind).toBe('done');
    expect(paged).toHaveLength(2);
    expect(await incidentOfRoom(store.db, 'console', 'room-1')).toMatchObject({
      id: 1,
      acknowledgedBy: person('ben'),
    });
    expect((await engine.stats()).outbox).toMatchObject({ waiting: 0, leased: 0, dead: 0 });
  });

  it('keeps the log without gaps, and gives back what it wrote', async () => {
    const store = await open();
    const { engine, wait } = engineWorld(store);
    const id = await declare(engine.door);
    await wait(minutes(12));

    const log = await incidentEvents(store.db, id);

    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1));
    expect(log[0]).toMatchObject({
      by: ana,
      event: { type: 'incident.declared', title: 'Checkout is down' },
    });
    expect((await incidentPages(store.db, id)).map(({ personId }) => personId)).toEqual([
      'ana',
      'ben',
      'cleo',
    ]);
  });

  it('numbers incidents from 1, and refuses unknown ones in words', async () => {
    const store = await open();
    const { engine } = engineWorld(store);
    expect([await declare(engine.door), await declare(engine.door)]).toEqual([1, 2]);

    for (const incidentId of [3, -1, 2 ** 40, 1.5, Number.NaN]) {
      const said = await engine.door.say({ type: 'incident.resolve', by: ana, incidentId, summary: null });
      expect(said).toMatchObject({
        kind: 'refused',
        refusal: { why: `There is no incident #${incidentId}.` },
      });
    }
    expect((await listIncidents(store.db, { state: 'open', limit: 10 })).map(({ id }) => id)).toEqual([2, 1]);
  });

  it('goes on after a restart as if nothing had been', async () => {
    const store = await open();
    const before = engineWorld(store);
    await declare(before.engine.door);
    await before.engine.settle();

    const after = engineWorld(store, { clock: before.clock });
    await after.wait(minutes(5));

    expect(before.paged.map((notice) => notice.person.id)).toEqual(['ana']);
    expect(after.paged.map((notice) => notice.person.id)).toEqual(['ben']);
  });

  it('joins alerts of one group to one incident, and counts them', async () => {
    const store = await open();
    const { engine } = engineWorld(store);

    await engine.receive([
      signal({ key: 'a' }),
      signal({ key: 'b' }),
      signal({ key: 'c', service: 'other' }),
    ]);
    await engine.receive([signal({ key: 'a', status: 'resolved' }), signal({ key: 'd' })]);

    const incidents = await listIncidents(store.db, { state: 'all', limit: 10 });
    const orders = incidents.find(({ alerts }) => alerts.total === 3);
    expect(incidents).toHaveLength(2);
    expect(orders?.alerts).toMatchObject({ firing: 2, total: 3 });
    expect((await incidentAlerts(store.db, orders?.id ?? 0)).map(({ key }) => key)).toEqual(['b', 'd', 'a']);
  });

  it('takes alerts whose text no database can keep', async () => {
    const store = await open();
    const { engine } = engineWorld(store);
    const hostile = signal({
      key: 'k\0\ud800',
      title: '\0<!channel> @everyone',
      labels: { 'a\0': '\udfff' },
    });

    await engine.receive([hostile]);
    await engine.receive([hostile]);

    const [incident] = await listIncidents(store.db, { state: 'all', limit: 10 });
    expect(await incidentAlerts(store.db, incident?.id ?? 0)).toMatchObject([
      { key: 'k\ufffd\ufffd', count: 2 },
    ]);
  });

  it('tries an effect again that failed, later and later, and does not do it twice', async () => {
    const store = await open();
    let tries = 0;
    const { engine, wait, done } = engineWorld(store, {
      handlers: {
        'chat.open_room': () => {
          tries += 1;
          if (tries < 4) throw new Error('rate limited');
          return Promise.resolve({ kind: 'done' });
        },
      },
    });
    await declare(engine.door);
    await wait(minutes(1));

    expect(tries).toBe(4);
    const said = done.flatMap((effect) => (effect.type === 'chat.announce' ? [effect.recorded.seq] : []));
    expect(said.length).toBeGreaterThan(1);
    expect(said).toEqual(said.toSorted((a, b) => a - b));
  });

  it('gives a page up after ten minutes, and tells the escalation that the person cannot be reached', async () => {
    const store = await open();
    const patient = aPolicy([
      aStep([toPerson('ana')], { ackWithinMs: minutes(30) }),
      aStep([toPerson('ben')]),
    ]);
    const { engine, wait, paged } = engineWorld(store, {
      directory: aDirectory({ policies: byId([patient]) }),
      deliver: (notice) =>
        Promise.resolve(
          notice.person.id === 'ben'
            ? { kind: 'sent', messageId: 'x' }
            : { kind: 'retry', afterMs: null, reason: 'network' },
        ),
    });
    const id = await declare(engine.door);
    await wait(minutes(4));
    expect(new Set(paged.map(({ person: who }) => who.id))).toEqual(new Set(['ana']));
    await wait(minutes(7));

    const [first] = await incidentPages(store.db, id);
    expect(first?.attempts[0]?.outcome).toMatchObject({ state: 'failed' });
    expect(paged.some(({ person: who }) => who.id === 'ben')).toBe(true);
  });

  it('gives up loudly: on the record and to the admins', async () => {
    const store = await open();
    const { engine, done } = engineWorld(store, {
      handlers: {
        'chat.open_room': () => Promise.resolve({ kind: 'give_up', reason: 'the bot may not make channels' }),
      },
    });
    const id = await declare(engine.door);
    await engine.settle();

    expect((await incidentEvents(store.db, id)).map(({ event }) => event)).toContainEqual({
      type: 'incident.effect_given_up',
      what: 'chat.open_room',
      reason: 'the bot may not make channels',
    });
    expect(done.find(({ type }) => type === 'chat.tell_admins')).toMatchObject({ incidentId: id });
  });

  it('sets an effect aside that nobody can read, and goes on with its lane', async () => {
    const store = await open();
    const { engine, done, clock } = engineWorld(store);
    const row = { lane: 'admins', priority: 4, createdAt: clock.now(), notBefore: clock.now() };
    await store.db.insert(outbox).values([
      { ...row, effect: { type: 'chat.from_the_future' } },
      { ...row, effect: { type: 'chat.tell_admins', incidentId: null, text: 'hello' } },
    ]);
    await engine.settle();

    expect(done).toMatchObject([{ type: 'chat.tell_admins', text: 'hello' }]);
    expect((await engine.stats()).outbox).toMatchObject({ waiting: 0, dead: 1 });
  });

  it('puts a timer off whose command throws, says so once, and takes the others', async () => {
    const store = await open();
    const broken = new Set<number>();
    const { engine, wait, paged, done } = engineWorld(store, {
      engine: {
        deciders: {
          ...DOMAIN,
          decide: (world, command, given) => {
            if (broken.has(command.incidentId) && command.by === BOT) throw new Error('a bug');
            return DOMAIN.decide(world, command, given);
          },
        },
      },
    });
    const [first, second] = [await declare(engine.door), await declare(engine.door)];
    await engine.settle();
    broken.add(first);
    await wait(minutes(6));

    expect(paged.map(({ incidentId, person: who }) => [incidentId, who.id])).toContainEqual([second, 'ben']);
    expect(
      done.filter((effect) => effect.type === 'chat.tell_admins' && effect.incidentId === first),
    ).toHaveLength(1);
    expect((await engine.stats()).timers.failing).toBe(1);

    broken.clear();
    await wait(minutes(2));
    expect(paged.map(({ incidentId, person: who }) => [incidentId, who.id])).toContainEqual([first, 'ben']);
  });

  it('wakes at once when started, and finishes what is in hand when stopped', async () => {
    const store = await open();
    const sending = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const { engine, paged } = engineWorld(store, {
      deliver: async () => {
        sending.resolve();
        await finish.promise;
        return { kind: 'sent', messageId: 'dm-1' };
      },
    });
    await engine.start();
    const id = await declare(engine.door);
    await sending.promise;

    const stopped = engine.stop();
    finish.resolve();
    await stopped;

    const [page] = await incidentPages(store.db, id);
    expect(paged).toHaveLength(1);
    expect(page?.attempts[0]?.outcome).toMatchObject({ state: 'sent', messageId: 'dm-1' });
  });
});
