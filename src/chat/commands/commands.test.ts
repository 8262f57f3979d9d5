import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { person } from '../../domain/actor.ts';
import { aDirectory, aPerson, byId, dailyRotation, minutes } from '../../../test/support/directory.ts';
import { buttonsOf, ChatWorld, messageOf, saidPrivately } from '../../../test/support/chat-world.ts';
import { ACTIONS } from '../actions/registry.ts';
import { FORMS } from '../forms/registry.ts';
import { BOOK, COMMANDS } from './registry.ts';

const BERLIN_10 = new Date('2026-03-02T09:00:00Z');

/** A world in which Ana sits in Berlin at 10:00, with incident #1 in room-1. */
async function inRoom(): Promise<ChatWorld> {
  const world = new ChatWorld(withNames());
  world.now = BERLIN_10;
  await world.declare();
  return world;
}

function withNames() {
  const base = aDirectory();
  const bens = [
    aPerson('ben', { name: 'Ben Okafor', handles: { slack: 'U0BEN', console: 'benny' } }),
    aPerson('bli', { name: 'Ben Li' }),
    aPerson('ana', { name: 'Ana Souza' }),
    aPerson('cleo'),
    aPerson('dev', { name: 'Dev Li' }),
    aPerson('eve', { access: 'observer' }),
  ];
  const primary = { id: 'primary', name: 'Primary', schedule: dailyRotation('ana', 'cleo') };
  return aDirectory({
    people: byId(bens),
    teams: byId([
      { id: 'payments', name: 'Payments Team', members: ['ana', 'cleo'], schedule: 'primary' },
      { id: 'checkout', name: 'Checkout', members: ['ben'], schedule: null },
    ]),
    schedules: byId([primary]),
    services: byId([
      ...base.services.values(),
      { ...[...base.services.values()][0]!, id: 'ledger', name: 'Ledger', aliases: ['books'] },
    ]),
  });
}

describe('the registry of commands', () => {
  it('holds every file of the folder that defines a command', () => {
    const machinery = [
      'book',
      'card',
      'commands',
      'complete',
      'declaration',
      'define',
      'grammar',
      'names',
      'params',
      'parse',
      'read-value',
      'reference',
      'registry',
      'which-incident',
    ];
    const files = readdirSync(import.meta.dirname)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => file.replace(/\.ts$/, ''))
      .filter((file) => !machinery.includes(file));
    expect(files.sort()).toEqual(COMMANDS.map(({ name }) => name).sort());
  });

  it('knows every verb of the product and the habits of other tools', () => {
    const verbs =
      'new ack unack decline escalate snooze status update severity rename summary role handoff invite note timeline pages task tasks resolve reopen cancel postmortem list oncall whoami test help';
    for (const verb of verbs.split(' ')) expect(BOOK.find(verb)?.command.name, verb).toBe(verb);
    const habits = {
      declare: 'new',
      create: 'new',
      start: 'new',
      open: 'new',
      acknowledge: 'ack',
      claim: 'ack',
      page: 'escalate',
      sev: 'severity',
      lead: 'role',
      assign: 'role',
      action: 'task',
      close: 'resolve',
      fix: 'resolve',
      retro: 'postmortem',
      who: 'oncall',
      whoisoncall: 'oncall',
    };
    for (const [word, verb] of Object.entries(habits)) expect(BOOK.find(word)?.command.name, word).toBe(verb);
  });

  it('has a typed equal for every button that changes something', () => {
    for (const { name, typed } of ACTIONS.values()) {
      if (name === 'dismiss') expect(typed).toBeNull();
      else expect(BOOK.find(typed ?? ''), name).not.toBeNull();
    }
  });

  it('holds every file of the folders of buttons and forms', () => {
    const namesIn = (folder: string) =>
      readdirSync(new URL(`../${folder}/`, import.meta.url))
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .map((file) => file.replace(/\.ts$/, ''))
        .filter((file) => !['define', 'registry'].includes(file))
        .sort();
    expect(namesIn('actions')).toEqual([...ACTIONS.keys()].sort());
    expect(namesIn('forms')).toEqual([...FORMS.keys()].sort());
  });

  it.each(COMMANDS.flatMap(({ name, examples }) => examples.map((example) => ({ name, example }))))(
    'reads its own example: $example',
    async ({ example }) => {
      const world = await inRoom();
      const reply = await world.type(example.replaceAll('#42', '#1'), { roomId: 'room-1' });
      const refused =
        reply.kind === 'private' &&
        /does not know|I know no|There is no verb|is missing/.test(reply.message.plain);
      expect(refused, JSON.stringify(reply)).toBe(false);
    },
  );
});

