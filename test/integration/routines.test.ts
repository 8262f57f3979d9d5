import { expect, it } from 'vitest';
import { createRoutines } from '../../src/engine/routine.ts';
import type { Routine } from '../../src/engine/routine.ts';
import { createLogger } from '../../src/lib/logger.ts';
import { claimNotices } from '../../src/store/notices.ts';
import { describeStores } from '../support/database.ts';
import { movableClock } from '../support/engine-world.ts';

const MINUTE = 60_000;

describeStores('routines', (open) => {
  it('are run by one process at a time, and again when they are due', async () => {
    const [store, clock] = [await open(), movableClock()];
    let runs = 0;
    const routine: Routine = {
      name: 'count',
      everyMs: MINUTE,
      run: async () => {
        runs += 1;
        // Another process looks while this one is at it, for longer than the routine waits between runs.
        clock.move(2 * MINUTE);
        await other.tick();
      },
    };
    const logger = createLogger({ level: 'silent' });
    const [one, other] = [0, 1].map(() => createRoutines({ store, clock, logger }, [routine])) as [
      ReturnType<typeof createRoutines>,
      ReturnType<typeof createRoutines>,
    ];

    expect(await one.tick()).toBe(1);
    expect(runs).toBe(1);
    expect(await other.tick()).toBe(1);
    expect(await one.tick()).toBe(1);
  });

  it('that fail are shown until they go well again, and hold no other up', async () => {
    const [store, clock] = [await open(), movableClock()];
    let fails = true;
    let others = 0;
    const routines = createRoutines({ store, clock, logger: createLogger({ level: 'silent' }) }, [
      {
        name: 'flaky',
        everyMs: MINUTE,
        run: () => (fails ? Promise.reject(new Error('no mail server')) : Promise.resolve()),
      },
      {
        name: 'steady',
        everyMs: MINUTE,
        run: async () => {
          others += 1;
        },
      },
    ]);

    await routines.tick();
    expect(await routines.condition()).toEqual({ ok: false, detail: 'flaky: no mail server' });
    expect(others).toBe(1);

    fails = false;
    clock.move(MINUTE);
    await routines.tick();
    expect((await routines.condition()).ok).toBe(true);
  });

  it('that a killed process held are taken over when its lease has run out', async () => {
    const [store, clock] = [await open(), movableClock()];
    const logger = createLogger({ level: 'silent' });
    let runs = 0;
    const begun = Promise.withResolvers<void>();
    const killed = createRoutines({ store, clock, logger }, [
      {
        name: 'long',
        everyMs: MINUTE,
        run: () => {
          begun.resolve();
          return new Promise(() => undefined);
        },
      },
    ]);
    const heir = createRoutines({ store, clock, logger }, [
      {
        name: 'long',
        everyMs: MINUTE,
        run: async () => {
          runs += 1;
        },
      },
    ]);
    void killed.tick();
    await begun.promise;

    clock.move(4 * MINUTE);
    expect(await heir.tick()).toBe(0);
    clock.move(MINUTE);
    expect(await heir.tick()).toBe(1);
    expect(runs).toBe(1);
  });
});

describeStores('notices', (open) => {
  it('are claimed once, and not at all when the transaction that tells them fails', async () => {
    const { db } = await open();
    const now = new Date('2026-03-01T12:00:00Z');

    await expect(
      db.transaction(async (tx) => {
        await claimNotices(tx, ['a'], now);
        throw new Error('the outbox is full');
      }),
    ).rejects.toThrow('the outbox is full');
    expect([...(await claimNotices(db, ['b', 'a', 'b'], now))].sort()).toEqual(['a', 'b']);
    expect([...(await claimNotices(db, ['a', 'c'], now))]).toEqual(['c']);
  });
});
