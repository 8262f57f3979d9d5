import { describe, expect, it } from 'vitest';
import {
  aDirectory,
  aPerson,
  aPolicy,
  aStep,
  byId,
  dailyRotation,
  minutes,
  toPerson,
} from '../../../test/support/directory.ts';
import { DomainWorld } from '../../../test/support/domain-world.ts';
import { person } from '../actor.ts';

const ack = (id: string, changes: { pageId?: string; promiseMs?: number } = {}) =>
  ({
    type: 'escalation.acknowledge',
    by: person(id),
    incidentId: 1,
    pageId: null,
    promiseMs: null,
    ...changes,
  }) as const;

function declared(...args: ConstructorParameters<typeof DomainWorld>): DomainWorld {
  const world = new DomainWorld(...args);
  world.declare();
  return world;
}

describe('an escalation climbs', () => {
  it('pages the first at once and the second when the first does not acknowledge in time', () => {
    const world = declared(aDirectory());
    world.wait(minutes(4));
    expect(world.paged).toEqual(['ana']);
    world.wait(minutes(1));
    expect(world.paged).toEqual(['ana', 'ben']);
  });

  it('goes on to the last resort after the last round, and calls it again until somebody acknowledges', () => {
    const world = declared(aDirectory());
    world.wait(minutes(10));
    expect(world.paged).toEqual(['ana', 'ben', 'cleo']);
    expect(world.happened).toContain('escalation.exhausted');
    world.wait(minutes(30));
    expect(world.paged).toEqual(['ana', 'ben', 'cleo', 'cleo', 'cleo', 'cleo']);
    world.say(ack('cleo'));
    world.wait(minutes(600));
    expect(world.paged).toHaveLength(6);
  });

  it('goes through its steps as many times as it has rounds, then through the policy that follows', () => {
    const first = aPolicy([aStep([toPerson('ana')])], { rounds: 2, followedBy: 'second' });
    const second = aPolicy([aStep([toPerson('dev')])], { id: 'second' });
    const world = declared(aDirectory({ policies: byId([first, second]) }));
    world.wait(minutes(15));
    expect(world.paged).toEqual(['ana', 'ana', 'dev', 'cleo']);
  });

  it('passes over a step that reaches nobody, at once and on the record', () => {
    const empty = { kind: 'schedule', id: 'gone' } as const;
    const world = declared(
      aDirectory({ policies: byId([aPolicy([aStep([empty]), aStep([toPerson('ben')])])]) }),
    );
    expect(world.paged).toEqual(['ben']);
    expect(world.events).toContainEqual(
      expect.objectContaining({ type: 'escalation.step_skipped', reason: 'nobody' }),
    );
  });

  it('reaches the last resort at once when the whole policy reaches nobody, without repeating empty rounds', () => {
    const empty = { kind: 'team', id: 'gone' } as const;
    const world = declared(aDirectory({ policies: byId([aPolicy([aStep([empty])], { rounds: 10 })]) }));
    expect(world.paged).toEqual(['cleo']);
    expect(world.happened.filter((type) => type === 'escalation.step_skipped')).toHaveLength(1);
  });

  it('takes the next step now when nobody of a step can be reached', () => {
    const world = declared(aDirectory(), (id) => (id === 'ana' ? 'failed' : 'sent'));
    expect(world.paged).toEqual(['ben']);
    expect(world.happened).toContain('escalation.page_lost');
  });

  it('keeps calling a last resort that cannot be reached, without spinning', () => {
    const world = declared(aDirectory(), () => 'failed');
    world.wait(minutes(25));
    const calls = world.events.filter(
      (event) => event.type === 'escalation.step_reached' && event.position.at === 'last_resort',
    );
    expect(calls).toHaveLength(3);
  });

  it('skips a step whose condition is false', () => {
    const onlySev1 = aStep([toPerson('ana')], {
      conditions: [{ kind: 'severity_at_least', severity: 'sev1' }],
    });
    const world = new DomainWorld(
      aDirectory({ policies: byId([aPolicy([onlySev1, aStep([toPerson('ben')])])]) }),
    );
    world.declare({ severity: 'sev2' });
    expect(world.paged).toEqual(['ben']);
  });

  it('looks up who is on call when the step starts, not before', () => {
    const schedules = byId([{ id: 'primary', name: 'Primary', schedule: dailyRotation('ana', 'ben') }]);
    const primary = { kind: 'schedule', id: 'primary' } as const;
    const policies = byId([
      aPolicy([aStep([toPerson('dev')], { ackWithinMs: minutes(24 * 60) }), aStep([primary])]),
    ]);
    const today = declared(aDirectory({ schedules, policies: byId([aPolicy([aStep([primary])])]) })).paged;
    const world = declared(aDirectory({ schedules, policies }));
    world.wait(minutes(24 * 60));
    expect(world.paged).toEqual(['dev', today[0] === 'ana' ? 'ben' : 'ana']);
  });

  it('keeps the policy it started with, whatever the configuration says by then', () => {
    const world = declared(aDirectory());
    const run = world.world.runs[0];
    expect(run?.policies[0]?.steps.map((step) => step.targets[0]?.id)).toEqual(['ana', 'ben']);
  });

  it('pages nobody for a retrospective incident', () => {
    const world = new DomainWorld(aDirectory());
    world.declare({ kind: 'retrospective' });
    world.wait(minutes(600));
    expect(world.paged).toEqual([]);
  });
});

