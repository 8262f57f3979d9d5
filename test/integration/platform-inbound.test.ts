import { appendFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { createInboundLoop } from '../../src/chat/inbound/loop.ts';
import type { Incoming } from '../../src/chat/inbound/incoming.ts';
import { openNotebook } from '../../src/chat/inbound/notebook.ts';
import { createLogger } from '../../src/lib/logger.ts';
import type { Db } from '../../src/store/db.ts';
import type { Inbound } from '../../src/store/platform-inbound.ts';
import { forgetInbound, keepInbound } from '../../src/store/platform-inbound.ts';
import { saveProcess } from '../../src/store/processes.ts';
import { describePostgres, describeStores } from '../support/database.ts';

describeStores('what a platform tells us', (open) => {
  it('is written down, then acknowledged, then done', async () => {
    const { db } = await open();
    const world = inboundWorld(db);
    await world.loop.receive(incoming({ key: 'Ev1' }), () => {
      world.log.push('acknowledged');
    });

    expect(world.log).toEqual(['acknowledged', 'Ev1 done at try 1']);
    expect(await world.loop.condition()).toEqual({ ok: true, detail: '0 inbound in hand' });
  });

  it('is done once and acknowledged each time', async () => {
    const { db } = await open();
    const world = inboundWorld(db);
    let acknowledged = 0;
    const acknowledge = () => {
      acknowledged += 1;
    };
    await Promise.all([1, 2, 3].map(() => world.loop.receive(incoming({ key: 'Ev1' }), acknowledge)));
    await world.loop.receive(incoming({ key: 'Ev1' }), acknowledge);

    expect(acknowledged).toBe(4);
    expect(world.log).toEqual(['Ev1 done at try 1']);
  });

  it('is done by whoever comes after a process that died over it', async () => {
    const { db } = await open();
    const world = inboundWorld(db);
    const held = { holder: 'other', leasedUntil: world.in(60_000) };
    await saveProcess(db, { ...OTHER, startedAt: world.in(0), seenAt: world.in(0) });
    await keepInbound(db, { ...incoming({ key: 'Ev1' }), platform: 'slack', receivedAt: world.in(0) }, held);
    expect(await world.loop.tick()).toBe(0);

    world.wait(31_000);
    expect(await world.loop.tick()).toBe(1);
    expect(world.log).toEqual(['Ev1 done at try 2']);
    expect(await world.loop.tick()).toBe(0);
  });

  it('is done by somebody else when whoever has it in hand takes too long', async () => {
    const { db } = await open();
    const world = inboundWorld(db);
    const stuck = { holder: 'one', leasedUntil: world.in(60_000) };
    await keepInbound(db, { ...incoming({ key: 'Ev1' }), platform: 'slack', receivedAt: world.in(0) }, stuck);
    expect(await world.loop.tick()).toBe(0);

    world.wait(61_000);
    expect(await world.loop.tick()).toBe(1);
  });

  it('is tried again when it fails, and holds up nobody else', async () => {
    const { db } = await open();
    const world = inboundWorld(db, { failing: (one) => one.key === 'Ev1' && one.tries < 3 });
    await world.loop.receive(incoming({ key: 'Ev1' }), () => undefined);
    await world.loop.receive(incoming({ key: 'Ev2' }), () => undefined);
    for (let n = 0; n < 2; n += 1) {
      world.wait(61_000);
      await world.loop.tick();
    }

    expect(world.log).toEqual(['Ev2 done at try 1', 'Ev1 done at try 3']);
    expect((await world.loop.condition()).ok).toBe(true);
  });

  it('is set aside when it fails always, and the health says so', async () => {
    const { db } = await open();
    const world = inboundWorld(db, { failing: () => true });
    await world.loop.receive(incoming({ key: 'poison' }), () => undefined);
    for (let n = 0; n < 6; n += 1) {
      world.wait(61_000);
      await world.loop.tick();
    }

    expect(world.tries).toBe(5);
    expect(await world.loop.condition()).toEqual({
      ok: false,
      detail: '1 inbound set aside in the last hour: poison cannot be done',
    });
    world.wait(3_600_000);
    expect((await world.loop.condition()).ok).toBe(true);
  });

  it('keeps the order of a lane', async () => {
    const { db } = await open();
    const world = inboundWorld(db);
    const keys = ['Ev1', 'Ev2', 'Ev3', 'Ev4'];
    await Promise.all(keys.map((key) => world.loop.receive(incoming({ key }), () => undefined)));

    expect(world.log).toEqual(keys.map((key) => `${key} done at try 1`));
  });

  it('is not acknowledged when it could not be written down', async () => {
    const { db } = await open();
    const world = inboundWorld(db);
    await db.execute(sql`drop table platform_inbound`);
    await expect(
      world.loop.receive(incoming({ key: 'Ev1' }), () => {
        world.log.push('acknowledged');
      }),
    ).rejects.toThrow();
    expect(world.log).toEqual([]);
  });

  it('is forgotten after a while', async () => {
    const { db } = await open();
    const world = inboundWorld(db);
    await world.loop.receive(incoming({ key: 'Ev1' }), () => undefined);
    await forgetInbound(db, { before: world.in(1), failedBefore: world.in(1) });
    await world.loop.receive(incoming({ key: 'Ev1' }), () => undefined);
    expect(world.log).toHaveLength(2);
  });
});

describeStores('what a platform tells us once, with a disk for notes', (open) => {
  it('is acknowledged while the database is told, and done', async () => {
    const { db } = await open();
    const world = inboundWorld(db, { notesFolder: aFolder() });
    const receiving = world.loop.receiveOnce(
      incoming({ key: 'cmd1' }),
      () => void world.log.push('acknowledged'),
    );
    expect(world.log).toEqual(['acknowledged']);

    await receiving;
    expect(world.log).toEqual(['acknowledged', 'cmd1 done at try 1']);
  });

  it('leaves no words on the disk when it is over', async () => {
    const { db } = await open();
    const notesFolder = aFolder();
    const world = inboundWorld(db, { notesFolder });
    await world.loop.receiveOnce(incoming({ key: 'cmd1' }), () => undefined);
    expect(notesIn(notesFolder)).toContain('hello');
    await world.loop.tick();
    expect(notesIn(notesFolder)).toBe('');
    await world.loop.stop();
    expect(readdirSync(notesFolder)).toEqual([]);
  });

  it('is done by the next process when this one died before the database had it', async () => {
    const { db } = await open();
    const notesFolder = aFolder();
    const first = openNotebook({ folder: notesFolder, platform: 'slack', processId: 'dead', logger: SILENT });
    const world = inboundWorld(db, { notesFolder });
    first.note({ ...incoming({ key: 'cmd1' }), receivedAt: world.in(-5_000) });
    first.note({ ...incoming({ key: 'cmd2' }), receivedAt: world.in(-4_000) });

    expect(await world.loop.tick()).toBe(2);
    expect(world.log).toEqual(['cmd1 done at try 2', 'cmd2 done at try 2']);
    expect(await world.loop.tick()).toBe(0);
    expect(notesIn(notesFolder)).toBe('');
  });

  it('is left alone while its process lives, and done once when the database had it already', async () => {
    const { db } = await open();
    const notesFolder = aFolder();
    const other = openNotebook({
      folder: notesFolder,
      platform: 'slack',
      processId: 'other',
      logger: SILENT,
    });
    const world = inboundWorld(db, { notesFolder });
    await saveProcess(db, { ...OTHER, startedAt: world.in(0), seenAt: world.in(0) });
    other.note({ ...incoming({ key: 'cmd1' }), receivedAt: world.in(0) });
    expect(await world.loop.tick()).toBe(0);

    await world.loop.receive(incoming({ key: 'cmd1' }), () => undefined);
    world.wait(31_000);
    expect(await world.loop.tick()).toBe(0);
    expect(world.log).toEqual(['cmd1 done at try 1']);
  });

  it('is not done again a day later, when nobody knows any more whether it was', async () => {
    const { db } = await open();
    const notesFolder = aFolder();
    const dead = openNotebook({ folder: notesFolder, platform: 'slack', processId: 'dead', logger: SILENT });
    const world = inboundWorld(db, { notesFolder });
    dead.note({ ...incoming({ key: 'cmd1' }), receivedAt: world.in(-24 * 3_600_000) });
    expect(await world.loop.tick()).toBe(0);
    expect(world.log).toEqual([]);
  });

  it('survives a line that was cut, and a file that was taken from under a process that still lives', async () => {
    const { db } = await open();
    const notesFolder = aFolder();
    const hung = openNotebook({ folder: notesFolder, platform: 'slack', processId: 'hung', logger: SILENT });
    const world = inboundWorld(db, { notesFolder });
    appendFileSync(join(notesFolder, 'slack.hung.jsonl'), '\n{"key":"cut","kind":"eve');
    hung.note({ ...incoming({ key: 'cmd1' }), receivedAt: world.in(0) });
    expect(await world.loop.tick()).toBe(1);

    hung.done('cmd1');
    hung.tidy();
    hung.note({ ...incoming({ key: 'cmd2' }), receivedAt: world.in(0) });
    expect(await world.loop.tick()).toBe(1);
    expect(world.log).toEqual(['cmd1 done at try 2', 'cmd2 done at try 2']);
  });

  it('waits for the database where no note can be taken', async () => {
    const { db } = await open();
    const file = join(aFolder(), 'a file');
    writeFileSync(file, '');
    const world = inboundWorld(db, { notesFolder: file });
    await db.execute(sql`drop table platform_inbound`);
    const acknowledge = () => void world.log.push('acknowledged');
    await expect(world.loop.receiveOnce(incoming({ key: 'cmd1' }), acknowledge)).rejects.toThrow();
    expect(world.log).toEqual([]);
  });
});

describePostgres('what a platform tells several processes', (open) => {
  it('is taken by one of them', async () => {
    const { db } = await open();
    const world = inboundWorld(db);
    const dead = { holder: 'dead', leasedUntil: world.in(-1) };
    const keys = Array.from({ length: 20 }, (_, n) => `Ev${n}`);
    for (const key of keys)
      await keepInbound(db, { ...incoming({ key }), platform: 'slack', receivedAt: world.in(0) }, dead);
    await Promise.all([1, 2, 3, 4].map(() => world.loop.tick()));

    expect(world.log.toSorted()).toEqual(keys.map((key) => `${key} done at try 2`).toSorted());
  });
});

const SILENT = createLogger({ level: 'silent' });

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'firebell-notes-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function notesIn(folder: string): string {
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
}

