import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConsoleWorld } from '../../../test/support/console-world.ts';
import { consoleWorld, said } from '../../../test/support/console-world.ts';
import { aPerson } from '../../../test/support/directory.ts';
import { deleteMessage } from '../../store/messages.ts';
import type { Store } from '../../store/db.ts';
import { openStore } from '../../store/open-store.ts';

let store: Store;
let world: ConsoleWorld;
beforeAll(async () => {
  store = await openStore({ dataDir: ':memory:' });
});
afterAll(() => store.close());
beforeEach(async () => {
  world = await consoleWorld({ store });
});
afterEach(() => world.close());

describe('the console as a chat platform', () => {
  it('finds the room of a key again, however often and at once it is asked', async () => {
    const rooms = await Promise.all(Array.from({ length: 5 }, () => world.room()));
    expect(new Set(rooms.map(({ roomId }) => roomId)).size).toBe(1);
  });

  it('gives a second room of the same name another one', async () => {
    const names = [
      await world.room({ key: 'a' }),
      await world.room({ key: 'b' }),
      await world.room({ key: 'c' }),
    ];
    expect(names.map(({ name }) => name)).toEqual([
      'inc-42-payments-fail',
      'inc-42-payments-fail-2',
      'inc-42-payments-fail-3',
    ]);
  });

  it('makes a name that people can write out of any', async () => {
    const names = [
      await world.room({ key: 'a', name: '  Größe <b>\0 "x" ' }),
      await world.room({ key: 'b', name: '!!!' }),
    ];
    expect(names.map(({ name }) => name)).toEqual(['größe-b-x', 'room']);
  });

  it('finds a channel by its name, with or without its hash', async () => {
    const [one, two] = [
      await world.console.platform.channel('#incidents'),
      await world.console.platform.channel('incidents'),
    ];
    expect(one).toEqual(two);
    expect(one).toMatchObject({ ok: true, value: { name: 'incidents' } });
  });

  it('speaks to configured people alone', async () => {
    const { platform } = world.console;
    expect(await platform.directRoom(aPerson('ana'))).toEqual(await platform.directRoom(aPerson('ana')));
    expect(await platform.directRoom(aPerson('nobody'))).toMatchObject({
      ok: false,
      failure: { kind: 'unreachable' },
    });
  });

  it('posts once per key, also when asked many times at once', async () => {
    const room = await world.room();
    const ids = await Promise.all(Array.from({ length: 8 }, () => world.post(room, said('once'), 'the key')));
    expect(new Set(ids).size).toBe(1);
    const transcript = await world.console.platform.transcript(room.roomId);
    expect(transcript).toMatchObject({
      ok: true,
      value: [{ text: 'once', isBot: true, authorName: 'Firebell' }],
    });
  });

  it('finds what was posted under a key, and nothing where nothing was', async () => {
    const room = await world.room();
    const messageId = await world.post(room, said('once'), 'once');
    const { platform } = world.console;
    expect(await platform.posted(room.roomId, 'once')).toEqual({
      ok: true,
      value: { roomId: room.roomId, messageId },
    });
    expect(await platform.posted(room.roomId, 'never')).toEqual({ ok: true, value: null });
  });

  it('keeps the newest words of an edit, and nothing of what was deleted', async () => {
    const { platform } = world.console;
    const room = await world.room();
    const edited = await world.post(room, said('frist', { event: 'incident.declared' }));
    const deleted = await world.post(room, said('my password is hunter2'), 'secret');
    await platform.edit({ roomId: room.roomId, messageId: edited }, said('first'));
    await platform.pin({ roomId: room.roomId, messageId: edited });
    world.clock.pass(1000);
    await deleteMessage(store.db, {
      id: Number(deleted),
      roomId: Number(room.roomId),
      at: world.clock.now(),
      tell: { channel: 'none', payload: '' },
    });
    const transcript = await platform.transcript(room.roomId);
    expect(transcript.ok && transcript.value).toMatchObject([
      {
        text: 'first',
        event: 'incident.declared',
        pinnedBy: 'firebell',
        editedAt: expect.any(Date),
        deletedAt: null,
      },
      { text: '', deletedAt: world.clock.now() },
    ]);
    const kept = await store.db.execute('select * from chat_messages');
    expect(JSON.stringify(kept)).not.toContain('hunter2');
    expect(await platform.edit({ roomId: room.roomId, messageId: deleted }, said('back'))).toMatchObject({
      ok: false,
    });
  });

  it('says that a room is not there instead of losing what was to be said', async () => {
    const { platform } = world.console;
    const refused = { ok: false, failure: { kind: 'permanent' } };
    expect(await platform.post('999', said('hello'), 'k')).toMatchObject(refused);
    expect(await platform.post('no room', said('hello'), 'k')).toMatchObject(refused);
    expect(await platform.edit({ roomId: '1', messageId: '1' }, said('x'))).toMatchObject(refused);
    expect(await platform.transcript('999')).toMatchObject(refused);
    expect(await platform.setRoomState('999', { topic: '', members: [], archived: false })).toMatchObject(
      refused,
    );
  });

  it('lets people in and out as the members change', async () => {
    const room = await world.room({ isPrivate: true, members: [aPerson('ana')] });
    const ben = await world.as('ben');
    const path = `/rooms/${room.roomId}`;
    const state = { topic: 'all of us', archived: false };
    await world.console.platform.setRoomState(room.roomId, {
      ...state,
      members: [aPerson('ana'), aPerson('ben')],
    });
    expect((await ben.get(path)).status).toBe(200);
    await world.console.platform.setRoomState(room.roomId, { ...state, members: [aPerson('ana')] });
    expect((await ben.get(path)).status).toBe(404);
  });

  it('survives every text that Postgres cannot keep', async () => {
    const room = await world.room({ topic: 'a\0b\uD800' });
    await world.post(room, said('nul \0 and half \uD83D a pair'));
    const transcript = await world.console.platform.transcript(room.roomId);
    expect(transcript.ok && transcript.value[0]?.text).toMatch(/^nul .* and half .* a pair$/);
  });

  it('has an address for each room, and is well', async () => {
    const room = await world.room();
    expect(world.console.platform.urlOf(room.roomId)).toBe(`http://localhost:8080/rooms/${room.roomId}`);
    expect(await world.console.platform.health()).toMatchObject({ ok: true });
  });
});
