import type { Db } from '../../store/db.ts';
import { filesOfRooms } from '../../store/platform-files.ts';
import type { RoomFile } from '../../store/platform-files.ts';
import { wholeTranscript } from '../../store/platform-messages.ts';
import type { LedgerMessage } from '../../store/platform-messages.ts';
import type { SpokenMessage } from '../platform.ts';

/** Everything that was heard in a platform's room, oldest first, with what is known of its files. */
export async function spokenIn(db: Db, platform: string, roomId: string): Promise<readonly SpokenMessage[]> {
  const heard = await wholeTranscript(db, platform, roomId);
  const files = Map.groupBy(await filesOfRooms(db, [{ platform, roomId }]), ({ messageId }) => messageId);
  return heard.map((message) => toSpoken(message, files.get(message.messageId) ?? []));
}

function toSpoken(message: LedgerMessage, files: readonly RoomFile[]): SpokenMessage {
  const { messageId: id, at, author, authorName, isBot, text, thread, pinnedBy, editedAt } = message;
  return {
    id,
    at,
    author,
    authorName,
    isBot,
    text,
    thread,
    pinnedBy,
    // Our own cards change all the time: that is no edit of what was said.
    editedAt: isBot ? null : editedAt,
    deletedAt: message.deletedAt,
    reactions: message.reactions,
    event: message.event,
    files: files
      .filter(({ state }) => state !== 'deleted')
      .map(({ name, type, size, checksum }) => ({ name, type, bytes: size, checksum })),
  };
}
