import type { Actor } from '../domain/actor.ts';
import type { Reply } from './message.ts';

/** Who speaks, and where: `roomId` is null outside every room. */
interface Speaking {
  readonly actor: Actor;
  readonly platform: string;
  readonly roomId: string | null;
  /** Names what somebody did where it may come again: what it changes is changed once. */
  readonly once?: string;
}

/** What every chat platform calls when a person types, presses or submits something. Never throws for what people do. */
export interface ChatFront {
  /** A command as it was typed, without the leading `/inc`. */
  readonly command: (input: Speaking & { readonly text: string }) => Promise<Reply>;
  /** A command whose arguments came one by one, each under the name of its parameter; `incident` is the one named, as `#42` or `42`. */
  readonly invoke: (
    input: Speaking & {
      readonly verb: string;
      readonly values: Readonly<Record<string, string>>;
      readonly incident: string | null;
    },
  ) => Promise<Reply>;
  /** A button that was pressed. `messageId` is the message that it stands in, where the platform says so. */
  readonly action: (
    input: Speaking & { readonly messageId: string | null; readonly action: string; readonly value: string },
  ) => Promise<Reply>;
  /** A form that was sent. Answers `field_errors` when it has to be corrected. A ticked check is `on`, any other is absent or empty. */
  readonly submit: (
    input: Speaking & {
      readonly form: string;
      readonly value: string;
      readonly fields: Readonly<Record<string, string>>;
    },
  ) => Promise<Reply>;
  /** What could be typed next; `insert` replaces the whole text so far. */
  readonly complete: (input: Speaking & { readonly text: string }) => Promise<readonly Completion[]>;
  /** What one parameter of a verb can be, given what is typed of it so far; the parameter `incident` is an open one. */
  readonly propose: (
    input: Speaking & { readonly verb: string; readonly param: string; readonly text: string },
  ) => Promise<readonly Completion[]>;
  /** A person's ordinary message in a room: a sign of life when the room is an incident's. */
  readonly heard: (input: Speaking & { readonly text: string; readonly messageId: string }) => Promise<void>;
}

/** One proposal of the completion: the whole text it makes, how it is listed, and a few words about it. */
export interface Completion {
  readonly insert: string;
  readonly label: string;
  readonly detail: string;
}
