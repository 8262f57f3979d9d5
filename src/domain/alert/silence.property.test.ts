import fc from 'fast-check';
import { expect, it } from 'vitest';
import { directoryWith, LivingBook, minute, route, signal } from '../../../test/support/alerts.ts';
import { BOT } from '../actor.ts';
import type { Matcher } from '../directory.ts';
import { matchesAll, silencer } from './silence.ts';
import type { Silence } from './silence.ts';
import { destinationOf } from './route.ts';
import type { Signal } from './signal.ts';

const DIRECTORY = directoryWith(
  route({ name: 'quiet', incident: 'none', matchers: [{ label: 'env', op: 'equals', value: 'dev' }] }),
  route(),
);

const WORDS = ['', 'a', 'b', 'ab', 'abb', 'orders', 'checkout-api'] as const;
const PATTERNS = ['a', 'a|b', 'ab*', '', '.*', '.+', 'orders|', '[ab]+'] as const;

const matcher: fc.Arbitrary<Matcher> = fc.oneof(
  fc.record({
    label: fc.constantFrom('service', 'x', 'y', 'severity'),
    op: fc.constantFrom('equals', 'not_equals'),
    value: fc.constantFrom(...WORDS),
  }),
  fc.record({
    label: fc.constantFrom('service', 'x', 'y', 'severity'),
    op: fc.constantFrom('matches', 'not_matches'),
    value: fc.constantFrom(...PATTERNS),
  }),
);

const silence = fc.record({
  matchers: fc.array(matcher, { minLength: 1, maxLength: 3 }),
  from: fc.nat(60),
  for: fc.nat(60),
  endedAfter: fc.option(fc.nat(30)),
});

type Drawn = typeof silence extends fc.Arbitrary<infer T> ? T : never;

function silencesOf(drawn: readonly Drawn[]): readonly Silence[] {
  return drawn.map(({ matchers, from, for: length, endedAfter }, i) => ({
    id: i + 1,
    matchers,
    by: BOT,
    at: minute(from),
    until: minute(from + length),
    why: null,
    incidentId: null,
    endedAt: endedAfter === null || endedAfter >= length ? null : minute(from + endedAfter),
    endedBy: null,
    movedAt: null,
    movedBy: null,
  }));
}

/** The same, told as simply as can be: one matcher after the other, by JavaScript's own expressions. */
function modelMatches(matchers: readonly Matcher[], told: Signal, service: string | null): boolean {
  return matchers.every(({ label, op, value }) => {
    const values: Record<string, string> = {
      ...told.labels,
      service: service ?? told.service ?? '',
      severity: told.severity,
    };
    const said = values[label] ?? '';
    const pattern = new RegExp(`^(?:${value})$`, 'u');
    return {
      equals: said === value,
      not_equals: said !== value,
      matches: pattern.test(said),
      not_matches: !pattern.test(said),
    }[op];
  });
}

const signals = fc.record({
  key: fc.constantFrom('a', 'b', 'c', 'd'),
  status: fc.constantFrom('firing', 'firing', 'firing', 'resolved', 'acknowledged'),
  severity: fc.constantFrom('critical', 'warning'),
  service: fc.constantFrom('orders', 'checkout-api', null),
  labels: fc.record({
    x: fc.constantFrom(...WORDS),
    y: fc.constantFrom(...WORDS),
    env: fc.constantFrom('prod', 'prod', 'dev'),
  }),
  startsAt: fc.integer({ min: 0, max: 6 }).map(minute),
  startsAtGuessed: fc.constantFrom(undefined, true),
}) satisfies fc.Arbitrary<Partial<Signal>>;

it('matchers mean what a plain reading of them says', () => {
  fc.assert(
    fc.property(
      fc.array(matcher, { maxLength: 4 }),
      signals,
      fc.constantFrom('orders', null),
      (matchers, told, service) => {
        const one = signal({ ...told, status: 'firing' });
        expect(matchesAll(matchers)(one, service)).toBe(modelMatches(matchers, one, service));
      },
    ),
  );
});

/** Silences as they are known at an instant: those that are there, and ended where somebody has ended them by then. */
function knownAt(now: Date, silences: readonly Silence[]): readonly Silence[] {
  return silences
    .filter(({ at }) => at <= now)
    .map((one) => (one.endedAt !== null && one.endedAt > now ? { ...one, endedAt: null } : one));
}

