import type { Message } from '../../src/chat/message.ts';
import type {
  Answer,
  ChatFailure,
  ChatPlatform,
  RoomSpec,
  RoomState,
  SpokenMessage,
} from '../../src/chat/platform.ts';

/** One message as it stands in a room. */
export interface Posted {
  readonly roomId: string;
  readonly messageId: string;
  readonly key: string;
  message: Message;
  edits: number;
  pinned: boolean;
}

/** A chat platform in memory that finds again what it made by its key, and fails when it is told to. */
export class MemoryPlatform implements ChatPlatform {
  readonly name: string;
  readonly rooms = new Map<string, RoomSpec>();
  readonly states = new Map<string, RoomState>();
  readonly posts: Posted[] = [];
  readonly spoken: SpokenMessage[] = [];
  /** What every call answers while it is set. */
  failure: ChatFailure | null = null;
  calls = 0;

  constructor(name = 'console') {
    this.name = name;
  }

  readonly reaches: ChatPlatform['reaches'] = ({ handles }) =>
    this.name === 'console' || handles[this.name] !== undefined;

  readonly ensureRoom: ChatPlatform['ensureRoom'] = (spec) =>
    this.answer(() => {
      if (!this.rooms.has(spec.key)) this.rooms.set(spec.key, spec);
      return { roomId: `room:${spec.key}`, name: this.rooms.get(spec.key)?.name ?? spec.name };
    });

  readonly setRoomState: ChatPlatform['setRoomState'] = (roomId, state) =>
    this.answer(() => {
      this.states.set(roomId, state);
      return null;
    });

  readonly directRoom: ChatPlatform['directRoom'] = ({ id }) =>
    this.answer(() => ({ roomId: `dm/${id}`, name: id }));

  readonly channel: ChatPlatform['channel'] = (name) =>
    this.answer(() => ({ roomId: `channel:${name}`, name }));

  readonly post: ChatPlatform['post'] = (roomId, message, key) =>
    this.answer(() => {
      const found = this.posts.find((one) => one.roomId === roomId && one.key === key);
      if (found) return { roomId, messageId: found.messageId };
      const messageId = `m${this.posts.length + 1}`;
      this.posts.push({ roomId, messageId, key, message, edits: 0, pinned: false });
      return { roomId, messageId };
    });

  readonly posted: ChatPlatform['posted'] = (roomId, key) =>
    this.answer(() => {
      const found = this.posts.find((one) => one.roomId === roomId && one.key === key);
      return found ? { roomId, messageId: found.messageId } : null;
    });

  readonly edit: ChatPlatform['edit'] = (ref, message) =>
    this.answer(() => {
      const found = this.find(ref.messageId);
      found.message = message;
      found.edits += 1;
      return null;
    });

  readonly pin: ChatPlatform['pin'] = (ref) =>
    this.answer(() => {
      this.find(ref.messageId).pinned = true;
      return null;
    });

  readonly transcript: ChatPlatform['transcript'] = () => this.answer(() => this.spoken);

  readonly urlOf: ChatPlatform['urlOf'] = (roomId) => `https://chat.example/${roomId}`;

  readonly health: ChatPlatform['health'] = () => Promise.resolve({ ok: true, detail: 'in memory' });

  /** Somebody says something in the incident's room. */
  say(text: string, more: Partial<SpokenMessage> = {}): void {
    this.spoken.push({
      id: `s${this.spoken.length + 1}`,
      at: new Date('2026-03-02T03:00:00Z'),
      author: 'ana',
      authorName: 'Ana',
      isBot: false,
      text,
      thread: null,
      pinnedBy: null,
      editedAt: null,
      deletedAt: null,
      reactions: [],
      event: null,
      ...more,
    });
  }

  /** What stands in a room, as plain sentences. */
  plainIn(roomId: string): readonly string[] {
    return this.posts.filter((one) => one.roomId === roomId).map(({ message }) => message.plain);
  }

  private find(messageId: string): Posted {
    const found = this.posts.find((one) => one.messageId === messageId);
    if (found === undefined) throw new Error(`there is no message ${messageId}`);
    return found;
  }

  private answer<T>(make: () => T): Promise<Answer<T>> {
    this.calls += 1;
    return Promise.resolve(
      this.failure === null ? { ok: true, value: make() } : { ok: false, failure: this.failure },
    );
  }
}
