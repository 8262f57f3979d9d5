import fc from 'fast-check';
import { expect, it } from 'vitest';
import { person } from '../../src/domain/actor.ts';
import type { Signal } from '../../src/domain/alert/signal.ts';
import { incidentAlerts, listIncidents } from '../../src/store/reads.ts';
import { signal } from '../support/alerts.ts';
import { describeStores } from '../support/database.ts';
import { minutes } from '../support/directory.ts';
import { engineWorld } from '../support/engine-world.ts';

const key = fc.constantFrom('disk', 'memory', 'errors');
const move = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('fire' as const),
      key,
      guessed: fc.boolean(),
      again: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('clear' as const), key }) },
  fc.record({ do: fc.constantFrom('resolve' as const, 'reopen' as const, 'ack' as const), nth: fc.nat(3) }),
  fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 40 }) }),
);

describeStores('the count of alerts that fire', (open) => {
  it('is that of the alerts themselves, however they come, go and move on while people resolve and reopen', async () => {
    const store = await open();
    const { engine, clock } = engineWorld(store);
    await fc.assert(
      fc.asyncProperty(
        fc.array(move, { minLength: 5, maxLength: 30 }),
        fc.nat(1_000_000),
        async (moves, salt) => {
          // What a run before has left belongs to nobody here.
          clock.move(minutes(24 * 60));
          const starts = new Map<string, Date>();
          const about = (name: string, change: Partial<Signal>): Signal =>
            signal({ key: `${salt}-${name}`, service: `s${salt}`, ...change });
          for (const one of moves) {
            if (one.do === 'wait') clock.move(minutes(one.minutes));
            else if (one.do === 'fire') {
              const startsAt = one.again ? (starts.get(one.key) ?? clock.now()) : clock.now();
              starts.set(one.key, startsAt);
              await engine.receive([
                about(one.key, { startsAt, ...(one.guessed ? { startsAtGuessed: true } : {}) }),
              ]);
            } else if (one.do === 'clear') {
              const startsAt = starts.get(one.key) ?? clock.now();
              await engine.receive([about(one.key, { status: 'resolved', startsAt, endsAt: clock.now() })]);
            } else {
              const all = await listIncidents(store.db, { state: 'all', limit: 4 });
              const incidentId = all[one.nth % Math.max(1, all.length)]?.id;
              if (incidentId === undefined) continue;
              const by = person('ana');
              if (one.do === 'resolve')
                await engine.door.say({ type: 'incident.resolve', by, incidentId, summary: null });
              else if (one.do === 'reopen')
                await engine.door.say({ type: 'incident.reopen', by, incidentId, reason: 'back' });
              else
                await engine.door.say({
                  type: 'escalation.acknowledge',
                  by,
                  incidentId,
                  pageId: null,
                  promiseMs: null,
                });
            }
            clock.move(1);
            for (const { id, alerts } of await listIncidents(store.db, { state: 'all', limit: 4 })) {
              const theirs = await incidentAlerts(store.db, id);
              expect([id, alerts.firing]).toEqual([
                id,
                theirs.filter(({ status }) => status === 'firing').length,
              ]);
            }
          }
        },
      ),
      { numRuns: 12 },
    );
  }, 120_000);
});
