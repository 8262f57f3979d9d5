import { expect, it } from 'vitest';
import { describeStores } from '../../test/support/database.ts';
import { changeRoom, findOrMakeRoom, LISTED_ROOMS, roomsSeenBy } from './rooms.ts';
import type { Db } from './db.ts';

const NOW = new Date('2026-03-02T03:00:00Z');
const PLATFORM = 'console';

function make(db: Db, name: string, kind: 'incident' | 'direct', isPrivate = false) {
  const room = {
    platform: PLATFORM,
    key: name,
    name,
    kind,
    topic: '',
    isPrivate,
    members: ['ana'],
    now: NOW,
  };
  return findOrMakeRoom(db, room);
}

describeStores('the rooms that somebody sees', (open) => {
  it('are the newest of incidents, in use and archived, and every other room however old', async () => {
    const { db } = await open();
    await make(db, 'ana', 'direct', true);
    const names = Array.from({ length: LISTED_ROOMS.inUse + 3 }, (_, i) => `inc-${i}`);
    for (const name of names) await make(db, name, 'incident');
    for (const name of ['old-1', 'old-2']) {
      const { id } = await make(db, name, 'incident');
      await changeRoom(db, { roomId: id, topic: '', members: [], archived: true, now: NOW });
    }
    const seen = (await roomsSeenBy(db, PLATFORM, 'ana')).map(({ name }) => name);
    expect(seen).toEqual(['ana', ...names.slice(3), 'old-1', 'old-2']);
  });

  it('are none of the private ones that they are not in', async () => {
    const { db } = await open();
    await make(db, 'inc-1', 'incident', true);
    expect(await roomsSeenBy(db, PLATFORM, 'ben')).toEqual([]);
    expect(await roomsSeenBy(db, PLATFORM, null)).toEqual([]);
    expect(await roomsSeenBy(db, PLATFORM, 'ana')).toHaveLength(1);
  });
});
