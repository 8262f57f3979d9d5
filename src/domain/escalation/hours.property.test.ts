import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aDirectory, aPerson, aPolicy, aStep, byId, minutes } from '../../../test/support/directory.ts';
import { DomainWorld } from '../../../test/support/domain-world.ts';
import { person } from '../actor.ts';
import type { Condition, Policy, WorkingHours } from '../directory.ts';
import { isWithinHours } from '../schedule/hours.ts';

const PEOPLE = ['ana', 'ben', 'cleo', 'dev'] as const;
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const someone = fc.constantFrom(...PEOPLE);
const hours: fc.Arbitrary<WorkingHours> = fc.record({
  days: fc.subarray([...DAYS], { minLength: 1 }),
  start: fc.constantFrom('00:00', '06:30', '09:00', '22:00'),
  end: fc.constantFrom('00:00', '05:00', '12:00', '17:30'),
});
const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia');
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ kind: fc.constant('severity_at_least' as const), severity: fc.constantFrom('sev1', 'sev4') }),
  fc.record({
    kind: fc.constant('urgency' as const),
    urgency: fc.constantFrom('high' as const, 'low' as const),
  }),
  fc.record({ kind: fc.constant('within_hours' as const), hours, zone }),
  fc.constant({ kind: 'own_hours' } as const),
);
const step = fc
  .record({
    targets: fc.array(
      someone.map((id) => ({ kind: 'person', id }) as const),
      { minLength: 1, maxLength: 3 },
    ),
    ackWithinMs: fc.integer({ min: 1, max: 60 }).map(minutes),
    strategy: fc.constantFrom('everyone' as const, 'round_robin' as const),
    ackMode: fc.constantFrom('first' as const, 'all' as const),
    conditions: fc.array(condition, { maxLength: 2 }),
  })
  .map(({ targets, ...changes }) => aStep(targets, changes));
const policy: fc.Arbitrary<Policy> = fc
  .record({ steps: fc.array(step, { minLength: 1, maxLength: 4 }), rounds: fc.integer({ min: 1, max: 3 }) })
  .map(({ steps, rounds }) => aPolicy(steps, { rounds }));
const staff = fc.record(
  Object.fromEntries(PEOPLE.map((id) => [id, fc.record({ workingHours: fc.option(hours), zone })])),
);
type Staff = typeof staff extends fc.Arbitrary<infer T> ? T : never;
const severity = fc.constantFrom('sev1', 'sev3', 'sev4', 'sev5');

function started(one: Policy, of: Staff, how: string): DomainWorld {
  const people = byId(PEOPLE.map((id) => aPerson(id, of[id])));
  const world = new DomainWorld(aDirectory({ policies: byId([one]), people }));
  world.declare({ severity: how });
  return world;
}

const on = { incidentId: 1 } as const;
const ack = (id: string) =>
  ({ type: 'escalation.acknowledge', by: person(id), promiseMs: null, pageId: null, ...on }) as const;
const move = fc.oneof(
  someone.map(ack),
  someone.map((id) => ({ type: 'escalation.decline', by: person(id), pageId: null, ...on }) as const),
  someone.map((id) => ({ type: 'escalation.unacknowledge', by: person(id), ...on }) as const),
  someone.map((id) => ({ type: 'escalation.escalate_now', by: person(id), pageId: null, ...on }) as const),
  severity.map(
    (to) =>
      ({ type: 'incident.set_severity', by: person('dev'), severity: to, reason: null, ...on }) as const,
  ),
  fc.record({ type: fc.constant('wait' as const), minutes: fc.integer({ min: 0, max: 900 }) }),
);

describe('whatever the hours, the urgency, the conditions and who must answer', () => {
  it('a run waits for something until it is acknowledged by all who must, resolved or cancelled', () => {
    fc.assert(
      fc.property(policy, staff, severity, fc.array(move, { maxLength: 20 }), (one, of, how, moves) => {
        const world = started(one, of, how);
        for (const each of moves) {
          if (each.type === 'wait') world.wait(minutes(each.minutes));
          else world.say(each);
          for (const run of world.world.runs) {
            const goesOn = run.status === 'paging' || run.status === 'delayed';
            expect(world.waits.includes(`escalation:${run.id}:step`)).toBe(goesOn);
            const owed = run.pages.some((page) => page.mustAnswer && page.state === 'waiting');
            if (run.status === 'acknowledged' && owed)
              expect(world.waits).toContain(`escalation:${run.id}:nag`);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('nobody is paged once everybody has acknowledged', () => {
    fc.assert(
      fc.property(policy, staff, severity, fc.nat(3000), (one, of, how, before) => {
        const world = started(one, of, how);
        world.wait(minutes(before));
        for (const id of PEOPLE) world.say(ack(id));
        const paged = world.paged.length;
        world.wait(minutes(3 * 24 * 60));
        expect(world.paged).toHaveLength(paged);
        expect(world.waits).toEqual([]);
      }),
    );
  });

  it('what is of low urgency pages nobody outside of their hours by itself, and somebody sooner or later', () => {
    fc.assert(
      fc.property(policy, staff, fc.constantFrom('sev4', 'sev5'), (one, of, how) => {
        const world = started(one, of, how);
        world.wait(minutes(8 * 24 * 60));
        for (const { personId, at } of world.sent) {
          const { workingHours, zone: where } = of[personId] ?? {};
          if (workingHours && where)
            expect(isWithinHours({ hours: workingHours, zone: where }, at)).toBe(true);
        }
        expect(world.sent.length).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });
});
