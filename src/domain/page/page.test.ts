import { describe, expect, it } from 'vitest';
import { aDirectory, aPerson, byId, minutes } from '../../../test/support/directory.ts';
import { DomainWorld } from '../../../test/support/domain-world.ts';
import type { Answer } from '../../../test/support/domain-world.ts';
import { BOT, person } from '../actor.ts';
import type { Directory, NotificationRule } from '../directory.ts';

const DM_THEN_MAIL: readonly NotificationRule[] = [
  { channel: 'dm', afterMs: 0 },
  { channel: 'email', afterMs: minutes(2) },
];

function everyoneBy(high: readonly NotificationRule[], low: readonly NotificationRule[] = high): Directory {
  return aDirectory({
    people: byId(['ana', 'ben', 'cleo', 'dev'].map((id) => aPerson(id, { rules: { high, low } }))),
  });
}

function declared(directory: Directory, answer?: (personId: string, channel: string) => Answer): DomainWorld {
  const world = new DomainWorld(directory, answer);
  world.declare();
  return world;
}

function told(world: DomainWorld): string[] {
  return world.sent.map(({ personId, channel }) => `${personId} ${channel}`);
}

describe('a page', () => {
  it('follows the rules of the person, each at its time', () => {
    const world = declared(everyoneBy(DM_THEN_MAIL));
    expect(told(world)).toEqual(['ana dm']);
    world.wait(minutes(2));
    expect(told(world)).toEqual(['ana dm', 'ana email']);
  });

  it('uses the gentler rules for a severity of low urgency', () => {
    const world = new DomainWorld(everyoneBy(DM_THEN_MAIL, [{ channel: 'email', afterMs: 0 }]));
    world.declare({ severity: 'sev5' });
    expect(told(world)).toEqual(['ana email']);
  });

  it('moves to the next rule at once when one fails', () => {
    const world = declared(everyoneBy(DM_THEN_MAIL), (_, channel) => (channel === 'dm' ? 'failed' : 'sent'));
    expect(told(world)).toEqual(['ana email']);
    world.wait(minutes(4));
    expect(told(world)).toEqual(['ana email']);
  });

  it('is unreachable when no rule is left, and the escalation goes on at once', () => {
    const world = declared(everyoneBy(DM_THEN_MAIL), (id) => (id === 'ana' ? 'failed' : 'sent'));
    expect(world.world.pages[0]?.end?.why).toBe('unreachable');
    expect(told(world)).toEqual(['ben dm']);
    expect(world.events).toContainEqual(
      expect.objectContaining({
        type: 'escalation.page_lost',
        personId: 'ana',
        reason: 'dm: closed; email: closed',
      }),
    );
  });

  it('that does not ring is not waited for: the next rule has its turn at once', () => {
    const world = declared(everyoneBy(DM_THEN_MAIL), (_, channel) => (channel === 'dm' ? 'muted' : 'sent'));
    expect(told(world)).toEqual(['ana dm', 'ana email']);
    expect(world.world.pages[0]?.end).toBeNull();
    expect(world.world.pages[0]?.attempts[0]).toMatchObject({
      muted: 'Do Not Disturb',
      outcome: { state: 'sent' },
    });
  });

  it('that rings nowhere is unreachable, and the escalation goes on at once', () => {
    const world = declared(everyoneBy(DM_THEN_MAIL), (id, channel) => {
      if (id !== 'ana') return 'sent';
      return channel === 'dm' ? 'muted' : 'failed';
    });
    expect(world.world.pages[0]?.end?.why).toBe('unreachable');
    expect(told(world)).toEqual(['ana dm', 'ben dm']);
    expect(world.events).toContainEqual(
      expect.objectContaining({
        type: 'escalation.page_lost',
        personId: 'ana',
        reason: 'dm: Do Not Disturb; email: closed',
      }),
    );
  });

  it('to somebody without any way to be reached is unreachable at once', () => {
    const world = declared(everyoneBy([]));
    expect(world.world.pages[0]?.end?.why).toBe('unreachable');
  });

  it('that got through once is not unreachable because a later rule fails', () => {
    const world = declared(everyoneBy(DM_THEN_MAIL), (_, channel) =>
      channel === 'email' ? 'failed' : 'sent',
    );
    world.wait(minutes(2));
    expect(world.world.pages[0]?.end).toBeNull();
  });

  it('ends when the escalation climbs, and its later rules are never used', () => {
    const world = declared(
      everyoneBy([
        { channel: 'dm', afterMs: 0 },
        { channel: 'email', afterMs: minutes(8) },
      ]),
    );
    world.wait(minutes(9));
    expect(told(world)).toEqual(['ana dm', 'ben dm']);
    expect(world.world.pages[0]?.end?.why).toBe('escalated');
  });

  it('remembers through which attempt the person answered', () => {
    const world = declared(everyoneBy(DM_THEN_MAIL));
    world.say({
      type: 'escalation.acknowledge',
      by: person('ana'),
      incidentId: 1,
      pageId: '1/1/1',
      promiseMs: null,
    });
    expect(world.world.pages[0]?.attempts[0]?.actedAt).toEqual(world.now);
    expect(world.world.pages[0]?.end).toMatchObject({ why: 'acknowledged', by: 'ana' });
  });
});

