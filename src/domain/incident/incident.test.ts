import { describe, expect, it } from 'vitest';
import { aDirectory, minutes, toPerson } from '../../../test/support/directory.ts';
import { DomainWorld } from '../../../test/support/domain-world.ts';
import { BOT, person } from '../actor.ts';
import type { IncidentSideCommand } from '../command.ts';
import type { Directory, ResponseTargets } from '../directory.ts';

const by = person('ana');
const on = { by, incidentId: 1 } as const;

function declared(
  changes: Parameters<DomainWorld['declare']>[0] = {},
  directory: Directory = aDirectory(),
): DomainWorld {
  const world = new DomainWorld(directory);
  world.declare(changes);
  return world;
}

function withTargets(targets: Partial<ResponseTargets>): Directory {
  const directory = aDirectory();
  return {
    ...directory,
    severities: directory.severities.map((one) => ({ ...one, targets: { ...one.targets, ...targets } })),
  };
}

function lastEvent(world: DomainWorld) {
  return world.events.at(-1);
}

describe('declaring', () => {
  it('fills what was left open from the service and the settings', () => {
    const world = declared({ severity: null, service: 'checkout' });
    expect(world.world.incident).toMatchObject({
      severity: 'sev3',
      policy: 'default',
      status: 'triage',
      members: ['dev', 'ana'],
    });
  });

  it('says no to an empty title, an unknown severity and an unknown service, with what would work', () => {
    const world = new DomainWorld(aDirectory());
    world.declare({ title: ' \u202E\u0000 ' });
    world.declare({ severity: 'sev9' });
    world.declare({ service: 'nope' });
    expect(world.world.incident).toBeNull();
    expect(world.refusals.map((refusal) => refusal.hint)).toEqual([
      'Say in a few words what is broken: `new checkout is down`.',
      'Severities are, worst first: sev1, sev2, sev3, sev4, sev5.',
      'Services are: checkout.',
    ]);
  });

  it('keeps a title on one readable line', () => {
    expect(declared({ title: 'a\nb\u202Ec' }).world.incident?.title).toBe('a b c');
    expect(declared({ title: 'x'.repeat(10_000) }).world.incident?.title).toHaveLength(200);
  });

  it('of a number that exists stays quiet', () => {
    const world = declared();
    const before = world.events.length;
    world.declare();
    expect(world.events).toHaveLength(before);
  });

  it('of a private incident tells the stakeholders nothing', () => {
    const world = declared({ visibility: 'private' });
    expect(world.effects.some((effect) => effect.type === 'chat.broadcast')).toBe(false);
    expect(declared().effects.some((effect) => effect.type === 'chat.broadcast')).toBe(true);
  });

  it('pages by hand whom it names', () => {
    const world = declared({ page: { kind: 'targets', targets: [toPerson('ben')], rulesNow: false } });
    expect(world.paged).toEqual(['ben']);
  });
});

describe('the course of an incident', () => {
  it('jumps forward, says no to a step back, and goes back with a reason', () => {
    const world = declared();
    world.say({ ...on, type: 'incident.set_status', status: 'monitoring', message: null });
    expect(world.world.incident?.status).toBe('monitoring');
    world.say({ ...on, type: 'incident.set_status', status: 'identified', message: null });
    expect(world.refusals[0]).toEqual({
      why: '#1 is already monitoring.',
      hint: 'To go back to investigating, say why: `reopen <reason>`.',
    });
    world.say({ ...on, type: 'incident.reopen', reason: 'errors again' });
    expect(world.world.incident?.status).toBe('investigating');
    expect(world.world.runs).toHaveLength(1);
  });

  it('resolves once, and a repeat is quiet', () => {
    const world = declared();
    world.say({ ...on, type: 'incident.resolve', summary: ' rolled back ' });
    expect(world.events).toContainEqual({
      type: 'incident.resolved',
      summary: 'rolled back',
      byItself: false,
    });
    const before = world.events.length;
    world.say({ ...on, type: 'incident.resolve', summary: null });
    expect(world.events).toHaveLength(before);
  });

  it.each<IncidentSideCommand>([
    { ...on, type: 'incident.set_severity', severity: 'sev2', reason: null },
    { ...on, type: 'incident.assign_role', role: 'commander', personId: 'ben', note: null },
    { ...on, type: 'incident.set_status', status: 'monitoring', message: null },
    { ...on, type: 'escalation.escalate_now', pageId: null },
  ])('says no to $type when it is over, and how to go on', (command) => {
    const world = declared();
    world.say({ ...on, type: 'incident.cancel', reason: 'false alarm' });
    world.say(command);
    expect(world.refusals).toEqual([
      { why: '#1 is cancelled; nothing was changed.', hint: 'Reopen it with `reopen <reason>`.' },
    ]);
  });

  it('takes a reason to cancel and to reopen', () => {
    const world = declared();
    world.say({ ...on, type: 'incident.cancel', reason: '  ' });
    world.say({ ...on, type: 'incident.reopen', reason: '' });
    expect(world.refusals.map((refusal) => refusal.why)).toEqual([
      'Cancelling takes a reason.',
      'Reopening takes a reason.',
    ]);
  });

  it('drafts a postmortem only once it is resolved', () => {
    const world = declared();
    world.say({ ...on, type: 'incident.draft_postmortem' });
    expect(world.refusals[0]?.why).toContain('once it is resolved');
    world.say({ ...on, type: 'incident.resolve', summary: null });
    world.say({ ...on, type: 'incident.draft_postmortem' });
    expect(world.effects.at(-1)).not.toBeUndefined();
    expect(world.effects).toContainEqual({ type: 'postmortem.publish', incidentId: 1 });
  });
});