const SAID: readonly (readonly [line: string, command: object])[] = [
  ['ack', { type: 'escalation.acknowledge', pageId: null, promiseMs: null }],
  ['ACK', { type: 'escalation.acknowledge' }],
  ['claim', { type: 'escalation.acknowledge' }],
  ['ack update in 10m', { type: 'escalation.acknowledge', promiseMs: minutes(10) }],
  ['ack in 1h30m', { type: 'escalation.acknowledge', promiseMs: minutes(90) }],
  ['ack on it, looking', { type: 'escalation.acknowledge', promiseMs: null }],
  ['unack', { type: 'escalation.unacknowledge' }],
  ['decline sorry, on a plane', { type: 'escalation.decline', pageId: null }],
  ['escalate', { type: 'escalation.escalate_now', pageId: null }],
  ['escalate now', { type: 'escalation.escalate_now' }],
  [
    'escalate @bli',
    { type: 'escalation.start', source: { targets: [{ kind: 'person', id: 'bli' }] }, message: null },
  ],
  [
    'page @benny the disk is full',
    {
      type: 'escalation.start',
      source: { targets: [{ kind: 'person', id: 'ben' }] },
      message: 'the disk is full',
    },
  ],
  [
    'page payments team please help',
    {
      type: 'escalation.start',
      source: { targets: [{ kind: 'team', id: 'payments' }] },
      message: 'please help',
    },
  ],
  ['escalate service checkout', { type: 'escalation.start', source: { policy: 'default' } }],
  [
    'escalate schedule primary',
    { type: 'escalation.start', source: { targets: [{ kind: 'schedule', id: 'primary' }] } },
  ],
  ['snooze 2h', { type: 'escalation.snooze', until: new Date('2026-03-02T11:00:00Z') }],
  ['snooze until 18:00', { type: 'escalation.snooze', until: new Date('2026-03-02T17:00:00Z') }],
  ['snooze tomorrow 9am', { type: 'escalation.snooze', until: new Date('2026-03-03T08:00:00Z') }],
  [
    'status identified bad deploy',
    { type: 'incident.set_status', status: 'identified', message: 'bad deploy' },
  ],
  ['mitigate rolled back', { type: 'incident.set_status', status: 'monitoring', message: 'rolled back' }],
  [
    'update We rolled back next in 30m',
    { type: 'incident.post_update', text: 'We rolled back', status: null, nextInMs: minutes(30) },
  ],
  ['update We look into it', { type: 'incident.post_update', text: 'We look into it', nextInMs: null }],
  ['severity sev2', { type: 'incident.set_severity', severity: 'sev2', reason: null }],
  [
    'sev 2 only exports fail',
    { type: 'incident.set_severity', severity: 'sev2', reason: 'only exports fail' },
  ],
  ['severity SEV4 quiet now', { type: 'incident.set_severity', severity: 'sev4', reason: 'quiet now' }],
  ['rename Cards fail', { type: 'incident.rename', title: 'Cards fail' }],
  ['summary Cards fail since 14:00', { type: 'incident.summarize', text: 'Cards fail since 14:00' }],
  ['role scribe @bli', { type: 'incident.assign_role', role: 'scribe', personId: 'bli' }],
  ['assign @bli scribe', { type: 'incident.assign_role', role: 'scribe', personId: 'bli' }],
  ['role scribe', { type: 'incident.assign_role', role: 'scribe', personId: 'ana' }],
  ['lead @cleo', { type: 'incident.assign_role', role: 'commander', personId: 'cleo' }],
  ['lead', { type: 'incident.assign_role', role: 'commander', personId: 'ana' }],
  [
    'handoff @cleo half done',
    { type: 'incident.assign_role', role: 'commander', personId: 'cleo', note: 'half done' },
  ],
  ['invite @cleo, @bli and me', { type: 'incident.add_members', personIds: ['cleo', 'bli', 'ana'] }],
  ['invite <@U0BEN>', { type: 'incident.add_members', personIds: ['ben'], platform: 'slack' }],
  ['note restarted the workers', { type: 'incident.add_note', text: 'restarted the workers', at: null }],
  [
    'note restarted the workers at 09:05',
    { type: 'incident.add_note', text: 'restarted the workers', at: new Date('2026-03-02T08:05:00Z') },
  ],
  [
    'note restarted at 14:05',
    { type: 'incident.add_note', text: 'restarted', at: new Date('2026-03-01T13:05:00Z') },
  ],
  ['note looked at the logs', { type: 'incident.add_note', text: 'looked at the logs', at: null }],
  ['note same as #7 last week', { type: 'incident.add_note', text: 'same as #7 last week', incidentId: 1 }],
  ['timeline vendor called', { type: 'incident.add_note', text: 'vendor called' }],
  ['task roll back @bli', { type: 'incident.add_task', text: 'roll back', owner: 'bli', due: null }],
  [
    'task call the vendor @bli due 18:00',
    {
      type: 'incident.add_task',
      text: 'call the vendor',
      owner: 'bli',
      due: new Date('2026-03-02T17:00:00Z'),
    },
  ],
  [
    'task drop by the data centre',
    { type: 'incident.add_task', text: 'drop by the data centre', owner: null, due: null },
  ],
  ['task done 1', { type: 'incident.finish_task', number: 1 }],
  ['task reopen 3', { type: 'incident.reopen_task', number: 3 }],
  ['resolve', { type: 'incident.resolve', summary: null }],
  ['fix rolled back', { type: 'incident.resolve', summary: 'rolled back' }],
  ['reopen errors are back', { type: 'incident.reopen', reason: 'errors are back' }],
  ['cancel false alarm', { type: 'incident.cancel', reason: 'false alarm' }],
  ['postmortem', { type: 'incident.draft_postmortem' }],
];

