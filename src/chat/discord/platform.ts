import { spokenIn } from '../files/spoken.ts';
import type { ChatPlatform } from '../platform.ts';
import type { Guild } from './guild.ts';
import type { DiscordParts } from './parts.ts';
import { DISCORD, yes } from './parts.ts';
import { edit, pin, post, posted } from './posts.ts';
import type { PostParts } from './posts.ts';
import { directRoom, ensureChannel, ensureRoom } from './rooms/ensure-room.ts';
import { noticing } from './rooms/gone.ts';
import { setRoomState } from './rooms/room-state.ts';
import { noteSaid } from './ledger/said.ts';

/** What the platform needs beside what all parts share. */
export interface PlatformNeeds extends DiscordParts {
  readonly guild: Guild;
  /** Reads into the transcript what was said in a room while nobody listened. */
  readonly catchUp: (roomId: string) => Promise<void>;
  readonly health: ChatPlatform['health'];
}

/** Discord as a chat platform. All of it goes over REST, so any process can page, whoever holds the gateway. */
export function createDiscordPlatform(needs: PlatformNeeds): ChatPlatform {
  const direct = new Set<string>();
  let writing: Promise<unknown> = Promise.resolve();
  const parts: PostParts = {
    ...needs,
    moved: new Map(),
    isDirect: (roomId) => direct.has(roomId),
    said: (ref, message) => {
      // Only what is said in rooms has a transcript.
      if (!direct.has(ref.roomId)) writing = Promise.all([writing, noteSaid(needs, ref, message)]);
    },
  };
  return {
    name: DISCORD,
    reaches: ({ handles }) => handles[DISCORD] !== undefined,
    ensureRoom: (spec) => ensureRoom(spec, needs),
    setRoomState: async (roomId, state) => noticing(roomId, await setRoomState(roomId, state, needs), needs),
    directRoom: async (person) => {
      const room = await directRoom(person, needs);
      if (room.ok) direct.add(room.value.roomId);
      return room;
    },
    channel: (name) => ensureChannel(name, needs),
    post: async (roomId, message, key) =>
      noticing(roomId, await post(parts, { roomId, message, key }), needs),
    posted: (roomId, key) => posted(parts, roomId, key),
    edit: async (ref, message) => noticing(ref.roomId, await edit(parts, ref, message), needs),
    pin: async (ref) => noticing(ref.roomId, await pin(parts, ref), needs),
    transcript: async (roomId) => {
      await Promise.all([needs.catchUp(roomId), writing]);
      return yes(await spokenIn(needs.deps.db, DISCORD, roomId));
    },
    urlOf: (roomId, messageId) => {
      const place = direct.has(roomId) ? '@me' : needs.settings.guild;
      const room = `https://discord.com/channels/${place}/${encodeURIComponent(roomId)}`;
      return messageId === undefined ? room : `${room}/${encodeURIComponent(messageId)}`;
    },
    health: needs.health,
  };
}
