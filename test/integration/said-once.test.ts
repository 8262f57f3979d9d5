import { expect, it } from 'vitest';
import { person } from '../../src/domain/actor.ts';
import type { FrontDoor, Said } from '../../src/engine/front-door.ts';
import { openRosterDoor } from '../../src/engine/handle-roster.ts';
import { liveAbsences } from '../../src/store/absences.ts';
import { incidentEvents, listIncidents } from '../../src/store/reads.ts';
import { forgetSayings, SaidBefore } from '../../src/store/said-once.ts';
import { describeStores } from '../support/database.ts';
import { toDeclare } from '../support/declare.ts';
import { aDirectory } from '../support/directory.ts';
import { engineWorld } from '../support/engine-world.ts';

const ana = person('ana');
const DECLARE = toDeclare();

describeStores('what somebody did and comes again after a crash', (open) => {
  it('is said once, and answered as it was the first time', async () => {
    const store = await open();
    const { engine, clock } = engineWorld(store);
    const first = await engine.door.say(DECLARE, 'slack:command:1');
    clock.move(5_000);
    const again = await engine.door.say(DECLARE, 'slack:command:1');
    await engine.door.say(DECLARE, 'slack:command:2');

    expect(outcomeOf(again)).toEqual(outcomeOf(first));
    expect(await listIncidents(store.db, { state: 'all', limit: 10 })).toHaveLength(2);
  });

  it('is said once also when both come at the same time', async () => {
    const store = await open();
    const { engine } = engineWorld(store);
    const all = await Promise.all([1, 2, 3, 4].map(() => engine.door.say(DECLARE, 'slack:command:1')));

    expect(new Set(all.map((said) => JSON.stringify(outcomeOf(said)))).size).toBe(1);
    expect(await listIncidents(store.db, { state: 'all', limit: 10 })).toHaveLength(1);
  });

  it('is answered with what it did then, though it would be refused or change nothing now', async () => {
    const store = await open();
    const { engine } = engineWorld(store);
    const incidentId = await declare(engine.door);
    const resolve = { type: 'incident.resolve', by: ana, incidentId, summary: 'Restarted it' } as const;
    const first = await engine.door.say(resolve, 'discord:7');
    const log = await incidentEvents(store.db, incidentId);

    expect(outcomeOf(await engine.door.say(resolve, 'discord:7'))).toEqual(outcomeOf(first));
    expect(await incidentEvents(store.db, incidentId)).toEqual(log);
  });

  it('stays refused when it was, whatever became of the incident since', async () => {
    const store = await open();
    const { engine } = engineWorld(store);
    const incidentId = await declare(engine.door);
    const unack = { type: 'escalation.unacknowledge', by: ana, incidentId } as const;
    const first = await engine.door.say(unack, 'slack:view:V1');
    await engine.door.say({
      type: 'escalation.acknowledge',
      by: ana,
      incidentId,
      pageId: null,
      promiseMs: null,
    });

    expect(first.kind).toBe('refused');
    expect(await engine.door.say(unack, 'slack:view:V1')).toEqual(first);
  });

  it('changes who is away once', async () => {
    const store = await open();
    const { clock } = engineWorld(store);
    const directory = aDirectory();
    const door = openRosterDoor({
      store,
      clock,
      overlay: { directory: () => directory, refresh: () => Promise.resolve() },
      wake: () => undefined,
    });
    const away = {
      type: 'absence.announce',
      by: ana,
      personId: 'ana',
      from: new Date('2026-03-02T00:00:00Z'),
      until: new Date('2026-03-03T00:00:00Z'),
      why: null,
    } as const;
    await door.sayAbsence(away, 'slack:command:9');

    await expect(door.sayAbsence(away, 'slack:command:9')).rejects.toThrow(SaidBefore);
    expect(await liveAbsences(store.db, clock.now())).toHaveLength(1);
  });

  it('is forgotten when it cannot come again', async () => {
    const store = await open();
    const { engine, clock } = engineWorld(store);
    await engine.door.say(DECLARE, 'slack:command:1');
    clock.move(1_000);
    await forgetSayings(store.db, clock.now());
    await engine.door.say(DECLARE, 'slack:command:1');
    expect(await listIncidents(store.db, { state: 'all', limit: 10 })).toHaveLength(2);
  });
});

async function declare(door: FrontDoor): Promise<number> {
  const said = await door.say(DECLARE);
  if (said.kind !== 'done') throw new Error(said.refusal.why);
  return said.incident.id;
}

function outcomeOf(said: Said): unknown {
  return said.kind === 'done' ? { incident: said.incident.id, events: said.events } : said;
}
