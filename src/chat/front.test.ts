import { describe, expect, it } from 'vitest';
import { person } from '../domain/actor.ts';
import { aDirectory, dailyRotation, minutes } from '../../test/support/directory.ts';
import { buttonsOf, ChatWorld, messageOf, saidPrivately } from '../../test/support/chat-world.ts';

const IN_ROOM = { roomId: 'room-1' };
const BEN = person('ben');

describe('the life of an incident through the front', () => {
  it('is declared, acknowledged, led, updated, handed over and resolved', async () => {
    const world = new ChatWorld();
    await world.declare();
    expect(world.incident(1)).toMatchObject({
      title: 'Payments fail',
      severity: 'sev1',
      service: 'checkout',
    });

    await world.press('acknowledge', '1/1/1');
    expect(world.lastCommand).toMatchObject({
      type: 'escalation.acknowledge',
      pageId: '1/1/1',
      by: person('ana'),
    });
    expect(world.incident(1).acknowledgedBy).toEqual(person('ana'));

    await world.press('take-command', '1', IN_ROOM);
    await world.type('status identified bad deploy', IN_ROOM);
    await world.send('update', '1', { text: 'Rolling back', status: 'monitoring', next: '30m' }, IN_ROOM);
    await world.type('task write to the vendor @ben', IN_ROOM);
    await world.type('handoff @ben the rollback is half done', IN_ROOM);
    await world.type('task done 1', { ...IN_ROOM, by: BEN });
    await world.press('resolve', '1', { ...IN_ROOM, by: BEN });
    expect(world.incident(1)).toMatchObject({
      status: 'resolved',
      roles: { commander: 'ben' },
      lastUpdate: { text: 'Rolling back' },
      tasks: [{ owner: 'ben', text: 'write to the vendor' }],
    });
    expect(saidPrivately(await world.press('draft-postmortem', '1', IN_ROOM))).toContain('being drafted');
    const story = saidPrivately(await world.type('timeline #1'));
    for (const part of [
      'Dev declared Payments fail',
      'Ana acknowledged',
      'Ana is now commander',
      'Ana made Ben commander, from Ana. the rollback is half done',
      'Ben resolved it',
    ]) {
      expect(story).toContain(part);
    }
  });

  it('tells a late presser who has it', async () => {
    const world = new ChatWorld();
    await world.declare();
    await world.press('acknowledge', '1/1/1');
    expect(saidPrivately(await world.press('acknowledge', '1/1/1', { by: BEN }))).toContain(
      'Ana already has it since 2026-03-02 04:00 (Europe/Berlin)',
    );
  });

  it('pages the next one when somebody cannot take it', async () => {
    const world = new ChatWorld();
    await world.declare();
    await world.press('decline', '1/1/1');
    expect(world.log(1).map(({ event }) => event.type)).toContain('escalation.declined');
    expect(world.effects.filter(({ type }) => type === 'page.send')).not.toEqual([]);
  });

  it('brings whoever asks into the room', async () => {
    const world = new ChatWorld();
    await world.declare();
    expect(saidPrivately(await world.press('open-room', '1', { by: BEN }))).toContain(
      'you are in its room, inc-1',
    );
    expect(world.incident(1).members).toContain('ben');
    await world.type('test', { by: BEN });
    expect(saidPrivately(await world.press('open-room', '2', { by: BEN }))).toContain('has no room');
  });
});

describe('forms', () => {
  it('declare, with words at the fields that are wrong', async () => {
    const world = new ChatWorld();
    expect(await world.send('declare', '', { title: '  ' })).toEqual({
      kind: 'field_errors',
      errors: { title: 'Say in a few words what is wrong.' },
    });
    expect(await world.send('declare', '', { title: 'x', severity: 'sev9' })).toMatchObject({
      errors: { severity: expect.any(String) },
    });
    expect(await world.send('declare', '', { title: 'x', service: 'nope' })).toMatchObject({
      errors: { service: expect.any(String) },
    });
    await world.send('declare', '', {
      title: 'Search is slow',
      severity: 'sev2',
      service: 'checkout',
      summary: 'since noon',
      private: 'on',
      drill: 'on',
    });
    expect(world.incident(1)).toMatchObject({
      title: 'Search is slow',
      severity: 'sev2',
      service: 'checkout',
      summary: 'since noon',
      visibility: 'private',
      kind: 'drill',
    });
  });

  it('update and task, with words at the fields that are wrong', async () => {
    const world = new ChatWorld();
    await world.declare();
    expect(await world.send('update', '1', { text: '', next: '30m' })).toMatchObject({
      errors: { text: expect.any(String) },
    });
    expect(await world.send('update', '1', { text: 'x', next: 'soon' })).toMatchObject({
      errors: { next: expect.any(String) },
    });
    expect(await world.send('update', '1', { text: 'x', status: 'purple' })).toMatchObject({
      errors: { status: expect.any(String) },
    });
    expect(await world.send('task', '1', { text: 'x', owner: '@nobody' })).toMatchObject({
      errors: { owner: 'I know nobody called @nobody.' },
    });
    expect(await world.send('task', '1', { text: 'x', due: 'banana' })).toMatchObject({
      errors: { due: expect.any(String) },
    });
    await world.send('task', '1', { text: 'call the vendor', owner: 'ben', due: '18:00' });
    expect(world.incident(1).tasks).toMatchObject([
      { text: 'call the vendor', owner: 'ben', due: new Date('2026-03-02T17:00:00Z') },
    ]);
  });
});

