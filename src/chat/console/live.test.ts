import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Browser, ConsoleWorld, LiveStream } from '../../../test/support/console-world.ts';
import { consoleWorld, said } from '../../../test/support/console-world.ts';
import { aPerson } from '../../../test/support/directory.ts';
import type { Store } from '../../store/db.ts';
import { openStore } from '../../store/open-store.ts';
import type { Room } from '../platform.ts';

let store: Store;
let world: ConsoleWorld;
let streams: LiveStream[] = [];
beforeAll(async () => {
  store = await openStore({ dataDir: ':memory:' });
});
afterAll(() => store.close());
beforeEach(async () => {
  world = await consoleWorld({ store });
});
afterEach(async () => {
  for (const stream of streams) await stream.close();
  streams = [];
  await world.close();
});

async function open(browser: Browser, after: string, lastEventId?: string): Promise<LiveStream> {
  const stream = await browser.live(after, lastEventId);
  streams.push(stream);
  return stream;
}

/** Where an opened page's live updates go on from. */
async function pointOf(browser: Browser, room: Room): Promise<string> {
  return /data-live="([^"]+)"/.exec(await browser.page(`/rooms/${room.roomId}`))?.[1] ?? '';
}

describe('live updates', () => {
  it('bring what others say, and an edit in the place of what it changes', async () => {
    const room = await world.room();
    const ben = await world.as('ben');
    const stream = await open(ben, await pointOf(ben, room));
    const messageId = await world.post(room, said('first words'));
    expect((await stream.next('message')).data['html']).toContain('first words');
    await world.console.platform.edit({ roomId: room.roomId, messageId }, said('better words'));
    const edit = await stream.next('message');
    expect([edit.data['id'], edit.data['html']]).toEqual([
      Number(messageId),
      expect.stringContaining('better words'),
    ]);
  });

  it('go on after a break where they stopped: nothing missed, nothing doubled', async () => {
    const room = await world.room();
    const ben = await world.as('ben');
    const point = await pointOf(ben, room);
    const before = await open(ben, point);
    await world.post(room, said('one'));
    const { id } = await before.next('message');
    await before.close();
    streams = [];
    await world.post(room, said('two'));
    const three = await world.post(room, said('three'));
    await world.console.platform.edit({ roomId: room.roomId, messageId: three }, said('three, corrected'));
    const after = await open(ben, point, id);
    const heard = [await after.next('message'), await after.next('message')].map((event) =>
      String(event.data['html']),
    );
    expect(heard.map((html) => /b-text">([^<]*)/.exec(html)?.[1])).toEqual(['two', 'three, corrected']);
  });

  it('keep their order and completeness when everybody talks at once', async () => {
    const room = await world.room();
    const ben = await world.as('ben');
    const stream = await open(ben, await pointOf(ben, room));
    await Promise.all(Array.from({ length: 50 }, (_, i) => world.post(room, said(`line ${i}`))));
    const ids: number[] = [];
    const revs: number[] = [];
    while (ids.length < 50) {
      const { data } = await stream.next('message');
      ids.push(Number(data['id']));
      revs.push(Number(data['rev']));
    }
    expect(new Set(ids).size).toBe(50);
    expect(revs).toEqual(revs.toSorted((a, b) => a - b));
  });

  it('tell me of a page wherever I am, once', async () => {
    const [room, direct] = [await world.room(), await world.direct('ben')];
    const ben = await world.as('ben');
    const stream = await open(ben, await pointOf(ben, room));
    const messageId = await world.post(direct, said('SEV1: Payments fail', { notify: ['ben'] }));
    const { data, id } = await stream.next('page');
    expect(data).toEqual({
      id: Number(messageId),
      text: 'SEV1: Payments fail',
      path: `/rooms/${direct.roomId}#m-${messageId}`,
      here: false,
    });
    await world.console.platform.edit(
      { roomId: direct.roomId, messageId },
      said('You acknowledged', { notify: ['ben'] }),
    );
    await world.post(direct, said('SEV2: Next one', { notify: ['ben'] }));
    const again = await open(ben, '', id);
    expect((await again.next('page')).data['text']).toBe('SEV2: Next one');
    expect((await stream.next('page')).data['text']).toBe('SEV2: Next one');
  });

  it('keep the rail as it is: new rooms and unread counts', async () => {
    const direct = await world.direct('ben');
    const ben = await world.as('ben');
    const stream = await open(ben, '');
    expect((await stream.next('rail')).data['unread']).toBe(0);
    await world.post(direct, said('hello'));
    const { data } = await stream.next('rail');
    expect(data['unread']).toBe(1);
    await world.room({ name: 'inc-9-new-room', key: 'incident:9' });
    expect((await stream.next('rail')).data['html']).toContain('inc-9-new-room');
  });

  it('do not follow a room that is absent for the reader', async () => {
    const hidden = await world.room({ isPrivate: true, members: [aPerson('ana')] });
    const open_ = await world.room({ key: 'incident:2', name: 'inc-2' });
    const ben = await world.as('ben');
    const stream = await open(ben, `${hidden.roomId}.0.${hidden.roomId}.0`);
    await world.post(hidden, said('secret', { notify: ['ben'] }));
    await world.post(open_, said('public'));
    const { data } = await stream.next('rail');
    expect(JSON.stringify(data)).not.toContain('secret');
    expect((await stream.next('overview')).data).toEqual({});
  });

  it('cross from one process to another', async () => {
    const room = await world.room();
    const neighbour = await world.neighbour();
    const ben = await world.as('ben');
    const stream = await open(ben, await pointOf(ben, room));
    await neighbour.platform.post(room.roomId, said('from next door'), 'k');
    expect((await stream.next('message')).data['html']).toContain('from next door');
  });

  it('end when the process stops', async () => {
    const room = await world.room();
    const ben = await world.as('ben');
    const stream = await open(ben, await pointOf(ben, room));
    await stream.next('rail');
    await world.console.stop();
    await expect(stream.next('message')).rejects.toThrow('ended');
  });
});
