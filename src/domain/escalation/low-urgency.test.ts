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
import type { Directory, Person, WorkingHours } from '../directory.ts';

const OFFICE: WorkingHours = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], start: '09:00', end: '17:00' };
const HOUR = minutes(60);
/** The world begins on Monday at 03:00 UTC, 04:00 in Berlin. */
const NINE_IN_BERLIN = 5 * HOUR;

/** Declares the incident. */
const DEV = aPerson('dev');

const gentle = (id: string, changes: Partial<Person> = {}) =>
  aPerson(id, {
    workingHours: OFFICE,
    rules: { high: [{ channel: 'voice', afterMs: 0 }], low: [{ channel: 'dm', afterMs: 0 }] },
    ...changes,
  });

function office(changes: Partial<Directory> = {}): Directory {
  return aDirectory({ people: byId(['ana', 'ben', 'cleo', 'dev'].map((id) => gentle(id))), ...changes });
}

function declared(severity: string, directory = office()): DomainWorld {
  const world = new DomainWorld(directory);
  world.declare({ severity });
  return world;
}

describe('an incident of low urgency', () => {
  it('pages nobody before their working hours, and then gently', () => {
    const world = declared('sev4');
    expect(world.waits).toEqual(['escalation:1/1:step']);
    world.wait(NINE_IN_BERLIN - 1);
    expect(world.sent).toEqual([]);
    world.wait(1);
    expect(world.sent).toEqual([{ personId: 'ana', channel: 'dm', at: new Date('2026-03-02T08:00:00Z') }]);
  });

  it('pages at once within the working hours, and where nobody has any', () => {
    const world = new DomainWorld(office());
    world.now = new Date('2026-03-02T10:00:00Z');
    world.declare({ severity: 'sev5' });
    expect(world.paged).toEqual(['ana']);
    expect(declared('sev4', aDirectory()).paged).toEqual(['ana']);
  });

  it('leaves a high urgency alone', () => {
    expect(declared('sev1').sent).toMatchObject([{ personId: 'ana', channel: 'voice' }]);
  });

  it('pages at once and loudly when the severity rises meanwhile', () => {
    const world = declared('sev4');
    world.wait(HOUR);
    world.say({
      type: 'incident.set_severity',
      by: person('dev'),
      incidentId: 1,
      severity: 'sev5',
      reason: null,
    });
    expect(world.sent).toEqual([]);
    world.say({
      type: 'incident.set_severity',
      by: person('dev'),
      incidentId: 1,
      severity: 'sev2',
      reason: null,
    });
    expect(world.sent).toMatchObject([{ personId: 'ana', channel: 'voice' }]);
    world.wait(minutes(5));
    expect(world.paged).toEqual(['ana', 'ben']);
  });

  it('pages the one again, loudly, who was paged gently before it rose', () => {
    const world = declared('sev4');
    world.wait(NINE_IN_BERLIN);
    world.say({
      type: 'incident.set_severity',
      by: person('dev'),
      incidentId: 1,
      severity: 'sev1',
      reason: null,
    });
    expect(world.sent.map(({ personId, channel }) => `${personId} ${channel}`)).toEqual([
      'ana dm',
      'ana voice',
    ]);
    expect(world.world.pages.map(({ end }) => end?.why)).toEqual(['escalated', undefined]);
  });

  it('leaves alone who has acknowledged when it rises', () => {
    const world = declared('sev4');
    world.say({
      type: 'escalation.acknowledge',
      by: person('ana'),
      incidentId: 1,
      pageId: null,
      promiseMs: null,
    });
    world.say({
      type: 'incident.set_severity',
      by: person('dev'),
      incidentId: 1,
      severity: 'sev1',
      reason: null,
    });
    world.wait(24 * HOUR);
    expect(world.sent).toEqual([]);
    expect(world.waits).toEqual([]);
  });

  it('looks up who is on call when the hours begin, and waits on when that one is not at work', () => {
    const rota = dailyRotation('ben', 'ana');
    const schedules = byId([{ id: 'rota', name: 'Rota', schedule: rota }]);
    const policies = byId([aPolicy([aStep([{ kind: 'schedule', id: 'rota' }])])]);
    const people = byId([gentle('ana', { zone: 'America/Los_Angeles' }), gentle('ben'), gentle('cleo'), DEV]);
    // Ben is on call on Monday (UTC), Ana on Tuesday.
    const world = new DomainWorld(office({ schedules, policies, people }));
    world.now = new Date('2026-03-02T20:00:00Z');
    world.declare({ severity: 'sev4' });
    world.wait(12 * HOUR);
    expect(world.sent).toEqual([]);
    world.wait(12 * HOUR);
    expect(world.sent).toMatchObject([{ personId: 'ana', at: new Date('2026-03-03T17:00:00Z') }]);
  });

  it('begins with those who are at work, and holds the pages of the others until they are', () => {
    const people = byId([gentle('ana'), gentle('ben', { zone: 'Europe/London' }), gentle('cleo'), DEV]);
    const both = aStep([toPerson('ana'), toPerson('ben')], { ackWithinMs: 2 * HOUR });
    const world = declared('sev4', office({ people, policies: byId([aPolicy([both])]) }));
    world.wait(NINE_IN_BERLIN);
    expect(world.paged).toEqual(['ana']);
    world.wait(HOUR);
    expect(world.sent.at(-1)).toMatchObject({ personId: 'ben', at: new Date('2026-03-02T09:00:00Z') });
  });

  it('takes the hours of the schedule, then those of the house, for who has none', () => {
    const people = byId([gentle('ana', { workingHours: null }), gentle('cleo', { workingHours: null }), DEV]);
    const schedule = { timeZone: 'Asia/Tokyo', layers: dailyRotation('ana').layers };
    const rota = { id: 'rota', name: 'Rota', schedule, workingHours: OFFICE };
    const policies = byId([aPolicy([aStep([{ kind: 'schedule', id: 'rota' }])])]);
    const { settings } = aDirectory();
    const tokyo = new DomainWorld(office({ people, policies, schedules: byId([rota]) }));
    tokyo.now = new Date('2026-03-01T20:00:00Z');
    tokyo.declare({ severity: 'sev4' });
    tokyo.wait(4 * HOUR);
    expect(tokyo.sent).toMatchObject([{ personId: 'ana', at: new Date('2026-03-02T00:00:00Z') }]);
    const house = declared('sev4', office({ people, settings: { ...settings, workingHours: OFFICE } }));
    house.wait(NINE_IN_BERLIN);
    expect(house.sent).toMatchObject([{ personId: 'ana', at: new Date('2026-03-02T08:00:00Z') }]);
  });

  it('does not wake the last resort either, and calls it in its hours', () => {
    const world = declared(
      'sev4',
      office({ policies: byId([aPolicy([aStep([{ kind: 'schedule', id: 'gone' }])])]) }),
    );
    expect(world.happened).toContain('escalation.exhausted');
    expect(world.sent).toEqual([]);
    world.wait(NINE_IN_BERLIN);
    expect(world.paged).toEqual(['cleo']);
  });

  it('pages now when somebody presses Escalate now, names whom to page, or gives it back', () => {
    const now = declared('sev4');
    now.say({ type: 'escalation.escalate_now', by: person('dev'), incidentId: 1, pageId: null });
    expect(now.paged).toEqual(['ana']);
    const named = declared('sev4');
    named.say({
      type: 'escalation.start',
      by: person('dev'),
      incidentId: 1,
      source: { targets: [toPerson('ben')] },
      rulesNow: false,
      message: null,
    });
    expect(named.paged).toEqual(['ben']);
    const back = declared('sev4');
    back.say({
      type: 'escalation.acknowledge',
      by: person('ana'),
      incidentId: 1,
      pageId: null,
      promiseMs: null,
    });
    back.say({ type: 'escalation.unacknowledge', by: person('ana'), incidentId: 1 });
    expect(back.paged).toEqual(['ana']);
  });

  it('waits for nothing any more once it is resolved', () => {
    const world = declared('sev4');
    world.say({ type: 'incident.resolve', by: person('dev'), incidentId: 1, summary: null });
    expect(world.waits).toEqual([]);
    world.wait(24 * HOUR);
    expect(world.sent).toEqual([]);
  });
});

describe('a step with conditions about hours', () => {
  const own = (...ids: string[]) => aStep(ids.map(toPerson), { conditions: [{ kind: 'own_hours' }] });

  it('pages those only who are within their own hours, whatever the urgency', () => {
    const people = byId([gentle('ana'), gentle('ben', { zone: 'Asia/Tokyo' }), gentle('cleo'), DEV]);
    expect(
      declared('sev1', office({ people, policies: byId([aPolicy([own('ana', 'ben')])]) })).paged,
    ).toEqual(['ben']);
  });

  it('is skipped at once when none of them is, on the record', () => {
    const policies = byId([aPolicy([own('ana'), aStep([toPerson('ben')])])]);
    const world = declared('sev1', office({ policies }));
    expect(world.paged).toEqual(['ben']);
    expect(world.events).toContainEqual(
      expect.objectContaining({ type: 'escalation.step_skipped', reason: 'condition' }),
    );
  });
});
