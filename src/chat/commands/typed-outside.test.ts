import { describe, expect, it } from 'vitest';
import { person } from '../../domain/actor.ts';
import { buttonsOf, ChatWorld, messageOf, saidPrivately } from '../../../test/support/chat-world.ts';
import { BERLIN_10, inRoom, withNames } from '../../../test/support/named.ts';
import { COMMANDS } from './registry.ts';

describe('outside a room', () => {
  it('takes the incident that is named, anywhere in the line', async () => {
    const world = await inRoom();
    await world.declare('Search is slow');
    for (const line of ['sev 2 #1 cards only', 'sev #1 2 cards only', 'sev 2 cards only #1']) {
      await world.type(line);
      expect(world.lastCommand, line).toMatchObject({
        incidentId: 1,
        severity: 'sev2',
        reason: 'cards only',
      });
    }
  });

  it('lets the named incident win over the room', async () => {
    const world = await inRoom();
    await world.declare('Search is slow');
    await world.type('note #2 restarted', { roomId: 'room-1' });
    expect(world.lastCommand).toMatchObject({ incidentId: 2, text: 'restarted' });
  });

  it('means the one that pages the asker, else the only open one, else asks', async () => {
    const world = await inRoom();
    await world.type('sev 2', { by: person('cleo') });
    expect(world.lastCommand).toMatchObject({ incidentId: 1 });
    await world.type('page @cleo come quickly', { by: person('dev') });
    await world.type('ack', { by: person('cleo') });
    expect(world.lastCommand).toMatchObject({ type: 'escalation.acknowledge', incidentId: 2 });
    const said = saidPrivately(await world.type('sev 3', { by: person('bli') }));
    expect(said).toContain('Which incident? Open are #2 come quickly, #1 Payments fail');
  });

  it('says that none is open', async () => {
    expect(saidPrivately(await new ChatWorld().type('ack'))).toContain('none is open');
  });

  it('asks once before free text becomes an incident', async () => {
    const world = new ChatWorld();
    const question = messageOf(await world.type('checkout is down again'));
    expect(question.plain).toContain('Declare an incident called “checkout is down again”?');
    expect(buttonsOf(question)).toEqual(['declare-confirmed', 'dismiss']);
    expect(world.commands).toEqual([]);
    expect(saidPrivately(await world.press('dismiss', 'declare'))).toBe('Nothing was done.');
    expect(saidPrivately(await world.press('declare-confirmed', 'checkout is down again'))).toContain(
      '#1: declared checkout is down again',
    );
    expect(world.incident(1)).toMatchObject({
      title: 'checkout is down again',
      kind: 'real',
      visibility: 'public',
    });
  });

  it('offers the verb that was perhaps meant beside it', async () => {
    expect(saidPrivately(await new ChatWorld().type('node 7 is down'))).toContain('Or did you mean note?');
  });

  it.each([
    [
      'new Checkout is down',
      { title: 'Checkout is down', severity: null, service: null, kind: 'real', visibility: 'public' },
    ],
    [
      'declare Checkout is down sev1 service ledger private drill',
      {
        title: 'Checkout is down',
        severity: 'sev1',
        service: 'ledger',
        kind: 'drill',
        visibility: 'private',
      },
    ],
    [
      'open Books are closed drill service books sev2',
      { title: 'Books are closed', severity: 'sev2', service: 'ledger', kind: 'drill' },
    ],
    ['new Service desk is closed', { title: 'Service desk is closed', service: null }],
    ['new "Fire drill"', { title: 'Fire drill', kind: 'real' }],
    ['new Same as #4 again', { title: 'Same as #4 again' }],
  ])('“%s”', async (line, declared) => {
    const world = new ChatWorld(withNames());
    await world.type(line);
    expect(world.lastCommand).toMatchObject({
      type: 'incident.declare',
      by: person('ana'),
      page: { kind: 'service' },
      wantsRoom: true,
      ...declared,
    });
  });

  it('pages by hand, in an incident named by the message', async () => {
    const world = new ChatWorld(withNames());
    await world.type('page @cleo the office is on fire');
    expect(world.lastCommand).toMatchObject({
      type: 'incident.declare',
      title: 'the office is on fire',
      page: { kind: 'targets', targets: [{ kind: 'person', id: 'cleo' }], rulesNow: false },
    });
    await world.type('page service ledger');
    expect(world.lastCommand).toMatchObject({
      title: 'Ledger is needed',
      service: 'ledger',
      page: { kind: 'service' },
    });
    expect(saidPrivately(await world.type('escalate'))).toContain(
      'Outside an incident I need to know whom to page',
    );
  });

  it('pages the asker through all their rules as a test, without a room', async () => {
    const world = new ChatWorld();
    expect(saidPrivately(await world.type('test'))).toContain('paging you now');
    expect(world.lastCommand).toMatchObject({
      kind: 'drill',
      visibility: 'private',
      wantsRoom: false,
      page: { kind: 'targets', targets: [{ kind: 'person', id: 'ana' }], rulesNow: true },
    });
  });

  it('says who is on call, until when and who is next, also at another time', async () => {
    const world = new ChatWorld(withNames());
    world.now = BERLIN_10;
    const now = saidPrivately(await world.type('oncall payments'));
    const later = saidPrivately(await world.type('who schedule primary at tomorrow 9am'));
    expect(now).toContain('until 2026-03-03 01:00 (Europe/Berlin), then');
    expect(now.includes('Primary: Ana Souza')).not.toBe(later.includes('Primary: Ana Souza'));
    expect(saidPrivately(await world.type('oncall service ledger'))).toContain('Step 1: Ana Souza');
    expect(saidPrivately(await world.type('oncall @dev'))).toContain('Dev Li is not on call');
  });
});

