import { wholeTranscript } from '../../store/platform-messages.ts';
import type { ChatPlatform } from '../platform.ts';
import { channel } from './channels.ts';
import { createEdits } from './edits.ts';
import { ACCOUNT } from './people.ts';
import { SLACK } from './parts.ts';
import type { SlackParts } from './parts.ts';
import { pin } from './pins.ts';
import { post, posted } from './posts.ts';
import { setRoomState } from './room-state.ts';
import { directRoom, ensureRoom } from './rooms.ts';

/** Slack as a chat platform. `health` is how the connections are. */
export function createSlackPlatform(parts: SlackParts, health: ChatPlatform['health']): ChatPlatform {
  const edits = createEdits(parts);
  return {
    name: SLACK,
    reaches: ({ handles, email }) => ACCOUNT.test(handles[SLACK] ?? '') || email !== null,
    ensureRoom: (spec) => ensureRoom(spec, parts),
    setRoomState: (roomId, state) => setRoomState(roomId, state, parts),
    directRoom: async (person) => {
      const account = await parts.people.accountOf(person, 'page');
      return account.ok ? directRoom(account.value, person.name, parts) : account;
    },
    channel: (name) => channel(name, parts),
    post: (roomId, message, key) => post({ roomId, message, key }, parts),
    posted: (roomId, key) => posted(roomId, key, parts),
    edit: edits.edit,
    pin: (ref) => pin(ref, parts),
    transcript: async (roomId) => ({
      ok: true,
      value: (await wholeTranscript(parts.deps.db, SLACK, roomId)).map(({ messageId, ...heard }) => ({
        ...heard,
        id: messageId,
      })),
    }),
    urlOf: (roomId) => {
      const self = parts.identity.known();
      return self === null ? null : `${self.url.replace(/\/*$/, '')}/archives/${encodeURIComponent(roomId)}`;
    },
    health,
  };
}
