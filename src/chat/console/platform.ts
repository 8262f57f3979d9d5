import type { Person } from '../../domain/directory.ts';
import type { KeptMessage } from '../../store/messages.ts';
import { amendMessage, findByKey, pinMessage, sayInRoom, wholeRoom } from '../../store/messages.ts';
import type { KeptRoom } from '../../store/rooms.ts';
import { changeRoom, findOrMakeRoom, findRoom } from '../../store/rooms.ts';
import type { Message } from '../message.ts';
import type { Answer, ChatFailure, ChatPlatform, MessageRef, Room, SpokenMessage } from '../platform.ts';
import type { ConsoleDeps } from './deps.ts';
import type { Live } from './live.ts';
import { channelName, roomName } from './room-name.ts';

/** The name under which the console is a chat platform. */
export const CONSOLE = 'console';

const FIREBELL = { kind: 'bot', id: 'firebell', name: 'Firebell' } as const;

interface Making {
  readonly deps: ConsoleDeps;
  readonly live: Live;
}

/** The console as a chat platform: rooms and what was said in them are kept in our own tables. */
export function createConsolePlatform(making: Making): ChatPlatform {
  const { deps } = making;
  return {
    name: CONSOLE,
    // People are known by their id here.
    reaches: () => true,
    ensureRoom: (spec) =>
      make(making, {
        key: spec.key,
        name: roomName(spec.name),
        kind: 'incident',
        topic: spec.topic,
        isPrivate: spec.isPrivate,
        members: spec.members.map((member) => member.id),
      }),
    channel: (name) =>
      make(making, { ...publicChannel, key: `channel:${channelName(name)}`, name: channelName(name) }),
    directRoom: directRooms(making),
    setRoomState: async (roomId, { topic, members, archived }) => {
      const ids = members.map((member) => member.id);
      const change = { roomId: numberOf(roomId), topic, members: ids, archived, now: deps.clock.now() };
      if (!(await changeRoom(deps.db, change))) return noRoom(roomId);
      making.live.roomChanged(change.roomId);
      return yes(null);
    },
    post: (roomId, message, key) => post(making, { roomId, message, key }),
    posted: async (roomId, key) => {
      const found = await findByKey(deps.db, keyIn(roomId, key));
      return yes(found && { roomId, messageId: String(found.id) });
    },
    edit: (ref, message) => edit(making, ref, message),
    pin: (ref) => pin(making, ref),
    transcript: async (roomId) => {
      if (!(await findRoom(deps.db, CONSOLE, numberOf(roomId)))) return noRoom(roomId);
      return yes((await wholeRoom(deps.db, numberOf(roomId))).map(toSpoken));
    },
    urlOf: (roomId, messageId) =>
      `${deps.publicUrl()}/rooms/${encodeURIComponent(roomId)}${messageId === undefined ? '' : `#m-${encodeURIComponent(messageId)}`}`,
    health: async () => {
      await findRoom(deps.db, CONSOLE, 0);
      return { ok: true, detail: 'served by this process' };
    },
  };
}

type Wanted = Pick<KeptRoom, 'key' | 'name' | 'kind' | 'topic' | 'isPrivate' | 'members'>;

const publicChannel = { kind: 'channel', topic: '', isPrivate: false, members: [] } as const;

async function make({ deps, live }: Making, wanted: Wanted): Promise<Answer<Room>> {
  const room = await findOrMakeRoom(deps.db, { ...wanted, platform: CONSOLE, now: deps.clock.now() });
  live.roomChanged(room.id);
  return yes({ roomId: String(room.id), name: room.name });
}

/** Remembers the rooms it found: they never change, and a page must not wait for a look-up. */
function directRooms(making: Making): ChatPlatform['directRoom'] {
  const known = new Map<string, Room>();
  return async (person) => {
    const room = known.get(person.id);
    if (room) return yes(room);
    if (!making.deps.directory().people.has(person.id)) return unreachable(person);
    const made = await make(making, {
      key: `direct:${person.id}`,
      name: `@${person.id}`,
      kind: 'direct',
      topic: `Between Firebell and ${person.name}`,
      isPrivate: true,
      members: [person.id],
    });
    if (made.ok) known.set(person.id, made.value);
    return made;
  };
}

async function post(
  { deps, live }: Making,
  { roomId, message, key }: { roomId: string; message: Message; key: string },
): Promise<Answer<MessageRef>> {
  const id = numberOf(roomId);
  const placed = await sayInRoom(deps.db, {
    roomId: id,
    author: FIREBELL,
    at: deps.clock.now(),
    message,
    text: message.plain,
    event: message.event ?? null,
    clientKey: keyIn(roomId, key),
    tell: live.tellOf(id),
  });
  if (!placed) return noRoom(roomId);
  if (placed.isNew) live.roomChanged(id);
  return yes({ roomId, messageId: String(placed.id) });
}

async function edit({ deps, live }: Making, ref: MessageRef, message: Message): Promise<Answer<null>> {
  const at = {
    id: numberOf(ref.messageId),
    roomId: numberOf(ref.roomId),
    tell: live.tellOf(numberOf(ref.roomId)),
  };
  const done = await amendMessage(deps.db, { ...at, message, text: message.plain, at: deps.clock.now() });
  if (!done)
    return no('permanent', `there is no message ${ref.messageId} in room ${ref.roomId}, or it was deleted`);
  live.roomChanged(at.roomId);
  return yes(null);
}

async function pin({ deps, live }: Making, ref: MessageRef): Promise<Answer<null>> {
  const at = {
    id: numberOf(ref.messageId),
    roomId: numberOf(ref.roomId),
    tell: live.tellOf(numberOf(ref.roomId)),
  };
  const done = await pinMessage(deps.db, { ...at, by: FIREBELL.id, at: deps.clock.now() });
  if (!done)
    return no('permanent', `there is no message ${ref.messageId} in room ${ref.roomId}, or it was deleted`);
  live.roomChanged(at.roomId);
  return yes(null);
}

function toSpoken(kept: KeptMessage): SpokenMessage {
  return {
    id: String(kept.id),
    at: kept.at,
    author: kept.author.id,
    authorName: kept.author.name,
    isBot: kept.author.kind === 'bot',
    text: kept.text,
    thread: null,
    pinnedBy: kept.pinnedBy,
    editedAt: kept.editedAt,
    deletedAt: kept.deletedAt,
    reactions: [],
    event: kept.event,
  };
}

function keyIn(roomId: string, key: string): string {
  return `${roomId}:${key}`;
}

/** An id of ours is a number; whatever else comes names nothing. */
function numberOf(id: string): number {
  return /^\d{1,15}$/.test(id) ? Number(id) : 0;
}

function yes<T>(value: T): Answer<T> {
  return { ok: true, value };
}

function no(kind: ChatFailure['kind'], reason: string): Answer<never> {
  return { ok: false, failure: { kind, reason, afterMs: null } };
}

function noRoom(roomId: string): Answer<never> {
  return no('permanent', `the console has no room ${roomId}`);
}

function unreachable(person: Person): Answer<never> {
  return no('unreachable', `${person.name} is no longer in the configuration`);
}
