import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aDirectory, aPolicy, aStep, byId, minutes } from '../../../test/support/directory.ts';
import { DomainWorld } from '../../../test/support/domain-world.ts';
import type { Answer } from '../../../test/support/domain-world.ts';
import { person } from '../actor.ts';
import type { IncidentSideCommand } from '../command.ts';
import { decide } from '../decide.ts';
import type { Policy } from '../directory.ts';
import { EMPTY_WORLD } from '../world.ts';

const PEOPLE = ['ana', 'ben', 'cleo', 'dev'] as const;
const someone = fc.constantFrom(...PEOPLE);
const target = fc.oneof(
  someone.map((id) => ({ kind: 'person', id }) as const),
  fc.constant({ kind: 'schedule', id: 'nobody' } as const),
  fc.constant({ kind: 'channel', id: 'ops' } as const),
);
const step = fc
  .record({
    targets: fc.array(target, { minLength: 1, maxLength: 3 }),
    ackWithinMs: fc.integer({ min: 1, max: 20 }).map(minutes),
    strategy: fc.constantFrom('everyone' as const, 'round_robin' as const),
    ackMode: fc.constant('first' as const),
  })
  .map(({ targets, ...changes }) => aStep(targets, changes));
const policy: fc.Arbitrary<Policy> = fc
  .record({ steps: fc.array(step, { minLength: 1, maxLength: 4 }), rounds: fc.integer({ min: 1, max: 3 }) })
  .map(({ steps, rounds }) => aPolicy(steps, { rounds }));
/** Who can be reached at all, per person. */
const reachable = fc.record(
  Object.fromEntries(PEOPLE.map((id) => [id, fc.constantFrom<Answer>('sent', 'failed')])),
);

function started(one: Policy, answers: Record<string, Answer>): DomainWorld {
  const world = new DomainWorld(aDirectory({ policies: byId([one]) }), (id) => answers[id] ?? 'sent');
  world.declare();
  return world;
}

const common = { incidentId: 1, pageId: null } as const;
const move = fc.oneof(
  someone.map(
    (id) => ({ type: 'escalation.acknowledge', by: person(id), promiseMs: null, ...common }) as const,
  ),
  someone.map((id) => ({ type: 'escalation.unacknowledge', by: person(id), incidentId: 1 }) as const),
  someone.map((id) => ({ type: 'escalation.decline', by: person(id), ...common }) as const),
  someone.map((id) => ({ type: 'escalation.escalate_now', by: person(id), ...common }) as const),
  someone.map((id) => ({ type: 'incident.reopen', by: person(id), incidentId: 1, reason: 'again' }) as const),
  someone.map((id) => ({ type: 'incident.resolve', by: person(id), incidentId: 1, summary: null }) as const),
  someone.map(
    (id) => ({ type: 'incident.add_note', by: person(id), incidentId: 1, text: 'seen', at: null }) as const,
  ),
  fc.record({
    type: fc.constant('snooze' as const),
    minutes: fc.integer({ min: 0, max: 2000 }),
    id: someone,
  }),
  fc.record({ type: fc.constant('wait' as const), minutes: fc.integer({ min: 0, max: 90 }) }),
);
type Move = typeof move extends fc.Arbitrary<infer T> ? T : never;

function play(world: DomainWorld, one: Move): void {
  if (one.type === 'wait') return world.wait(minutes(one.minutes));
  if (one.type !== 'snooze') return world.say(one);
  const until = new Date(world.now.getTime() + minutes(one.minutes));
  return world.say({ type: 'escalation.snooze', by: person(one.id), incidentId: 1, until });
}

describe('whatever the policy and the timing', () => {
  it('nobody is paged after the acknowledgement', () => {
    fc.assert(
      fc.property(
        policy,
        reachable,
        fc.nat(500),
        fc.nat(5000),
        someone,
        (one, answers, before, afterwards, id) => {
          const world = started(one, answers);
          world.wait(minutes(before));
          world.say({ type: 'escalation.acknowledge', by: person(id), promiseMs: null, ...common });
          const paged = world.paged.length;
          world.wait(minutes(afterwards));
          expect(world.paged).toHaveLength(paged);
          expect(world.waits).toEqual([]);
        },
      ),
    );
  });

  it('a run is always waiting for something until it is acknowledged, resolved or cancelled', () => {
    fc.assert(
      fc.property(policy, reachable, fc.array(move, { maxLength: 25 }), (one, answers, moves) => {
        const world = started(one, answers);
        for (const each of moves) {
          play(world, each);
          for (const run of world.world.runs) {
            const wait = run.status === 'snoozed' ? 'snooze' : 'step';
            const goesOn = run.status === 'paging' || run.status === 'snoozed';
            expect(world.waits.includes(`escalation:${run.id}:${wait}`)).toBe(goesOn);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('somebody who can be reached is paged sooner or later, unless somebody ends it before', () => {
    fc.assert(
      fc.property(policy, reachable, (one, answers) => {
        const world = started(one, answers);
        world.wait(minutes(24 * 60));
        const lastResort = answers['cleo'] === 'sent';
        const named = one.steps.flatMap((each) => each.targets).some(({ id }) => answers[id] === 'sent');
        const turnMayMiss = one.steps.some((each) => each.strategy === 'round_robin');
        if (lastResort || (named && !turnMayMiss)) expect(world.paged.length).toBeGreaterThan(0);
      }),
    );
  });

  it('a page that is over has no attempt left to make, and a running one belongs to the current step', () => {
    fc.assert(
      fc.property(policy, reachable, fc.array(move, { maxLength: 25 }), (one, answers, moves) => {
        const world = started(one, answers);
        for (const each of moves) play(world, each);
        for (const page of world.world.pages.filter(({ end }) => end === null)) {
          const run = world.world.runs.find(({ id }) => id === page.runId);
          expect(run?.pages.map(({ pageId }) => pageId)).toContain(page.id);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('every command gets an answer, even before there is an incident', () => {
    const given = { now: new Date(), directory: aDirectory(), policyRuns: new Map() };
    fc.assert(
      fc.property(
        move.filter((one): one is Move & IncidentSideCommand => one.type !== 'wait' && one.type !== 'snooze'),
        (command) => {
          expect(['accepted', 'refused']).toContain(decide(EMPTY_WORLD, command, given).kind);
        },
      ),
    );
  });
});
