import { describe, expect, it } from 'vitest';
import { person } from '../../domain/actor.ts';
import type { Effect, EffectOf } from '../../domain/effect.ts';
import { ChatWorld } from '../../../test/support/chat-world.ts';
import { MemoryPlatform } from '../../../test/support/chat-platform.ts';
import { announcement } from '../views/announcement.ts';
import { chatEffects } from './registry.ts';

/** A world with incident #1 in its room, the handlers, and the platform that they speak to. */
async function stage(title?: string) {
  const world = new ChatWorld();
  const chat = new MemoryPlatform();
  const handlers = chatEffects({
    chat,
    reads: world.reads,
    directory: () => world.directory,
    clock: { now: () => world.now },
  });
  await world.declare(title);
  return { world, chat, handlers, attempt: (key = 'k1') => ({ key, attempt: 1, since: world.now }) };
}

/** The newest effect of a type that the world wants carried out. */
function wanted<T extends Effect['type']>(world: ChatWorld, type: T): EffectOf<T> {
  const found = world.effects.findLast((effect): effect is EffectOf<T> => effect.type === type);
  if (found === undefined) throw new Error(`no ${type} was wanted`);
  return found;
}

describe('a room that people leave', () => {
  const old = { platform: 'console', roomId: 'room:old', name: 'inc-1' };

  it('says where they are now, and is archived when it is one of ours', async () => {
    const { world, chat, handlers, attempt } = await stage();
    const room = { platform: 'console', roomId: 'theirs', name: 'payments', isBorrowed: true };
    await world.door.say({ type: 'incident.use_room', by: person('ana'), incidentId: 1, room: old });
    await world.door.say({ type: 'incident.use_room', by: person('ana'), incidentId: 1, room });
    const effect = wanted(world, 'chat.leave_room');
    expect(effect.room).toEqual(old);

    expect(await handlers['chat.leave_room'](effect, attempt())).toEqual({ kind: 'done' });
    expect(chat.plainIn('room:old')).toEqual([
      '#1 is worked on in #payments from now on. Go on there: what is said here is not heard any more.',
    ]);
    expect(chat.states.get('room:old')).toMatchObject({ archived: true });

    await handlers['chat.sync_room']({ type: 'chat.sync_room', incidentId: 1 }, attempt());
    expect(chat.states.get('theirs')).toMatchObject({ archived: false, isBorrowed: true });
    expect(await handlers['chat.open_room']({ type: 'chat.open_room', incidentId: 1 }, attempt())).toEqual({
      kind: 'done',
    });
    expect(chat.rooms.size).toBe(0);
  });

  it('is left as it is when it is a channel of people’s own', async () => {
    const { world, chat, handlers, attempt } = await stage();
    const effect = {
      type: 'chat.leave_room',
      incidentId: 1,
      room: { ...old, isBorrowed: true },
    } as const;
    await handlers['chat.leave_room'](effect, attempt());
    expect(chat.plainIn('room:old')).toHaveLength(1);
    expect(chat.states.size).toBe(0);
    expect(world.commands.length).toBeGreaterThan(0);
  });
});

describe('opening a room', () => {
  it('finds or makes it by its key, and records it', async () => {
    const { chat, handlers, attempt } = await stage();
    const effect = { type: 'chat.open_room', incidentId: 1 } as const;
    const first = await handlers['chat.open_room'](effect, attempt());
    expect(await handlers['chat.open_room'](effect, attempt())).toEqual(first);
    expect([...chat.rooms.values()]).toMatchObject([
      { key: 'incident:1', name: 'inc-1-payments-fail', isPrivate: false },
    ]);
    expect(first).toMatchObject({
      kind: 'done',
      next: [{ type: 'incident.record_room', room: { platform: 'console', roomId: 'room:incident:1' } }],
    });
  });

  it('makes it private from its first moment', async () => {
    const { chat, handlers, attempt } = await stage('Leak private');
    await handlers['chat.open_room']({ type: 'chat.open_room', incidentId: 1 }, attempt());
    expect([...chat.rooms.values()]).toMatchObject([
      { isPrivate: true, members: [{ id: 'dev' }, { id: 'ana' }] },
    ]);
  });

  it('tries again what may pass, as late as the platform asks, and gives up the rest with what to do', async () => {
    const { chat, handlers, attempt } = await stage();
    const effect = { type: 'chat.open_room', incidentId: 1 } as const;
    chat.failure = { kind: 'temporary', reason: 'slow down', afterMs: 2000 };
    expect(await handlers['chat.open_room'](effect, attempt())).toEqual({
      kind: 'retry',
      afterMs: 2000,
      reason: 'slow down',
    });
    chat.failure = { kind: 'permanent', reason: 'missing scope', afterMs: null };
    expect(await handlers['chat.open_room'](effect, attempt())).toMatchObject({
      kind: 'give_up',
      reason: expect.stringContaining('missing scope'),
    });
  });
});

