import { describe, expect, it } from 'vitest';
import { createBacklog, OverloadedError } from '../../src/engine/backlog.ts';
import { DOMAIN } from '../../src/engine/deciders.ts';
import { inboxSize, keepInInbox } from '../../src/store/inbox.ts';
import { incidentAlerts, listIncidents } from '../../src/store/reads.ts';
import { listUnparsed } from '../../src/store/unparsed.ts';
import type { Store } from '../../src/store/db.ts';
import { signal } from '../support/alerts.ts';
import { describeStores } from '../support/database.ts';
import { engineWorld } from '../support/engine-world.ts';

describeStores('the inbox of alerts', (open) => {
  it('keeps what comes while others are decided, and decides it in the order in which it was accepted', async () => {
    const store = await open();
    const { engine } = engineWorld(store);
    const first = engine.receive([signal({ key: 'a' })]);
    const meanwhile = engine.receive([signal({ key: 'b' })]);
    await meanwhile;
    await engine.receive([signal({ key: 'b', status: 'resolved' })]);
    await first;
    await engine.caughtUp();

    expect(await statuses(store)).toEqual({ a: 'firing', b: 'resolved' });
    expect(await inboxSize(store.db)).toBe(0);
  });

  it('is decided before anything that comes later, though the process that kept it has died', async () => {
    const store = await open();
    const { engine } = engineWorld(store);
    await keepInInbox(store.db, [signal({ key: 'a' }), signal({ key: 'b' })]);

    await engine.receive([signal({ key: 'a', status: 'resolved' })]);

    expect(await statuses(store)).toEqual({ a: 'resolved', b: 'firing' });
  });

  it('is decided whole and in order, whoever kept which part of it', async () => {
    const store = await open();
    const { engine } = engineWorld(store);
    const mine = Array.from({ length: 40 }, (_, n) => engine.receive([signal({ key: `mine-${n % 4}` })]));
    await keepInInbox(store.db, [signal({ key: 'of another' }), signal({ key: 'mine-0' })]);
    await Promise.all(mine);
    await engine.receive([signal({ key: 'mine-0', status: 'resolved' })]);
    await engine.caughtUp();

    expect(await statuses(store)).toEqual({
      'mine-0': 'resolved',
      'mine-1': 'firing',
      'mine-2': 'firing',
      'mine-3': 'firing',
      'of another': 'firing',
    });
    expect(await inboxSize(store.db)).toBe(0);
  });

  it('is decided by a process that starts, if nothing else comes', async () => {
    const store = await open();
    const { engine } = engineWorld(store);
    await keepInInbox(store.db, [signal({ key: 'a' })]);

    await engine.settle();

    expect(await statuses(store)).toEqual({ a: 'firing' });
  });

  it('sets an alert aside that cannot be decided, and goes on with the others', async () => {
    const store = await open();
    const decide: typeof DOMAIN.decide = (world, command, given) => {
      if (command.type === 'incident.declare' && command.title.includes('poison'))
        throw new Error('poisoned');
      return DOMAIN.decide(world, command, given);
    };
    const { engine } = engineWorld(store, { engine: { deciders: { ...DOMAIN, decide } } });
    await keepInInbox(store.db, [
      signal({ key: 'bad', service: 'one', title: 'poison' }),
      signal({ key: 'good', service: 'two' }),
    ]);
    await keepInInbox(store.db, [signal({ key: 'later', service: 'two' })]);

    await engine.settle();

    expect(await statuses(store)).toEqual({ good: 'firing', later: 'firing' });
    const [kept, ...others] = await listUnparsed(store.db, { limit: 10 });
    expect(others).toEqual([]);
    expect(kept).toMatchObject({ source: 'alertmanager', reason: expect.stringContaining('poisoned') });
    expect(kept?.body).toContain('"key":"bad"');
  });
});

describe('a backlog', () => {
  it('refuses more of a source that has too many waiting, and nothing of the others', () => {
    const backlog = createBacklog();
    const many = Array.from({ length: 20_000 }, (_, n) => signal({ key: `k${n}` }));
    backlog.check(many);
    backlog.add(1, many);

    expect(() => backlog.check([signal({})])).toThrow(OverloadedError);
    expect(() => backlog.check([signal({ source: 'other' })])).not.toThrow();
    backlog.remove({ ids: [], signals: many.slice(0, 1) });
    expect(() => backlog.check([signal({})])).not.toThrow();
  });

  it('has in mind what was written down until it is taken or the connection is lost', () => {
    const backlog = createBacklog();
    for (const id of [1, 2, 3]) backlog.add(id, [signal({ key: `k${id}` })]);
    backlog.remove({ ids: [1], signals: [signal({ key: 'k1' })] });
    expect([...backlog.inMind.keys()]).toEqual([2, 3]);
    backlog.forget();
    expect([...backlog.inMind.keys()]).toEqual([]);
  });
});

async function statuses(store: Store): Promise<Readonly<Record<string, string>>> {
  const incidents = await listIncidents(store.db, { state: 'all', limit: 10 });
  const found = await Promise.all(incidents.map(({ id }) => incidentAlerts(store.db, id)));
  return Object.fromEntries(found.flat().map(({ key, status }) => [key, status]));
}