describe('rights', () => {
  const guest = { kind: 'guest', platform: 'console', id: 'visitor-1', name: 'Visitor' } as const;

  it('let a guest report and ask, and tell them how to be linked when they may not act', async () => {
    const world = await inRoom();
    await world.type('new I cannot pay', { by: guest });
    expect(world.incident(2).declaredBy).toEqual(guest);
    const said = saidPrivately(await world.type('ack #1', { by: guest }));
    expect(said).toContain('Visitor is a guest here');
    expect(said).toContain('console: "visitor-1"');
    expect(saidPrivately(await world.type('whoami', { by: guest }))).toContain('console: "visitor-1"');
    expect(world.incident(1).acknowledgedBy).toBeNull();
  });

  it('keep a private incident out of every answer to those who are not in it', async () => {
    const world = new ChatWorld();
    await world.declare('Leak private', person('dev'));
    expect(saidPrivately(await world.type('status #1', { by: person('cleo') }))).toContain(
      'There is no incident #1',
    );
    expect(saidPrivately(await world.type('list recent', { by: person('cleo') }))).toContain(
      'There has been none yet',
    );
    expect(saidPrivately(await world.type('status #1', { by: person('dev') }))).toContain('Leak');
    expect(saidPrivately(await world.press('acknowledge', '1', { by: person('cleo') }))).toContain(
      'no such incident',
    );
  });

  it('keep an observer from changing things, with the reason', async () => {
    const world = await inRoom();
    expect(saidPrivately(await world.type('sev 1', { roomId: 'room-1', by: person('eve') }))).toContain(
      'observer',
    );
  });
});

describe('completion', () => {
  it('proposes verbs, then the values of their parameters', async () => {
    const world = await inRoom();
    expect(await world.completions('')).toHaveLength(COMMANDS.length);
    expect(await world.completions('ac')).toEqual(['ack ', 'action ', 'actions']);
    expect(await world.completions('sev sev')).toEqual([
      'sev sev1 ',
      'sev sev2 ',
      'sev sev3 ',
      'sev sev4 ',
      'sev sev5 ',
    ]);
    expect(await world.completions('invite @a')).toEqual(['invite @ana ']);
    expect(await world.completions('new Cards fail service led')).toEqual(['new Cards fail service ledger ']);
    expect(await world.completions('escalate team')).toEqual([
      'escalate team payments ',
      'escalate team checkout ',
    ]);
    expect(await world.completions('help se')).toEqual(['help severity ']);
    expect(await world.completions('frobnicate x')).toEqual([]);
  });
});