describe('the card', () => {
  it('is posted once, pinned, then edited, and left alone when nothing changed', async () => {
    const { world, chat, handlers, attempt } = await stage();
    const effect = { type: 'chat.sync_card', incidentId: 1 } as const;
    await handlers['chat.sync_card'](effect, attempt('a'));
    await world.type('ack');
    await handlers['chat.sync_card'](effect, attempt('b'));
    const calls = chat.calls;
    await handlers['chat.sync_card'](effect, attempt('c'));
    expect(chat.calls).toBe(calls);
    expect(chat.posts).toMatchObject([{ key: 'card:1', pinned: true }]);
    expect(chat.posts[0]?.message.plain).toContain('Ana has it since');
  });

  it('is pinned in the end, though pinning failed at first', async () => {
    const { chat, handlers, attempt } = await stage();
    const effect = { type: 'chat.sync_card', incidentId: 1 } as const;
    const { pin } = chat;
    const failure = { kind: 'temporary', reason: 'slow down', afterMs: null } as const;
    Object.assign(chat, { pin: () => Promise.resolve({ ok: false, failure }) });
    expect(await handlers['chat.sync_card'](effect, attempt('a'))).toMatchObject({ kind: 'retry' });
    Object.assign(chat, { pin });
    await handlers['chat.sync_card'](effect, attempt('a'));
    expect(chat.posts).toMatchObject([{ key: 'card:1', pinned: true }]);
  });

  it('is found again by another process', async () => {
    const { world, chat, handlers, attempt } = await stage();
    const effect = { type: 'chat.sync_card', incidentId: 1 } as const;
    await handlers['chat.sync_card'](effect, attempt());
    await world.type('ack');
    const other = chatEffects({
      chat,
      reads: world.reads,
      directory: () => world.directory,
      clock: { now: () => world.now },
    });
    await other['chat.sync_card'](effect, attempt());
    expect(chat.posts).toHaveLength(1);
    expect(chat.posts[0]?.message.plain).toContain('Ana has it since');
  });
});

describe('announcements', () => {
  it('are said once per effect in the room', async () => {
    const { world, chat, handlers, attempt } = await stage();
    await world.type('note restarted the workers');
    const effect = wanted(world, 'chat.announce');
    await handlers['chat.announce'](effect, attempt());
    await handlers['chat.announce'](effect, attempt());
    expect(chat.plainIn('room-1')).toEqual(['Ana noted: restarted the workers']);
  });

  it('wait for a room that is still to come, and need none where none is wanted', async () => {
    const { world, handlers, attempt } = await stage();
    await world.type('new Search is slow');
    const recorded = world.log(2)[0]!;
    expect(
      await handlers['chat.announce']({ type: 'chat.announce', incidentId: 2, recorded }, attempt()),
    ).toMatchObject({ kind: 'retry' });
    await world.type('test');
    expect(
      await handlers['chat.announce'](
        { type: 'chat.announce', incidentId: 3, recorded: world.log(3)[0]! },
        attempt(),
      ),
    ).toEqual({ kind: 'done' });
  });

  it('never give up the news that something was given up', async () => {
    const { world, chat, handlers, attempt } = await stage();
    chat.failure = { kind: 'permanent', reason: 'archived', afterMs: null };
    const event = { type: 'incident.effect_given_up', what: 'open the room', reason: 'no' } as const;
    const recorded = { ...world.log(1)[0]!, event };
    expect(
      await handlers['chat.announce']({ type: 'chat.announce', incidentId: 1, recorded }, attempt()),
    ).toEqual({ kind: 'done' });
    expect(
      await handlers['chat.announce'](
        { type: 'chat.announce', incidentId: 1, recorded: world.log(1)[0]! },
        attempt(),
      ),
    ).toMatchObject({ kind: 'give_up' });
  });

  it('reach the stakeholders, except of a private incident', async () => {
    const { world, chat, handlers, attempt } = await stage();
    await world.type('new Leak private', { by: person('dev') });
    await handlers['chat.broadcast'](
      { type: 'chat.broadcast', incidentId: 1, recorded: world.log(1)[0]! },
      attempt(),
    );
    await handlers['chat.broadcast'](
      { type: 'chat.broadcast', incidentId: 2, recorded: world.log(2)[0]! },
      attempt('k2'),
    );
    expect(chat.plainIn('channel:incidents')).toEqual([
      '#1 · SEV1 · Payments fail: Dev declared Payments fail (SEV1, service Checkout).',
    ]);
  });

  it('reach a channel of an escalation step, and the admins', async () => {
    const { chat, handlers, attempt } = await stage();
    await handlers['chat.tell_channel'](
      { type: 'chat.tell_channel', incidentId: 1, channel: 'ops', message: 'please look' },
      attempt(),
    );
    await handlers['chat.tell_admins'](
      { type: 'chat.tell_admins', incidentId: 1, text: 'the room could not be opened' },
      attempt(),
    );
    expect(chat.plainIn('channel:ops')[0]).toContain('needs somebody');
    expect(chat.plainIn('channel:firebell-admin')).toEqual(['#1: the room could not be opened']);
  });
});