describe('status updates and targets', () => {
  it('an update is due after the cadence of its severity; that is said before and when it is, once each', () => {
    const world = declared({}, withTargets({ updateEveryMs: minutes(30) }));
    const since = world.now;
    world.say({
      ...on,
      type: 'incident.post_update',
      text: 'Looking into it',
      status: 'identified',
      nextInMs: null,
    });
    expect(world.world.incident).toMatchObject({
      status: 'identified',
      lastUpdate: { text: 'Looking into it' },
    });
    world.wait(minutes(600));
    expect(world.events.filter((event) => event.type === 'incident.update_due')).toEqual([
      { type: 'incident.update_due', since, by: new Date(since.getTime() + minutes(30)) },
      { type: 'incident.update_due', since, by: null },
    ]);
  });

  it('a later update moves the reminder', () => {
    const world = declared();
    world.say({ ...on, type: 'incident.post_update', text: 'one', status: null, nextInMs: minutes(30) });
    world.wait(minutes(20));
    world.say({ ...on, type: 'incident.post_update', text: 'two', status: null, nextInMs: minutes(30) });
    world.wait(minutes(23));
    expect(world.happened).not.toContain('incident.update_due');
  });

  it('a missed target is announced before and when it happens; a met one never', () => {
    const directory = withTargets({ acknowledgeMs: minutes(10) });
    const missed = declared({}, directory);
    missed.wait(minutes(10));
    expect(
      missed.events.filter((event) => event.type === 'incident.target_missed').map((event) => event.phase),
    ).toEqual(['soon', 'missed']);
    const met = declared({}, directory);
    met.say({ ...on, type: 'escalation.acknowledge', pageId: null, promiseMs: null });
    met.wait(minutes(600));
    expect(met.happened).not.toContain('incident.target_missed');
  });
});

describe('a change of severity moves the targets', () => {
  const fast = (id: string) => (id === 'sev1' ? minutes(10) : minutes(100));
  const directory = aDirectory();
  const severities = directory.severities.map((one) => ({
    ...one,
    targets: { ...one.targets, acknowledgeMs: fast(one.id), resolveMs: 5 * fast(one.id) },
  }));
  const told = (world: DomainWorld) =>
    world.events.flatMap((event) =>
      event.type === 'incident.target_missed' ? [`${event.target} ${event.phase}`] : [],
    );
  const sev = (severity: string) =>
    ({ ...on, type: 'incident.set_severity', severity, reason: null }) as const;

  it('a worse one promises from then on', () => {
    const world = declared({ severity: 'sev3' }, { ...directory, severities });
    world.wait(minutes(30));
    world.say(sev('sev1'));
    world.wait(minutes(9));
    expect(told(world)).toEqual(['acknowledge soon']);
    world.wait(minutes(1));
    expect(told(world)).toEqual(['acknowledge soon', 'acknowledge missed']);
  });

  it('a milder one gives the time that it has from the start', () => {
    const world = declared({ severity: 'sev1' }, { ...directory, severities });
    world.wait(minutes(5));
    world.say(sev('sev3'));
    world.wait(minutes(70));
    expect(told(world)).toEqual([]);
    world.wait(minutes(25));
    expect(told(world)).toEqual(['acknowledge soon', 'acknowledge missed']);
  });

  it('what is kept already stays kept', () => {
    const world = declared({ severity: 'sev3' }, { ...directory, severities });
    world.say({ ...on, type: 'escalation.acknowledge', pageId: null, promiseMs: null });
    world.say(sev('sev1'));
    world.wait(minutes(60));
    expect(told(world)).toEqual(['resolve soon', 'resolve missed']);
  });
});