describe('in the moment before sending', () => {
  const attempt = { by: BOT, incidentId: 1, pageId: '1/1/1', attemptId: '1/1/1/0' } as const;

  function withAttemptInFlight(): DomainWorld {
    const world = new DomainWorld(everyoneBy(DM_THEN_MAIL), () => 'silent');
    world.declare({ page: { kind: 'nobody' } });
    return world;
  }

  it('a page that is over is withheld, and the ledger says why', () => {
    const world = withAttemptInFlight();
    startPage(world);
    world.say({
      type: 'page.end',
      by: person('ben'),
      incidentId: 1,
      pageIds: ['1/1/1'],
      why: 'acknowledged_by_other',
      answeredPageId: null,
    });
    world.say({ type: 'page.check_wanted', ...attempt });
    expect(world.world.pages[0]?.attempts[0]?.outcome).toMatchObject({
      state: 'withheld',
      reason: 'acknowledged_by_other',
    });
  });

  it('a page that waited for half an hour because we were down is stale, and one summary is asked for', () => {
    const world = withAttemptInFlight();
    startPage(world);
    world.now = new Date(world.now.getTime() + minutes(31));
    world.say({ type: 'page.check_wanted', ...attempt });
    expect(world.world.pages[0]?.end?.why).toBe('stale');
    expect(world.effects).toContainEqual({ type: 'page.fold', personId: 'ana' });
  });

  it('a page that nobody got for half an hour is stale, even when its step was over first', () => {
    const world = withAttemptInFlight();
    startPage(world);
    world.now = new Date(world.now.getTime() + minutes(31));
    world.say({
      type: 'page.end',
      by: BOT,
      incidentId: 1,
      pageIds: ['1/1/1'],
      why: 'escalated',
      answeredPageId: null,
    });
    expect(world.world.pages[0]?.end?.why).toBe('stale');
    expect(world.effects).toContainEqual({ type: 'page.fold', personId: 'ana' });
  });

  it('what was sent although the page ended meanwhile is made to say so', () => {
    const world = withAttemptInFlight();
    startPage(world);
    world.say({
      type: 'page.end',
      by: person('ben'),
      incidentId: 1,
      pageIds: ['1/1/1'],
      why: 'acknowledged_by_other',
      answeredPageId: null,
    });
    world.say({ type: 'page.record_sent', ...attempt, messageId: 'm1' });
    expect(world.effects.at(-1)).toEqual({ type: 'page.sync', incidentId: 1, pageId: '1/1/1' });
  });

  it('a doubled report of an attempt changes nothing', () => {
    const world = withAttemptInFlight();
    startPage(world);
    world.say({ type: 'page.record_sent', ...attempt, messageId: 'm1' });
    const before = world.events.length;
    world.say({ type: 'page.record_sent', ...attempt, messageId: 'm2' });
    world.say({ type: 'page.record_failed', ...attempt, reason: 'late' });
    expect(world.events).toHaveLength(before);
  });

  it('what the provider could not bring moves on to the next rule, even when its report overtakes ours', () => {
    for (const recordsFirst of [true, false]) {
      const world = withAttemptInFlight();
      startPage(world);
      if (recordsFirst) world.say({ type: 'page.record_sent', ...attempt, messageId: 'm1' });
      world.say({ type: 'page.record_undelivered', ...attempt, messageId: 'm1', reason: 'no such phone' });
      if (!recordsFirst) world.say({ type: 'page.record_sent', ...attempt, messageId: 'm1' });
      expect(world.world.pages[0]?.attempts.map(({ channel, outcome }) => [channel, outcome.state])).toEqual([
        ['dm', 'failed'],
        ['email', 'sent'],
      ]);
    }
  });

  it('a report about another message than the one on record changes nothing, nor does one after an answer', () => {
    const world = withAttemptInFlight();
    startPage(world);
    world.say({ type: 'page.record_sent', ...attempt, messageId: 'm1' });
    world.say({ type: 'page.record_undelivered', ...attempt, messageId: 'm2', reason: 'busy' });
    world.say({ type: 'page.record_acted', ...attempt });
    world.say({ type: 'page.record_undelivered', ...attempt, messageId: 'm1', reason: 'busy' });
    expect(world.world.pages[0]?.attempts[0]?.outcome.state).toBe('sent');
  });

  it('what was delivered was sent, in whichever order that is reported, and stays so', () => {
    const world = withAttemptInFlight();
    startPage(world);
    world.say({ type: 'page.record_delivered', ...attempt, messageId: 'm1' });
    world.say({ type: 'page.record_sent', ...attempt, messageId: 'm1' });
    world.say({ type: 'page.record_undelivered', ...attempt, messageId: 'm1', reason: 'late' });
    expect(world.world.pages[0]?.attempts[0]?.outcome).toMatchObject({ state: 'delivered', messageId: 'm1' });
  });

  it('an answer is on the attempt that brought it, once', () => {
    const world = declared(everyoneBy(DM_THEN_MAIL.map((rule) => ({ ...rule, afterMs: 0 }))));
    world.say({ type: 'page.record_acted', ...attempt });
    world.say({ type: 'page.record_acted', ...attempt });
    world.say({
      type: 'escalation.acknowledge',
      by: person('ana'),
      incidentId: 1,
      pageId: '1/1/1',
      promiseMs: null,
    });
    expect(world.world.pages[0]?.attempts.map(({ actedAt }) => actedAt !== null)).toEqual([true, false]);
    expect(world.events.filter(({ type }) => type === 'page.acted')).toHaveLength(1);
  });

  /** Starts a page whose attempt is decided and not yet on its way: decide and evolve only, nothing is sent. */
  function startPage(world: DomainWorld): void {
    world.decideOnly({
      type: 'page.start',
      by: BOT,
      incidentId: 1,
      pageId: '1/1/1',
      runId: '1/1',
      personId: 'ana',
      ackBy: new Date(world.now.getTime() + minutes(5)),
      rulesNow: false,
      heldUntil: null,
      message: null,
    });
  }
});
