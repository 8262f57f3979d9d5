import { expect, it } from 'vitest';
import { person } from '../../src/domain/actor.ts';
import { alertId } from '../../src/domain/alert/alert.ts';
import { openRosterDoor } from '../../src/engine/handle-roster.ts';
import type { RosterDoor } from '../../src/engine/handle-roster.ts';
import { findAlerts } from '../../src/store/alerts.ts';
import type { Store } from '../../src/store/db.ts';
import { alertGroups } from '../../src/store/schema/core.ts';
import { liveSilences } from '../../src/store/silences.ts';
import { signal } from '../support/alerts.ts';
import { describePostgres, describeStores } from '../support/database.ts';
import { aDirectory, minutes } from '../support/directory.ts';
import { engineWorld, movableClock } from '../support/engine-world.ts';
import type { MovableClock } from '../support/engine-world.ts';

const KEYS = Array.from({ length: 24 }, (_, n) => `disk-${n}`);

function disk(key: string, status: 'firing' | 'resolved' = 'firing') {
  return signal({ key, title: key, status, labels: { alertname: 'Disk', disk: key } });
}

/** The way in for what people say of silences, of a process that shares this store. */
function doorOf(store: Store, clock: MovableClock): RosterDoor {
  const overlay = { directory: () => aDirectory(), refresh: () => Promise.resolve() };
  return openRosterDoor({ store, clock, overlay, wake: () => undefined });
}

async function silence(door: RosterDoor, clock: MovableClock, forMs: number): Promise<number> {
  const said = await door.saySilence({
    type: 'silence.start',
    by: person('ana'),
    matchers: [{ label: 'alertname', op: 'equals', value: 'Disk' }],
    until: new Date(clock.now().getTime() + forMs),
    why: null,
    incidentId: null,
  });
  if (said.kind === 'refused') throw new Error(said.refusal.why);
  return said.silence.id;
}

async function alertsOf({ db }: Store) {
  const alerts = await findAlerts(
    db,
    KEYS.map((key) => alertId('alertmanager', key)),
  );
  return [...alerts.values()];
}

/** Every alert that fires is worked on, and every group counts what fires in it. */
async function expectNoneLost(store: Store): Promise<void> {
  const alerts = await alertsOf(store);
  const groups = await store.db.select().from(alertGroups);
  for (const alert of alerts.filter(({ status }) => status === 'firing')) {
    expect(alert.silencedBy).toBe(null);
    expect(groups.find(({ id }) => id === alert.groupId)?.incidentId).toEqual(expect.any(Number));
  }
  for (const group of groups)
    expect(alerts.filter((one) => one.groupId === group.id && one.status === 'firing')).toHaveLength(
      group.firing,
    );
}

describeStores('a silence', (open) => {
  it('lets go of more alerts than one transaction takes, and counts them all', async () => {
    const store = await open();
    const { engine, clock, done } = engineWorld(store);
    await silence(doorOf(store, clock), clock, minutes(30));
    const many = Array.from({ length: 600 }, (_, n) => disk(`many-${n}`));
    await engine.receive(many);
    await engine.settle();
    expect(await store.db.select().from(alertGroups)).toEqual([]);

    clock.move(minutes(30));
    await engine.settle();

    const [group, ...others] = await store.db.select().from(alertGroups);
    expect(others).toEqual([]);
    expect(group?.firing).toBe(600);
    const told = done.flatMap((effect) =>
      effect.type === 'chat.tell_room' ? [JSON.stringify(effect.text)] : [],
    );
    expect(told.at(-1)).toContain('It held back 600 alerts. 600 still fire and count as new now.');
    expect(await liveSilences(store.db)).toEqual([]);
  });

  it('that was said under a key before is not made again', async () => {
    const store = await open();
    const clock = movableClock();
    const door = doorOf(store, clock);
    const id = await silence(door, clock, minutes(30));
    const end = { type: 'silence.end', by: person('ana'), silenceId: id } as const;
    await door.saySilence(end, 'slack:1');
    await expect(
      door.saySilence({ ...end, silenceId: await silence(door, clock, minutes(60)) }, 'slack:1'),
    ).rejects.toThrow('said before');
    expect(await liveSilences(store.db)).toHaveLength(2);
  });
});

describePostgres('silences of several processes', (open) => {
  it('are known to all of them when their makers are answered', async () => {
    const store = await open();
    const clock = movableClock();
    const engines = [1, 2, 3].map(() => engineWorld(store, { clock }).engine);
    const noise = (async () => {
      for (let n = 0; n < 60; n += 1)
        await engines[n % 3]?.receive([signal({ key: `noise-${n}`, service: null })]);
    })();

    await silence(doorOf(store, clock), clock, minutes(30));
    await Promise.all(KEYS.map(async (key, n) => engines[n % 3]?.receive([disk(key)])));
    await noise;
    await Promise.all(engines.map((engine) => engine.caughtUp()));

    const alerts = await alertsOf(store);
    expect(alerts).toHaveLength(KEYS.length);
    for (const alert of alerts) expect(alert).toMatchObject({ groupId: null, silencedBy: 1 });
  });

  it('lose no alert, however they end while alerts come and go', async () => {
    const store = await open();
    const clock = movableClock();
    const engines = [1, 2].map(() => engineWorld(store, { clock }).engine);
    const [one, other] = [doorOf(store, clock), doorOf(store, clock)];
    let turn = 0;
    const next = (limit: number) => {
      turn = (turn * 1_103_515_245 + 12_345) % 2_147_483_648;
      return turn % limit;
    };
    for (let round = 0; round < 6; round += 1) {
      const first = await silence(one, clock, minutes(5));
      const second = await silence(other, clock, minutes(3 + round));
      const told = KEYS.map((key) => disk(key, next(4) === 0 ? 'resolved' : 'firing'));
      const half = told.splice(0, 12);
      await Promise.all(half.map(async (signalOf, n) => engines[n % 2]?.receive([signalOf])));
      clock.move(minutes(next(4)));
      await Promise.all([
        ...told.map(async (signalOf, n) => engines[n % 2]?.receive([signalOf])),
        one.saySilence({ type: 'silence.end', by: person('ana'), silenceId: first }),
        other.saySilence({
          type: 'silence.end',
          by: person('ana'),
          silenceId: next(2) === 0 ? first : second,
        }),
        ...engines.map((engine) => engine.settle()),
      ]);
      clock.move(minutes(1));
    }
    clock.move(minutes(60));
    await Promise.all(engines.map((engine) => engine.settle()));
    expect(await liveSilences(store.db)).toEqual([]);
    await expectNoneLost(store);
  });
});
