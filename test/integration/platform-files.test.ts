import { expect, it } from 'vitest';
import type { Db } from '../../src/store/db.ts';
import {
  bytesKept,
  changeFile,
  contentOf,
  filesOfRooms,
  filesToFetch,
} from '../../src/store/platform-files.ts';
import { deleteMessage, hearMessages } from '../../src/store/platform-messages.ts';
import type { Heard } from '../../src/store/platform-messages.ts';
import { describeStores } from '../support/database.ts';

const AT = new Date('2026-11-22T03:00:00Z');
const ROOM = { platform: 'slack', roomId: 'C1' };
const FILE = { ...ROOM, messageId: '1.1', fileId: 'F1' };
const BYTES = Uint8Array.from({ length: 256 }, (_, n) => n);

describeStores('the files of a room', (open) => {
  it('wait to be fetched, and are kept byte for byte', async () => {
    const { db } = await open();
    await hearMessages(db, [said(['F1'])]);
    expect(await waiting(db)).toEqual(['F1']);
    await keep(db);
    expect(await waiting(db)).toEqual([]);
    expect(await bytesKept(db, 'slack', 'C1')).toBe(256);
    expect(Uint8Array.from((await contentOf(db, FILE)) ?? [])).toEqual(BYTES);
    await hearMessages(db, [said(['F1'])]);
    expect(await filesOfRooms(db, [ROOM])).toMatchObject([{ state: 'kept', checksum: 'c' }]);
  });

  it('go with their message, and stay away when it is heard again or the fetching comes late', async () => {
    const { db } = await open();
    await hearMessages(db, [said(['F1'])]);
    await deleteMessage(db, said([]), AT);
    await keep(db);
    await hearMessages(db, [said(['F1'])]);
    expect(await filesOfRooms(db, [ROOM])).toMatchObject([{ state: 'deleted', url: null, checksum: null }]);
    expect(await contentOf(db, FILE)).toBeNull();
    expect(await waiting(db)).toEqual([]);
  });

  it('go when their message is edited without them', async () => {
    const { db } = await open();
    await hearMessages(db, [said(['F1', 'F2'])]);
    await hearMessages(db, [{ ...said(['F2']), editedAt: new Date(AT.getTime() + 1_000) }]);
    expect(await waiting(db)).toEqual(['F2']);
    // What was heard late knows less.
    await hearMessages(db, [said(['F1', 'F2'])]);
    expect(await waiting(db)).toEqual(['F2']);
  });
});

function said(files: readonly string[]): Heard {
  return {
    ...ROOM,
    messageId: '1.1',
    at: AT,
    author: 'U1',
    authorName: 'Ana',
    isBot: false,
    text: 'look',
    thread: null,
    editedAt: null,
    files: files.map((id) => ({
      id,
      name: `${id}.log`,
      type: null,
      bytes: 5_000_000_000,
      url: 'https://a.example',
    })),
    event: null,
  };
}

async function waiting(db: Db): Promise<readonly string[]> {
  return (await filesToFetch(db, { platform: 'slack', now: AT, limit: 10 })).map(({ fileId }) => fileId);
}

async function keep(db: Db): Promise<void> {
  await changeFile(db, FILE, { state: 'kept', content: BYTES, size: BYTES.length, checksum: 'c' });
}