const HOSTILE = [
  ['a broadcast mention', '<!channel> @everyone @here look'],
  ['markup', '<script>alert(1)</script> **bold** [x](http://evil.example)'],
  ['10 kB', 'x'.repeat(10_240)],
  ['control characters', 'up\u0000\u0007down\u001b[31m'],
  ['direction overrides', 'safe \u202Egnp.exe\u2066'],
  ['broken surrogates', 'half \uD83D emoji'],
  ['many lines', 'one\r\ntwo\n\n\n\n\nthree'],
] as const;

describe('hostile text', () => {
  it.each(HOSTILE)('of %s stays text, whatever it is given to', async (_, text) => {
    const world = new ChatWorld();
    await world.type(`new ${text}`);
    const { title } = world.incident(1);
    expect(title.length).toBeLessThanOrEqual(200);
    expect(title).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u);
    const question = messageOf(await world.type(`zzz ${text}`));
    expect(question.plain).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
    // Whatever stands in a message is a plain span: no block but a link of ours can link, and nobody is notified.
    expect(question.notify).toEqual([]);
    expect(JSON.stringify(question.blocks)).not.toContain('"link"');
    for (const verb of [
      'note',
      'update',
      'summary',
      'rename',
      'task',
      'resolve',
      'snooze',
      'sev',
      'invite',
      'oncall',
      'help',
      'status',
      'ack in',
    ]) {
      await world.type(`${verb} #1 ${text}`);
    }
    const card = messageOf(await world.type('status #1'));
    expect(JSON.stringify(card)).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/u);
    expect(JSON.stringify(card).length).toBeLessThan(8000);
  });

  it('keeps what a title that is too long said', async () => {
    const world = new ChatWorld();
    await world.type(`new ${'the queue is full and '.repeat(20)}`);
    expect(world.incident(1).title).toMatch(/…$/);
    expect(world.incident(1).summary).toContain('the queue is full and the queue is full');
  });

  it('in a button or a form of no known name or value is refused', async () => {
    const world = new ChatWorld();
    for (const value of ['', '0', '-1', '999', '1e9', '99999999999999999999', '1/../../2', 'x', '1;drop']) {
      expect(saidPrivately(await world.press('acknowledge', value)), value).toContain('no such incident');
      expect(saidPrivately(await world.send('update', value, { text: 'x' })), value).toContain(
        'no such incident',
      );
    }
    expect(saidPrivately(await world.press('constructor', '1'))).toContain('does nothing any more');
    expect(saidPrivately(await world.send('__proto__', '1', {}))).toContain('not known any more');
  });
});

describe('a fault of our own', () => {
  it('is told to the asker, and logged', async () => {
    const world = new ChatWorld();
    await world.declare();
    world.broken = new Error('the database is gone');
    expect(saidPrivately(await world.type('ack', IN_ROOM))).toContain('may have done nothing');
    expect(world.logged).toEqual(['a chat command failed']);
  });
});

describe('what people say in a room', () => {
  it('is a sign of life where somebody waits for one', async () => {
    const world = new ChatWorld();
    await world.declare();
    const hear = (roomId: string, by = person('ana')) =>
      world.front.heard({ actor: by, platform: 'console', roomId, text: 'looking', messageId: 'm1' });
    await hear('room-1');
    expect(world.commands.map(({ type }) => type)).not.toContain('escalation.note_sign_of_life');
    await world.type('ack update in 10m', IN_ROOM);
    world.pass(minutes(2));
    await hear('elsewhere');
    expect(world.lastCommand.type).toBe('escalation.acknowledge');
    await hear('room-1');
    expect(world.lastCommand).toMatchObject({
      type: 'escalation.note_sign_of_life',
      by: person('ana'),
      incidentId: 1,
    });
  });
});