describe('alerts of an incident', () => {
  const note = {
    type: 'incident.note_alerts',
    by: BOT,
    incidentId: 1,
    titles: ['5xx'],
    severity: null,
  } as const;

  it('clearing never closes one in which people are working', () => {
    const world = declared({ autoResolve: true });
    world.say({ ...on, type: 'escalation.acknowledge', pageId: null, promiseMs: null });
    world.say({ ...note, firing: 0, total: 1, joined: 0, cleared: 1 });
    expect(world.world.incident?.status).toBe('investigating');
    expect(lastEvent(world)?.type).toBe('incident.alerts_cleared');
  });

  it('clearing resolves one that nobody acknowledged, when its route says so, and stops the paging', () => {
    const world = declared({ autoResolve: true });
    world.say({ ...note, firing: 0, total: 1, joined: 0, cleared: 1 });
    world.wait(minutes(600));
    expect(world.world.incident?.status).toBe('resolved');
    expect(world.paged).toEqual(['ana']);
    const other = declared({ autoResolve: false });
    other.say({ ...note, firing: 0, total: 1, joined: 0, cleared: 1 });
    expect(other.world.incident?.status).toBe('triage');
  });

  it('a worse alert raises the severity and a milder one never lowers it', () => {
    const world = declared({ severity: 'sev3' });
    world.say({ ...note, firing: 2, total: 2, joined: 1, cleared: 0, severity: 'sev1' });
    world.say({ ...note, firing: 3, total: 3, joined: 1, cleared: 0, severity: 'sev5' });
    expect(world.world.incident?.severity).toBe('sev1');
  });

  it('a storm is told at every tenfold, not at every alert', () => {
    const world = declared();
    for (let total = 1; total <= 1000; total += 1)
      world.say({ ...note, firing: total, total, joined: 1, cleared: 0 });
    const said = world.effects.filter(
      (effect) => effect.type === 'chat.announce' && effect.recorded.event.type === 'incident.alerts_changed',
    );
    const totals = said.map(
      (effect) =>
        effect.type === 'chat.announce' && 'total' in effect.recorded.event && effect.recorded.event.total,
    );
    expect(totals).toEqual([2, 3, 4, 5, 10, 100, 1000]);
  });
});

describe('who may', () => {
  const observers = (): Directory => {
    const directory = aDirectory();
    const ben = directory.people.get('ben');
    if (!ben) throw new Error('expected ben');
    return { ...directory, people: new Map([...directory.people, ['ben', { ...ben, access: 'observer' }]]) };
  };

  it('an observer reports and follows along, and answers when paged', () => {
    const world = declared({}, observers());
    world.say({ type: 'incident.resolve', by: person('ben'), incidentId: 1, summary: null });
    world.say({
      type: 'escalation.acknowledge',
      by: person('ben'),
      incidentId: 1,
      pageId: null,
      promiseMs: null,
    });
    expect(world.refusals).toHaveLength(2);
    world.wait(minutes(5));
    world.say({
      type: 'escalation.acknowledge',
      by: person('ben'),
      incidentId: 1,
      pageId: null,
      promiseMs: null,
    });
    expect(world.world.incident?.acknowledgedBy).toEqual(person('ben'));
  });

  it('a private incident does not exist for who is not in it', () => {
    const world = declared({ visibility: 'private' });
    world.say({ type: 'incident.add_note', by: person('cleo'), incidentId: 1, text: 'hi', at: null });
    expect(world.refusals[0]?.why).toBe('There is no incident #1.');
  });

  it('somebody who is not configured is nobody', () => {
    const world = declared();
    world.say({ type: 'incident.resolve', by: person('mallory'), incidentId: 1, summary: null });
    expect(world.refusals[0]?.why).toBe('mallory is not a configured person.');
  });
});

describe('work', () => {
  it('tasks are numbered, done, and taken back', () => {
    const world = declared();
    world.say({ ...on, type: 'incident.add_task', text: 'roll back', owner: 'ben', due: null });
    world.say({ ...on, type: 'incident.finish_task', number: 1 });
    expect(world.world.incident?.tasks[0]?.doneAt).toEqual(world.now);
    world.say({ ...on, type: 'incident.reopen_task', number: 1 });
    expect(world.world.incident?.tasks[0]?.doneAt).toBeNull();
    world.say({ ...on, type: 'incident.finish_task', number: 7 });
    expect(world.refusals[0]?.why).toBe('There is no task 7.');
  });

  it('roles are handed over and remember who had them', () => {
    const world = declared();
    world.say({ ...on, type: 'incident.assign_role', role: 'commander', personId: 'ana', note: null });
    world.say({
      ...on,
      type: 'incident.assign_role',
      role: 'commander',
      personId: 'ben',
      note: 'my shift ends',
    });
    expect(world.events).toContainEqual(
      expect.objectContaining({
        type: 'incident.role_assigned',
        personId: 'ben',
        previous: 'ana',
        note: 'my shift ends',
      }),
    );
    world.say({ ...on, type: 'incident.assign_role', role: 'king', personId: 'ben', note: null });
    expect(world.refusals[0]?.hint).toBe('Roles are: commander, communications, scribe.');
  });

  it('a note may speak of the past, never of the future', () => {
    const world = declared();
    world.say({
      ...on,
      type: 'incident.add_note',
      text: 'deploy',
      at: new Date(world.now.getTime() - minutes(30)),
    });
    world.say({
      ...on,
      type: 'incident.add_note',
      text: 'deploy',
      at: new Date(world.now.getTime() + minutes(30)),
    });
    expect(world.happened.filter((type) => type === 'incident.noted')).toHaveLength(1);
    expect(world.refusals).toHaveLength(1);
  });
});