describe('a command typed in an incident room', () => {
  it.each(SAID)('“%s”', async (line, command) => {
    const world = await inRoom();
    const { platform = 'console', ...expected } = { ...command } as { platform?: string };
    if (platform === 'console') await world.type(line, { roomId: 'room-1' });
    else await world.front.command({ actor: person('ana'), platform, roomId: null, text: line });
    expect(world.lastCommand).toMatchObject({ incidentId: 1, by: person('ana'), ...expected });
  });

  const ANSWERED = [
    ['status', 'Payments fail'],
    ['timeline', 'declared'],
    ['pages', 'Ana Souza paged'],
    ['tasks', 'There are none yet'],
    ['role', 'commander: nobody'],
    ['summary', 'There is no summary yet'],
    ['whoami', 'Ana Souza'],
    ['oncall', 'Primary:'],
    ['list', 'Payments fail'],
    ['list mine', 'Payments fail'],
    ['help', 'ack'],
    ['help sev', 'Raise or lower the severity'],
    ['', 'ack'],
  ] as const;

  it.each(ANSWERED)('“%s” answers the asker alone and changes nothing', async (line, words) => {
    const world = await inRoom();
    const before = world.commands.length;
    expect(saidPrivately(await world.type(line, { roomId: 'room-1' }))).toContain(words);
    expect(world.commands).toHaveLength(before);
  });

  it('says nothing to the asker when the room says it already', async () => {
    const world = await inRoom();
    expect(await world.type('sev 2', { roomId: 'room-1' })).toEqual({ kind: 'nothing' });
    expect(saidPrivately(await world.type('sev 3 #1'))).toContain('#1: Ana Souza lowered the severity');
  });

  it('repeats how it understood a time, in the asker’s zone', async () => {
    const world = await inRoom();
    expect(saidPrivately(await world.type('snooze until 18:00', { roomId: 'room-1' }))).toContain(
      '2026-03-02 18:00 (Europe/Berlin)',
    );
    expect(saidPrivately(await world.type('note deployed at 09:05', { roomId: 'room-1' }))).toContain(
      '2026-03-02 09:05 (Europe/Berlin)',
    );
  });

  it('says who has it when it is acknowledged again, and that it is over when it is', async () => {
    const world = await inRoom();
    await world.type('ack', { roomId: 'room-1', by: person('cleo') });
    expect(saidPrivately(await world.type('ack', { roomId: 'room-1', by: person('cleo') }))).toContain(
      'you already have it since',
    );
    await world.type('resolve', { roomId: 'room-1' });
    expect(saidPrivately(await world.type('ack', { roomId: 'room-1' }))).toContain('resolved');
    expect(world.incident(1).status).toBe('resolved');
  });

  it('tells what of an acknowledgement it did not keep', async () => {
    const world = await inRoom();
    expect(saidPrivately(await world.type('ack for half an hour', { roomId: 'room-1' }))).toContain(
      '“for half an hour” was not kept',
    );
    expect(world.incident(1).acknowledgedBy).toEqual(person('ana'));
  });

  it('gives an open form where words are missing', async () => {
    const world = await inRoom();
    expect(await world.type('update', { roomId: 'room-1' })).toMatchObject({
      kind: 'form',
      form: { form: 'update', value: '1' },
    });
    expect(await world.type('new')).toMatchObject({ kind: 'form', form: { form: 'declare' } });
  });
});