describe('acknowledging', () => {
  it('stops every page and wait, and moves the incident on to investigating', () => {
    const world = declared(aDirectory());
    world.say(ack('ana'));
    world.wait(minutes(600));
    expect(world.paged).toEqual(['ana']);
    expect(world.world.incident).toMatchObject({ status: 'investigating', acknowledgedBy: person('ana') });
    expect(world.waits).toEqual([]);
  });

  it('stays quiet when it is repeated, and keeps who was first', () => {
    const world = declared(aDirectory());
    world.say(ack('ana'));
    const before = world.events.length;
    world.say(ack('ana'));
    world.say(ack('ben'));
    expect(world.events).toHaveLength(before);
    expect(world.world.incident?.acknowledgedBy).toEqual(person('ana'));
  });

  it('says no when the incident is resolved, and does not un-resolve it', () => {
    const world = declared(aDirectory());
    world.say({ type: 'incident.resolve', by: person('ben'), incidentId: 1, summary: null });
    world.say(ack('ana'));
    expect(world.refusals[0]?.why).toBe('#1 is resolved; nothing was changed.');
    expect(world.world.incident?.status).toBe('resolved');
  });

  it('by a guest is refused in words', () => {
    const world = declared(aDirectory());
    world.say({ ...ack('x'), by: { kind: 'guest', platform: 'console', id: 'u9', name: 'Zoe' } });
    expect(world.refusals[0]?.why).toContain('Zoe is a guest here');
    expect(world.world.incident?.acknowledgedAt).toBeNull();
  });

  it('makes the acknowledger the commander only when the route says so', () => {
    const plain = declared(aDirectory());
    plain.say(ack('ana'));
    expect(plain.world.incident?.roles).toEqual({});
    const world = new DomainWorld(aDirectory());
    world.declare({ ackTakesCommand: true });
    world.say(ack('ana'));
    expect(world.world.incident?.roles).toEqual({ commander: 'ana' });
  });

  it('with ack_mode all keeps paging each until they themselves acknowledge, and climbs no further', () => {
    const rules = {
      high: [
        { channel: 'dm', afterMs: 0 },
        { channel: 'email', afterMs: minutes(2) },
      ],
      low: [],
    };
    const people = byId(['ana', 'ben', 'cleo', 'dev'].map((id) => aPerson(id, { rules })));
    const policy = aPolicy([
      aStep([toPerson('ana'), toPerson('ben')], { ackMode: 'all' }),
      aStep([toPerson('cleo')]),
    ]);
    const world = declared(aDirectory({ people, policies: byId([policy]) }));
    world.say(ack('ana'));
    world.wait(minutes(7));
    expect(world.sent.map(({ personId, channel }) => `${personId} ${channel}`)).toEqual([
      'ana dm',
      'ben dm',
      'ben email',
      'ben dm',
      'ben email',
    ]);
    world.say(ack('ben'));
    expect(world.world.pages.map((page) => page.end?.why)).toEqual([
      'acknowledged',
      'escalated',
      'acknowledged',
    ]);
    world.wait(minutes(600));
    expect(world.sent).toHaveLength(5);
  });

  it('with a promise pages the acknowledger again when it is broken, and resumes when they stay silent', () => {
    const world = declared(aDirectory());
    world.say(ack('ana', { promiseMs: minutes(10) }));
    world.wait(minutes(10));
    expect(world.paged).toEqual(['ana', 'ana']);
    world.wait(minutes(5));
    expect(world.happened).toContain('escalation.unacknowledged');
    expect(world.paged).toEqual(['ana', 'ana', 'ana']);
    world.wait(minutes(5));
    expect(world.paged.at(-1)).toBe('ben');
  });

  it('with a promise that is kept stays quiet', () => {
    const world = declared(aDirectory());
    world.say(ack('ana', { promiseMs: minutes(10) }));
    world.wait(minutes(9));
    world.say({
      type: 'incident.post_update',
      by: person('ana'),
      incidentId: 1,
      text: 'Found it',
      status: null,
      nextInMs: null,
    });
    world.wait(minutes(600));
    expect(world.paged).toEqual(['ana']);
  });
});

