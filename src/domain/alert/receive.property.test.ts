import fc from 'fast-check';
import { expect, it } from 'vitest';
import { directoryWith, LivingBook, minute, route, signal } from '../../../test/support/alerts.ts';
import type { AlertGroup } from './alert.ts';
import { destinationOf } from './route.ts';
import type { Signal } from './signal.ts';

const DIRECTORY = directoryWith(
  route({ name: 'quiet', incident: 'none', matchers: [{ label: 'env', op: 'equals', value: 'dev' }] }),
  route(),
);

const signals = fc.record({
  key: fc.constantFrom('a', 'b', 'c', 'd'),
  status: fc.constantFrom('firing', 'firing', 'resolved', 'acknowledged'),
  severity: fc.constantFrom('critical', 'error', 'warning', 'info'),
  service: fc.constantFrom('orders', 'checkout-api', null),
  labels: fc.constantFrom({}, { env: 'dev' }),
  startsAt: fc.integer({ min: 0, max: 6 }).map(minute),
  startsAtGuessed: fc.constantFrom(undefined, true),
}) satisfies fc.Arbitrary<Partial<Signal>>;

const storm = fc.array(fc.record({ wait: fc.nat(12), told: signals, resolved: fc.boolean() }), {
  maxLength: 40,
});

function withoutIncident(group: AlertGroup): AlertGroup {
  return { ...group, incidentId: null };
}

it('a batch has the result of its signals one by one', () => {
  fc.assert(
    fc.property(fc.array(signals, { maxLength: 12 }), fc.array(signals, { maxLength: 12 }), (first, then) => {
      const batch = new LivingBook(DIRECTORY);
      const single = new LivingBook(DIRECTORY);
      for (const [at, told] of [first, then].entries()) {
        const batched = batch.receive(minute(at * 7), ...told.map(signal));
        const tallies = told.map((one) => single.receive(minute(at * 7), signal(one)).tally);
        for (const what of ['fired', 'repeated', 'cleared', 'suppressed', 'opened'] as const) {
          expect(batched.tally[what]).toBe(tallies.reduce((sum, tally) => sum + tally[what], 0));
        }
      }
      expect(batch.book.alerts).toEqual(single.book.alerts);
      expect([...batch.groups.values()].map(withoutIncident)).toEqual(
        [...single.groups.values()].map(withoutIncident),
      );
    }),
  );
});

it('every firing alert that a route wants is in a group, and every group counts what fires in it', () => {
  fc.assert(
    fc.property(storm, (lines) => {
      const world = new LivingBook(DIRECTORY);
      let clock = 0;
      for (const { wait, told, resolved } of lines) {
        clock += wait;
        if (resolved) world.resolveAll();
        world.receive(minute(clock), signal(told));
        const alerts = [...world.book.alerts.values()];
        for (const alert of alerts) {
          if (alert.status !== 'firing' || alert.groupId !== null) continue;
          const wanted = destinationOf(alert.signal, DIRECTORY)?.opens === true;
          expect(wanted && alert.signal.status === 'firing').toBe(false);
        }
        for (const group of world.groups.values()) {
          const firing = alerts.filter(({ groupId, status }) => groupId === group.id && status === 'firing');
          expect(group.firing).toBe(firing.length);
        }
      }
    }),
  );
});

it('a key never has two groups that a new alert could join', () => {
  fc.assert(
    fc.property(storm, (lines) => {
      const world = new LivingBook(DIRECTORY);
      let clock = 0;
      for (const { wait, told, resolved } of lines) {
        clock += wait;
        if (resolved) world.resolveAll();
        const openBefore = [...world.groups.values()].filter(
          ({ incidentId, lastAlertAt }) =>
            incidentId !== null &&
            world.book.openIncidents.has(incidentId) &&
            minute(clock).getTime() - lastAlertAt.getTime() <= 10 * 60_000,
        );
        const received = world.receive(minute(clock), signal(told));
        for (const { groupId } of received.declarations) {
          const key = groupId.slice(0, groupId.lastIndexOf('@'));
          const newestOpen = openBefore.filter((group) => group.key === key);
          // A flapping alert may keep an older group of the key alive, never the newest one.
          expect(newestOpen.some((group) => isNewest(group, world, groupId))).toBe(false);
        }
      }
    }),
  );
});

function isNewest(group: AlertGroup, world: LivingBook, opened: string): boolean {
  const others = [...world.groups.values()].filter(({ key, id }) => key === group.key && id !== opened);
  return others.at(-1)?.id === group.id;
}

it('duplicates change nothing but counts', () => {
  fc.assert(
    fc.property(fc.array(signals, { maxLength: 20 }), fc.nat(5), (told, times) => {
      const dated = told.map((one) => signal({ ...one, startsAtGuessed: undefined }));
      const once = new LivingBook(DIRECTORY);
      const often = new LivingBook(DIRECTORY);
      for (const one of dated) {
        once.receive(minute(1), one);
        for (let i = 0; i <= times; i += 1) often.receive(minute(1), one);
      }
      const plain = (world: LivingBook) =>
        [...world.book.alerts.values()].map((alert) => ({ ...alert, count: 0 }));
      expect(plain(often)).toEqual(plain(once));
      expect([...often.groups.values()]).toEqual([...once.groups.values()]);
    }),
  );
});

it('the order of alerts of different services does not matter', () => {
  fc.assert(
    fc.property(fc.array(signals, { maxLength: 8 }), fc.array(signals, { maxLength: 8 }), (left, right) => {
      const orders = left.map((one) => signal({ ...one, key: `o-${one.key}`, service: 'orders' }));
      const checkout = right.map((one) => signal({ ...one, key: `c-${one.key}`, service: 'checkout-api' }));
      const one = new LivingBook(DIRECTORY);
      const other = new LivingBook(DIRECTORY);
      one.receive(minute(0), ...orders, ...checkout);
      other.receive(minute(0), ...checkout, ...orders);
      expect(other.book.alerts).toEqual(one.book.alerts);
      const groups = (world: LivingBook) =>
        new Map([...world.groups].map(([id, group]) => [id, withoutIncident(group)]));
      expect(groups(other)).toEqual(groups(one));
    }),
  );
});