describe('the room', () => {
  it('has the topic and the members that the incident asks for', async () => {
    const { world, chat, handlers, attempt } = await stage();
    await world.type('invite @ben');
    await handlers['chat.sync_room']({ type: 'chat.sync_room', incidentId: 1 }, attempt());
    expect(chat.states.get('room-1')).toMatchObject({
      topic: '#1 · SEV1 · Payments fail · triage',
      archived: false,
    });
    expect(chat.states.get('room-1')?.members.map(({ id }) => id)).toContain('ben');
  });
});

describe('the postmortem', () => {
  it('is drafted from what was said and what the log knows, posted once, and recorded', async () => {
    const { world, chat, handlers, attempt } = await stage();
    await world.type('ack');
    chat.say('The deploy of 02:55 broke card payments, customers cannot pay');
    chat.say('Rolled back, error rate is back to normal', { at: new Date('2026-03-02T03:20:00Z') });
    world.pass(1_500_000);
    await world.type('note vendor confirmed the outage at 04:10');
    await world.type('task write a test for refused cards @ben');
    await world.type('resolve rolled back');
    for (const recorded of world.log(1)) {
      const said = announcement(recorded, { incident: world.incident(1), directory: world.directory });
      if (said !== null)
        chat.say(said.plain, { at: recorded.at, isBot: true, author: 'firebell', authorName: 'Firebell' });
    }
    await world.type('postmortem #1');
    const effect = wanted(world, 'postmortem.publish');
    const outcome = await handlers['postmortem.publish'](effect, attempt());
    expect(await handlers['postmortem.publish'](effect, attempt())).toEqual(outcome);
    expect(outcome).toMatchObject({
      kind: 'done',
      next: [{ type: 'incident.record_postmortem', incidentId: 1, actions: 1 }],
    });
    expect(chat.posts).toHaveLength(1);
    const document = chat.posts[0]?.message.blocks.find((block) => block.kind === 'document');
    expect(document?.markdown).toContain('Payments fail');
    expect(document?.markdown).toContain('write a test for refused cards');
    expect(document?.markdown.match(/vendor confirmed the outage/g)).toHaveLength(1);
  });

  it('waits for a platform that is down, and is drafted from the log alone when the room cannot be read any more', async () => {
    const { world, chat, handlers, attempt } = await stage();
    await world.type('resolve');
    chat.failure = { kind: 'temporary', reason: 'down', afterMs: null };
    const effect = { type: 'postmortem.publish', incidentId: 1 } as const;
    expect(await handlers['postmortem.publish'](effect, attempt())).toMatchObject({ kind: 'retry' });
    chat.failure = null;
    const failure = { kind: 'permanent', reason: 'deleted', afterMs: null } as const;
    Object.assign(chat, { transcript: () => Promise.resolve({ ok: false, failure }) });
    expect(await handlers['postmortem.publish'](effect, attempt())).toMatchObject({ kind: 'done' });
    expect(JSON.stringify(chat.posts[0]?.message)).toContain('Dev declared Payments fail');
  });
});