it('an alert is held back by an active silence that matches it, and by the one of them that lasts longest', () => {
  fc.assert(
    fc.property(fc.array(silence, { maxLength: 5 }), signals, fc.nat(120), (drawn, told, clock) => {
      const [one, now] = [signal(told), minute(clock)];
      const known = knownAt(now, silencesOf(drawn));
      const meant = known.filter(
        ({ matchers, until, endedAt }) =>
          endedAt === null && now < until && modelMatches(matchers, one, null),
      );
      const found = silencer(known, now)(one, null);
      const last = Math.max(...meant.map(({ until }) => until.getTime()));
      expect(found === null).toBe(meant.length === 0);
      if (found !== null) expect(meant.find(({ id }) => id === found)?.until.getTime()).toBe(last);
    }),
  );
});

const steps = fc.array(
  fc.record({ wait: fc.nat(12), told: signals, resolved: fc.nat(9).map((n) => n === 0) }),
  { maxLength: 30 },
);

/** Silences come and go by the minute; each that is over lets go of what it held. */
class SilencedWorld {
  readonly world = new LivingBook(DIRECTORY);
  private readonly silences: readonly Silence[];
  private readonly over = new Set<number>();

  constructor(silences: readonly Silence[]) {
    this.silences = silences;
  }

  at(now: Date): void {
    const begun = this.silences.filter(({ id, at }) => at <= now && !this.over.has(id));
    this.world.silence(knownAt(now, begun));
    for (const { id, until, endedAt } of begun) {
      if (now < (endedAt ?? until)) continue;
      this.over.add(id);
      this.world.letGo(now, id);
    }
  }
}

it('no alert is lost: whatever fires when all silences are over belongs to an incident', () => {
  fc.assert(
    fc.property(fc.array(silence, { maxLength: 4 }), steps, (drawn, lines) => {
      const silenced = new SilencedWorld(silencesOf(drawn));
      const { world } = silenced;
      let clock = 0;
      for (const { wait, told, resolved } of lines) {
        clock += wait;
        silenced.at(minute(clock));
        if (resolved) world.resolveAll();
        world.receive(minute(clock), signal(told));
        for (const alert of world.book.alerts.values()) {
          const wanted =
            destinationOf(alert.signal, DIRECTORY)?.opens === true && alert.signal.status === 'firing';
          // Held back or worked on, and never both.
          if (alert.status === 'firing' && wanted)
            expect((alert.groupId === null) !== (alert.silencedBy === null)).toBe(true);
        }
      }
      silenced.at(minute(1_000));
      const alerts = [...world.book.alerts.values()];
      for (const alert of alerts) {
        if (alert.status !== 'firing' || alert.signal.status !== 'firing') continue;
        if (destinationOf(alert.signal, DIRECTORY)?.opens !== true) continue;
        expect(world.groups.get(alert.groupId ?? '')?.incidentId).toEqual(expect.any(Number));
      }
      for (const group of world.groups.values()) {
        const firing = alerts.filter(({ groupId, status }) => groupId === group.id && status === 'firing');
        expect(group.firing).toBe(firing.length);
      }
    }),
  );
});

it('no alert leaves an open incident because of a silence', () => {
  fc.assert(
    fc.property(fc.array(silence, { minLength: 1, maxLength: 3 }), steps, (drawn, lines) => {
      const world = new LivingBook(DIRECTORY);
      let clock = 0;
      for (const { wait, told } of lines) {
        clock += wait;
        const all = silencesOf(drawn).map((one) => ({ ...one, endedAt: null, until: minute(10_000) }));
        world.silence(all);
        const before = new Map(world.book.alerts);
        world.receive(minute(clock), signal(told));
        for (const [id, alert] of before) {
          const after = world.book.alerts.get(id);
          const home = alert.groupId === null ? undefined : world.groups.get(alert.groupId);
          const isOpen = home?.incidentId != null && world.book.openIncidents.has(home.incidentId);
          if (!isOpen || alert.status !== 'firing' || after?.status !== 'firing') continue;
          expect(after.silencedBy).toBe(null);
        }
      }
    }),
  );
});
