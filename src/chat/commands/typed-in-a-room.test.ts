import { describe, expect, it } from 'vitest';
import { person } from '../../domain/actor.ts';
import { saidPrivately } from '../../../test/support/chat-world.ts';
import { minutes } from '../../../test/support/directory.ts';
import { inRoom } from '../../../test/support/named.ts';

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
    ['bridge', 'No call is configured: settings.call_link'],
    ['call', 'No call is configured'],
    ['channel', 'This channel is the room of #1 already.'],
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
      'You already have it since',
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
    ['severity impact high urgency high', 'No severities are configured by impact and urgency'],
    ['severity sev9', 'Severities are, worst first: sev1, sev2, sev3, sev4, sev5.'],
    ['role wizard @ben', 'Roles are: commander, communications, scribe.'],
    ['status broken', 'They are investigating'],
    ['rename', 'The new title: that is missing'],
    ['reopen', 'Why: that is missing'],
    ['handoff', 'Who takes over'],
    ['handoff @nobody', 'I know nobody called @nobody'],
    ['invite', 'Who is to come'],
    ['invite @ana @nobody', 'I know nobody called @nobody'],
    ['escalate banana', 'I know no person, team, schedule, service or policy called “banana”'],
    ['escalate checkout', 'could be team Checkout (team checkout) or service Checkout (service checkout)'],
    ['invite li', 'could be Ben Li (@bli) or Dev Li (@dev)'],
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