const OTHER = { id: 'other', host: 'here', pid: 1, url: null, configHash: null, configProblem: null };

interface InboundOptions {
  readonly failing?: (one: Inbound) => boolean;
  readonly processId?: string;
  readonly notesFolder?: string;
}

function inboundWorld(db: Db, { failing, processId = 'one', notesFolder }: InboundOptions = {}) {
  const log: string[] = [];
  const seen = { tries: 0 };
  let now = Date.UTC(2026, 10, 22, 3, 0);
  const loop = createInboundLoop({
    db,
    clock: { now: () => new Date(now) },
    logger: SILENT,
    platform: 'slack',
    processId,
    notesFolder: notesFolder ?? null,
    laneOf: ({ kind }) => kind,
    process: async (one) => {
      seen.tries = one.tries;
      if (failing?.(one) === true) throw new Error(`${one.key} cannot be done`);
      log.push(`${one.key} done at try ${one.tries}`);
    },
  });
  return {
    loop,
    log,
    get tries() {
      return seen.tries;
    },
    in: (ms: number) => new Date(now + ms),
    wait: (ms: number) => {
      now += ms;
    },
  };
}

function incoming(about: Partial<Incoming>): Incoming {
  return { key: 'Ev1', kind: 'event', payload: { text: 'hello' }, ...about };
}