describe('people steer an escalation', () => {
  it('unack returns it at the same step, at once', () => {
    const world = declared(aDirectory());
    world.wait(minutes(5));
    world.say(ack('ben'));
    world.say({ type: 'escalation.unacknowledge', by: person('ben'), incidentId: 1 });
    expect(world.paged).toEqual(['ana', 'ben', 'ben']);
    expect(world.world.incident?.acknowledgedAt).toBeNull();
  });

  it('escalate now starts the next step at once, and its timer is not the old one', () => {
    const world = declared(aDirectory());
    world.wait(minutes(3));
    world.say({ type: 'escalation.escalate_now', by: person('ana'), incidentId: 1, pageId: null });
    expect(world.paged).toEqual(['ana', 'ben']);
    world.wait(minutes(4));
    expect(world.paged).toEqual(['ana', 'ben']);
    world.wait(minutes(1));
    expect(world.paged).toEqual(['ana', 'ben', 'cleo']);
  });

  it('decline moves on now, and never pages that person again in this run', () => {
    const policy = aPolicy([aStep([toPerson('ana')]), aStep([toPerson('ben'), toPerson('ana')])]);
    const world = declared(aDirectory({ policies: byId([policy]) }));
    world.say({ type: 'escalation.decline', by: person('ana'), incidentId: 1, pageId: null });
    expect(world.paged).toEqual(['ana', 'ben']);
  });

  it('snooze is silent until then, then takes the same step again', () => {
    const world = declared(aDirectory());
    const until = new Date(world.now.getTime() + minutes(60));
    world.say({ type: 'escalation.snooze', by: person('ana'), incidentId: 1, until });
    world.wait(minutes(59));
    expect(world.paged).toEqual(['ana']);
    world.wait(minutes(1));
    expect(world.paged).toEqual(['ana', 'ana']);
  });

  it('snooze says no to less than five minutes and more than a day', () => {
    const world = declared(aDirectory());
    for (const ms of [minutes(4), minutes(25 * 60), Number.NaN]) {
      world.say({
        type: 'escalation.snooze',
        by: person('ana'),
        incidentId: 1,
        until: new Date(world.now.getTime() + ms),
      });
    }
    expect(world.refusals.map((refusal) => refusal.why)).toEqual(
      Array(3).fill('A snooze lasts from 5 minutes to 24 hours.'),
    );
  });

  it('escalate to somebody runs beside the current run', () => {
    const world = declared(aDirectory());
    world.say({
      type: 'escalation.start',
      by: person('ana'),
      incidentId: 1,
      source: { targets: [toPerson('dev')] },
      rulesNow: false,
      message: 'need you',
    });
    expect(world.paged).toEqual(['ana', 'dev']);
    world.say(ack('dev'));
    world.wait(minutes(5));
    expect(world.paged).toEqual(['ana', 'dev', 'ben']);
  });

  it('resolve ends all runs, reopen starts a new one', () => {
    const world = declared(aDirectory());
    world.say({ type: 'incident.resolve', by: person('ana'), incidentId: 1, summary: 'fixed' });
    world.wait(minutes(60));
    expect(world.paged).toEqual(['ana']);
    world.say({ type: 'incident.reopen', by: person('ana'), incidentId: 1, reason: 'it is back' });
    expect(world.paged).toEqual(['ana', 'ana']);
    expect(world.world.runs.map((run) => run.status)).toEqual(['resolved', 'paging']);
  });

  it('a test page ends by itself: resolved when answered, cancelled when not, and never reaches the last resort', () => {
    const targets = { kind: 'targets', targets: [toPerson('dev')], rulesNow: true } as const;
    const answered = new DomainWorld(aDirectory());
    answered.declare({ kind: 'drill', wantsRoom: false, page: targets });
    answered.say(ack('dev'));
    expect(answered.world.incident?.status).toBe('resolved');
    const silent = new DomainWorld(aDirectory());
    silent.declare({ kind: 'drill', wantsRoom: false, page: targets });
    silent.wait(minutes(60));
    expect(silent.paged).toEqual(['dev']);
    expect(silent.world.incident?.status).toBe('cancelled');
  });
});
