import { expect, it } from 'vitest';
import {
  countReaction,
  deleteMessage,
  findLedgerMessage,
  hearMessages,
  heardUpTo,
  noteHeardUpTo,
  setPinned,
  setReactions,
  wholeTranscript,
} from '../../src/store/platform-messages.ts';
import type { Heard } from '../../src/store/platform-messages.ts';
import { describeStores } from '../support/database.ts';

const REF = { platform: 'slack', roomId: 'C1', messageId: '1789.000100' };

describeStores('the transcript of a platform', (open) => {
  it('is told oldest first, one room at a time', async () => {
    const { db } = await open();
    await hearMessages(db, [
      heard({ messageId: '1789.000200', at: at(2), text: 'second' }),
      heard({ text: 'first' }),
      heard({ roomId: 'C2', text: 'elsewhere' }),
    ]);

    expect((await wholeTranscript(db, 'slack', 'C1')).map(({ text }) => text)).toEqual(['first', 'second']);
  });

  it('hears a message once, however often it is told', async () => {
    const { db } = await open();
    await hearMessages(db, [heard({ text: 'once' })]);
    await hearMessages(db, [heard({ text: 'once', event: 'incident.declared' })]);

    const said = await wholeTranscript(db, 'slack', 'C1');
    expect(said).toMatchObject([{ text: 'once', event: 'incident.declared', editedAt: null, earlier: [] }]);
  });

  it('keeps what a person wrote before, and only the newest of what a bot shows', async () => {
    const { db } = await open();
    await hearMessages(db, [
      heard({ text: 'it is the db' }),
      heard({ messageId: 'b', isBot: true, text: '1 alert' }),
    ]);
    await hearMessages(db, [
      heard({ text: 'it is the cache', editedAt: at(5) }),
      heard({ messageId: 'b', isBot: true, text: '2 alerts', editedAt: at(5) }),
    ]);

    expect(await findLedgerMessage(db, REF)).toMatchObject({
      text: 'it is the cache',
      editedAt: at(5),
      earlier: [{ at: at(0).toISOString(), text: 'it is the db' }],
    });
    expect(await findLedgerMessage(db, { ...REF, messageId: 'b' })).toMatchObject({
      text: '2 alerts',
      earlier: [],
    });
  });

  it('is the same when an edit overtakes the message', async () => {
    const { db } = await open();
    await hearMessages(db, [heard({ text: 'new words', editedAt: at(5) })]);
    await hearMessages(db, [heard({ text: 'old words' })]);

    expect(await findLedgerMessage(db, REF)).toMatchObject({ text: 'new words', editedAt: at(5) });
  });

  it('leaves a tombstone that nothing brings back, even when the deletion overtakes the message', async () => {
    const { db } = await open();
    await deleteMessage(db, heard({ text: 'a password' }), at(9));
    await hearMessages(db, [heard({ text: 'a password' })]);
    await hearMessages(db, [heard({ text: 'a password, edited', editedAt: at(20) })]);
    await setReactions(db, REF, [{ name: 'eyes', count: 1 }]);

    expect(await findLedgerMessage(db, REF)).toMatchObject({
      text: '',
      deletedAt: at(9),
      files: [],
      reactions: [],
      earlier: [],
    });
  });

  it('counts reactions, and says when it does not know the message', async () => {
    const { db } = await open();
    expect(await countReaction(db, REF, { name: 'eyes', by: 1 })).toBe(false);
    await hearMessages(db, [heard({})]);
    await countReaction(db, REF, { name: 'eyes', by: 1 });
    await countReaction(db, REF, { name: 'eyes', by: 1 });
    await countReaction(db, REF, { name: 'tada', by: 1 });
    await countReaction(db, REF, { name: 'tada', by: -1 });
    await countReaction(db, REF, { name: 'tada', by: -1 });

    expect((await findLedgerMessage(db, REF))?.reactions).toEqual([{ name: 'eyes', count: 2 }]);
  });

  it('knows who pinned a message', async () => {
    const { db } = await open();
    expect(await setPinned(db, REF, 'U1')).toBe(false);
    await hearMessages(db, [heard({})]);
    expect(await setPinned(db, REF, 'U1')).toBe(true);
    expect((await findLedgerMessage(db, REF))?.pinnedBy).toBe('U1');
    await setPinned(db, REF, null);
    expect((await findLedgerMessage(db, REF))?.pinnedBy).toBeNull();
  });

  it('remembers up to where a room was heard', async () => {
    const { db } = await open();
    expect(await heardUpTo(db, 'slack', 'C1')).toBeNull();
    await noteHeardUpTo(db, { platform: 'slack', roomId: 'C1', upTo: '1', at: at(0) });
    await noteHeardUpTo(db, { platform: 'slack', roomId: 'C1', upTo: '2', at: at(1) });
    expect(await heardUpTo(db, 'slack', 'C1')).toBe('2');
  });
});

function heard(about: Partial<Heard>): Heard {
  return {
    ...REF,
    at: at(0),
    author: 'U1',
    authorName: 'Ana',
    isBot: false,
    text: 'hello',
    thread: null,
    editedAt: null,
    files: [],
    event: null,
    ...about,
  };
}

function at(second: number): Date {
  return new Date(Date.UTC(2026, 10, 22, 3, 0, second));
}