describe('a command that cannot be read', () => {
  const REFUSED = [
    ['ackk', 'Did you mean ack?'],
    ['sevrity sev1', 'Did you mean severity?'],
    ['frobnicate', 'help lists'],
    ['snooze', 'How long'],
    ['snooze banana', 'not a time I understand'],
    ['snooze 2m', '5 minutes at least'],
    ['snooze 3d', '24 hours at most'],
    ['snooze 2h please', 'does not know what to do with “please”'],
    ['severity', 'The new severity'],
    ['severity terrible', '“terrible” is none'],
    ['status broken', 'They are investigating'],
    ['rename', 'The new title: that is missing'],
    ['reopen', 'Why: that is missing'],
    ['handoff', 'Who takes over'],
    ['handoff @nobody', 'I know nobody called @nobody'],
    ['invite', 'Who is to come'],
    ['invite @ana @nobody', 'I know nobody called @nobody'],
    ['escalate banana', 'I know no person, team, schedule or service called “banana”'],
    ['escalate checkout', 'could be team Checkout (team checkout) or service Checkout (service checkout)'],
    ['invite li', 'could be Ben Li (@bli) or Dev Li (@dev)'],
    ['task', 'What is to be done?'],
    ['task done 9', 'no task 9'],
    ['pages please', 'does not know what to do with “please”'],
    ['list yours', 'does not know what to do with “yours”'],
    ['oncall nothing', 'does not know what to do with “nothing”'],
    ['note #77 it broke', 'There is no incident #77'],
    ['help frobnicate', 'There is no verb “frobnicate”'],
  ] as const;

  it.each(REFUSED)('“%s” says why, to the asker alone', async (line, words) => {
    const world = await inRoom();
    expect(saidPrivately(await world.type(line, { roomId: 'room-1' }))).toContain(words);
  });
});

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
    expect(said).toContain('console: visitor-1');
    expect(saidPrivately(await world.type('whoami', { by: guest }))).toContain('console: visitor-1');
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
