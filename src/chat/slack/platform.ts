import type { ChatPlatform, MessageRef } from '../platform.ts';
import type { Message } from '../message.ts';
import { hearOwn } from './ledger/own.ts';
import type { LedgerParts } from './ledger/parts.ts';
import { slackTranscript } from './ledger/transcript.ts';
import { adopt } from './adopt.ts';
import { attention } from './attention.ts';
import { createCanvases } from './canvases.ts';
import { channel } from './channels.ts';
import { createEdits } from './edits.ts';
import { missing, noticing } from './gone.ts';
import { ACCOUNT } from './people.ts';
import { SLACK } from './parts.ts';
import { pin } from './pins.ts';
import { post, posted } from './posts.ts';
import { setRoomState } from './room-state.ts';
import { directRoom, ensureRoom } from './rooms.ts';

/** Slack as a chat platform. `health` is how the connections are. */
export function createSlackPlatform(parts: LedgerParts, health: ChatPlatform['health']): ChatPlatform {
  const edits = createEdits(parts);
  return {
    name: SLACK,
    reaches: ({ handles, email }) => ACCOUNT.test(handles[SLACK] ?? '') || email !== null,
    ensureRoom: (spec) => ensureRoom(spec, parts),
    setRoomState: async (roomId, state) => noticing(roomId, await setRoomState(roomId, state, parts), parts),
    directRoom: async (person) => {
      const account = await parts.people.accountOf(person, 'page');
      return account.ok ? directRoom(account.value, person.name, parts) : account;
    },
    attention: (person) => attention(person, parts),
    adopt: (roomId) => adopt(roomId, parts),
    channel: (name) => channel(name, parts),
    post: async (roomId, message, key) => {
      const sent = await post({ roomId, message, key }, parts, (ref) => edits.shows(ref, message));
      const said = await noticing(roomId, sent, parts);
      if (said.ok) await writeDown(said.value, message, { parts, isEdit: false });
      return said;
    },
    posted: (roomId, key) => posted(roomId, key, parts),
    edit: async (ref, message) => {
      const changed = await missing(ref, await edits.edit(ref, message), parts);
      const edited = await noticing(ref.roomId, changed, parts);
      if (edited.ok) await writeDown(ref, message, { parts, isEdit: true });
      return edited;
    },
    pin: async (ref) => noticing(ref.roomId, await pin(ref, parts), parts),
    showDocument: createCanvases(parts),
    transcript: (roomId) => slackTranscript(roomId, parts),
    urlOf: (roomId, messageId) => {
      const self = parts.identity.known();
      if (self === null) return null;
      const room = `${self.url.replace(/\/*$/, '')}/archives/${encodeURIComponent(roomId)}`;
      return messageId === undefined ? room : `${room}/p${messageId.replace('.', '')}`;
    },
    health,
  };
}

/** What we say in a room is part of its transcript; direct messages have none. */
async function writeDown(
  ref: MessageRef,
  message: Message,
  { parts, isEdit }: { readonly parts: LedgerParts; readonly isEdit: boolean },
): Promise<void> {
  if (!ref.roomId.startsWith('D')) await hearOwn(ref, { message, isEdit }, parts);
}
