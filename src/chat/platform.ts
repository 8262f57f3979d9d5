import type { Person } from '../domain/directory.ts';
import type { Message } from './message.ts';

/** Why a platform did not do it. */
export interface ChatFailure {
  /** `unreachable`: this person cannot be told here. `permanent`: asking again is no use. `temporary`: it may work later. */
  readonly kind: 'unreachable' | 'permanent' | 'temporary';
  readonly reason: string;
  /** The platform's Retry-After, null when it named none. */
  readonly afterMs: number | null;
  /** True when nothing was sent, since the platform's rate has no room for it before `afterMs` has passed: its turn comes, and no try is lost. */
  readonly notYet?: boolean;
  /**
   * What is wrong with the room itself. `gone`: it was deleted or shut for good by somebody, and whoever makes the room of its key again
   * gets a new one. `shut`: it is archived because what it was for is over.
   */
  readonly room?: 'gone' | 'shut';
  /** The message was deleted, or can never be changed again. It is forgotten under its key, so that whoever posts under it posts anew. */
  readonly message?: 'gone';
}

/** A platform's answer: failures are values, because they are expected. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: ChatFailure };

/** A room as it should be. */
export interface RoomSpec {
  /** Finds the room again after a crash: the same key is always the same room. */
  readonly key: string;
  /** As it should be named; the platform shortens and changes it as it must. */
  readonly name: string;
  readonly topic: string;
  readonly isPrivate: boolean;
  readonly members: readonly Person[];
  /** Words that say what kind of room it is, the severity first; a platform that can, shows them or keeps rooms apart by them. */
  readonly tags?: readonly string[];
}

/** What should be true of a room that exists. */
export interface RoomState {
  readonly topic: string;
  readonly members: readonly Person[];
  readonly archived: boolean;
  /** As those of the room's making, as they are now. */
  readonly tags?: readonly string[];
  /** What people need at hand there, where a platform has a place for it over its rooms. */
  readonly links?: readonly RoomLink[];
  /** A channel of people's own: they are let in, and all else stays as it is. */
  readonly isBorrowed?: boolean;
}

/** A document beside a room; its Markdown is of our own making, with everything from outside escaped. */
export interface RoomDocument {
  readonly title: string;
  readonly markdown: string;
}

/** A link over a room; `url` may be a path of Firebell's own pages. */
export interface RoomLink {
  readonly label: string;
  readonly url: string;
}

export interface Room {
  readonly roomId: string;
  readonly name: string;
}

/** Where a message stands. */
export interface MessageRef {
  readonly roomId: string;
  readonly messageId: string;
}

/** One message of a room as it was said, for the transcript. */
export interface SpokenMessage {
  readonly id: string;
  readonly at: Date;
  /** Author's id on the platform. */
  readonly author: string;
  readonly authorName: string;
  readonly isBot: boolean;
  /** With the platform's markup. */
  readonly text: string;
  readonly thread: string | null;
  readonly pinnedBy: string | null;
  readonly editedAt: Date | null;
  readonly deletedAt: Date | null;
  readonly reactions: readonly { readonly name: string; readonly count: number }[];
  /** What the post of ours announced, e.g. `incident.declared`. */
  readonly event: string | null;
  /** What was posted with it and is still there; `checksum` is the SHA-256 in hex of what is kept. */
  readonly files?: readonly SpokenFile[];
}

/** A file that was posted with a message. */
export interface SpokenFile {
  readonly name: string;
  readonly type: string | null;
  readonly bytes: number | null;
  readonly checksum: string | null;
}

/** Whether a message rings for a person now. `gone`: their account is no longer in use. */
export type Attention =
  | { readonly kind: 'rings' }
  | { readonly kind: 'quiet'; readonly why: string }
  | { readonly kind: 'gone'; readonly why: string };

/**
 * A place where people talk: Slack, Discord or the console. The port speaks the platform's words (room, message, person),
 * never our features. Every call is safe to repeat with the same key.
 */
export interface ChatPlatform {
  readonly name: string;
  /** False when this person certainly cannot be told anything here, so that no time is lost on trying. */
  readonly reaches: (person: Person) => boolean;
  /** Finds or makes the room of this key, with these members, private from its first moment when it is to be. */
  readonly ensureRoom: (spec: RoomSpec) => Promise<Answer<Room>>;
  readonly setRoomState: (roomId: string, state: RoomState) => Promise<Answer<null>>;
  /** The room in which this person alone is spoken to. `unreachable` when they are not on the platform or refuse. */
  readonly directRoom: (person: Person) => Promise<Answer<Room>>;
  /** Whether a direct message would ring now; `rings` where nobody knows. Absent where everything rings. */
  readonly attention?: (person: Person) => Promise<Attention>;
  /** Finds or makes a standing channel by its name, e.g. the announcement room. */
  readonly channel: (name: string) => Promise<Answer<Room>>;
  /** Goes into a channel of people's own, so that they work on an incident there. Absent where every incident has a room of its own. */
  readonly adopt?: (roomId: string) => Promise<Answer<Room>>;
  /** Posts once per key: a second call with the key finds the first message. */
  readonly post: (roomId: string, message: Message, key: string) => Promise<Answer<MessageRef>>;
  /** Finds the message that was posted under this key, however long ago; null when there is none. */
  readonly posted: (roomId: string, key: string) => Promise<Answer<MessageRef | null>>;
  readonly edit: (ref: MessageRef, message: Message) => Promise<Answer<null>>;
  readonly pin: (ref: MessageRef) => Promise<Answer<null>>;
  /**
   * Makes the one document beside the room say this. `refused` where the plan or the workspace does not have it, so that it has to be
   * said in another way. Absent where rooms have no documents.
   */
  readonly showDocument?: (roomId: string, document: RoomDocument) => Promise<Answer<'shown' | 'refused'>>;
  /** Everything said in the room, oldest first, deleted messages as tombstones. */
  readonly transcript: (roomId: string) => Promise<Answer<readonly SpokenMessage[]>>;
  /** Absolute URL of a room, or of a message in it, where the platform has one. */
  readonly urlOf: (roomId: string, messageId?: string) => string | null;
  /** Whether the platform can be spoken to now, in a word for `/readyz`. */
  readonly health: () => Promise<{ readonly ok: boolean; readonly detail: string }>;
}