function onCallDirectory() {
  const schedule = { id: 'primary', name: 'Primary', schedule: dailyRotation('ana', 'ben') };
  return aDirectory({ schedules: new Map([['primary', schedule]]) });
}

describe('the forms about people', () => {
  it('role: opened by the list of roles, with the first that nobody holds, and with words at the fields', async () => {
    const world = new ChatWorld();
    await world.declare();
    await world.type('lead', IN_ROOM);
    expect(buttonsOf(messageOf(await world.type('role', IN_ROOM)))).toEqual(['assign-role']);
    const form = await world.press('assign-role', '1', IN_ROOM);
    expect(form).toMatchObject({
      form: { form: 'role', value: '1', fields: [{ value: 'communications' }, {}, {}] },
    });

    expect(await world.send('role', '1', { role: 'king', person: 'ben' }, IN_ROOM)).toMatchObject({
      errors: { role: expect.any(String) },
    });
    expect(await world.send('role', '1', { role: 'communications', person: '' }, IN_ROOM)).toMatchObject({
      errors: { person: 'Say who takes it.' },
    });
    expect(await world.send('role', '1', { role: 'communications', person: '@zoe' }, IN_ROOM)).toMatchObject({
      errors: { person: 'I know nobody called @zoe.' },
    });
    await world.send('role', '1', { role: 'communications', person: 'ben', note: 'tell support' }, IN_ROOM);
    expect(world.lastCommand).toMatchObject({
      role: 'communications',
      personId: 'ben',
      note: 'tell support',
    });
  });

  it('override: opened by the bare command, with words at the fields', async () => {
    const world = new ChatWorld(onCallDirectory());
    expect(await world.type('override')).toMatchObject({ kind: 'form', form: { form: 'override' } });
    const filled = { schedule: 'primary', person: 'ben', how: 'replace', until: '8h' };
    for (const [changed, field] of [
      [{ schedule: 'nope' }, 'schedule'],
      [{ person: '' }, 'person'],
      [{ from: 'whenever' }, 'from'],
      [{ until: '' }, 'until'],
      [{ until: 'later' }, 'until'],
      [{ from: 'tomorrow 18:00', until: 'today 17:00' }, 'until'],
    ] as const)
      expect(await world.send('override', '', { ...filled, ...changed })).toMatchObject({
        errors: { [field]: expect.any(String) },
      });
    expect(saidPrivately(await world.send('override', '', filled, { by: BEN }))).toContain('override 1');
    expect(saidPrivately(await world.type('overrides'))).toContain('Ben');
  });

  it('cover: opened by a button under the open requests, and by its own field errors shown what is wrong', async () => {
    const world = new ChatWorld(onCallDirectory());
    expect(buttonsOf(messageOf(await world.type('cover')))).toContain('ask-cover');
    expect(await world.press('ask-cover', 'ana')).toMatchObject({ kind: 'form', form: { form: 'cover' } });
    expect(await world.send('cover', '', { ask: 'zoe' })).toMatchObject({
      errors: { ask: expect.any(String) },
    });
    expect(await world.send('cover', '', { schedule: 'nope' })).toMatchObject({
      errors: { schedule: expect.any(String) },
    });
    expect(saidPrivately(await world.send('cover', '', { ask: 'ben', why: 'dentist' }))).toContain(
      ': Ben. Times',
    );
  });

  it('task: opened by the bare command', async () => {
    const world = new ChatWorld();
    await world.declare();
    expect(await world.type('task', IN_ROOM)).toMatchObject({ kind: 'form', form: { form: 'task' } });
  });
});

describe('the action menu', () => {
  it('offers what makes sense now, and names what to type instead', async () => {
    const world = new ChatWorld();
    await world.declare();
    const open = messageOf(await world.type('', IN_ROOM));
    expect(buttonsOf(open)).toEqual([
      'acknowledge',
      'post-update',
      'take-command',
      'escalate-now',
      'add-task',
      'resolve',
    ]);
    await world.type('resolve', IN_ROOM);
    expect(buttonsOf(messageOf(await world.type('', IN_ROOM)))).toEqual(['draft-postmortem']);
    expect(await world.press('post-update', '1')).toMatchObject({ kind: 'form', form: { form: 'update' } });
    expect(await world.press('add-task', '1')).toMatchObject({ kind: 'form', form: { form: 'task' } });
  });
});
