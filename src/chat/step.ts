import type { Actor } from '../domain/actor.ts';
import type { Command } from '../domain/command.ts';
import type { Refusal } from '../domain/decision.ts';
import type { Directory } from '../domain/directory.ts';
import type { Reach } from '../domain/forecast/play.ts';
import type { Incident } from '../domain/incident/incident.ts';
import type { Line } from '../domain/text.ts';
import type { Accounts } from '../engine/accounts.ts';
import type { CalendarLinks } from '../engine/calendar-links.ts';
import type { RosterCommand } from '../domain/roster/commands.ts';
import type { Contacts } from '../engine/contacts.ts';
import type { Said } from '../engine/front-door.ts';
import type { RosterDoor, RosterSaid } from '../engine/handle-roster.ts';
import type { Message, Reply } from './message.ts';
import type { Answer, Room } from './platform.ts';
import type { ChatReads } from './reads.ts';

/** Goes into a channel of people's own on a platform; null where every incident has a room of its own. */
export type Adopt = (room: {
  readonly platform: string;
  readonly roomId: string;
}) => Promise<Answer<Room> | null>;

/** Who asks, where, and what is known at that moment. */
export interface Asking {
  readonly actor: Actor;
  readonly platform: string;
  readonly roomId: string | null;
  /** The incident that is meant: the one named, else the room's. */
  readonly incident: Incident | null;
  readonly directory: Directory;
  readonly reads: ChatReads;
  readonly calendars: CalendarLinks;
  /** Reads whether channels would reach people, as the engine asks before it sends. */
  readonly reach: () => Promise<Reach>;
  readonly contacts: Contacts;
  readonly accounts: Accounts;
  readonly adopt: Adopt;
  readonly now: Date;
  /** The asker's zone. */
  readonly zone: string;
}

/** Somebody who asks about an incident. */
export interface InIncident extends Asking {
  readonly incident: Incident;
}

/** What the front door can be told. */
export type Sayable = Exclude<Command, { type: 'alert.receive' }>;

/** What the front door answered to something it accepted. */
export type Done = Extract<Said, { kind: 'done' }>;

/** What became of a change of who is on call. */
export type RosterDone = Extract<RosterSaid, { kind: 'done' }>;

/** What the asker alone is told after a change. Left out in the incident's own room, which reads of it anyway, unless `always`. */
export interface Confirmation {
  readonly lines: readonly Line[];
  readonly always: boolean;
}

/** One of several commands, and what the front door answered to it. */
export interface Answered {
  readonly command: Sayable;
  readonly said: Said;
}

/** What a command, a button or a form comes to. */
export type Step =
  | {
      readonly kind: 'say';
      readonly command: Sayable;
      readonly confirm?: (done: Done) => Confirmation | null;
      /** Told beside the confirmation, in every case. */
      readonly aside?: Line;
    }
  | {
      readonly kind: 'say_all';
      readonly commands: readonly Sayable[];
      readonly confirm: (answers: readonly Answered[]) => Message;
    }
  /** A change of who is on call, or of what is known for it; answers with what the asker reads, or with a no. */
  | { readonly kind: 'change'; readonly make: (door: RosterDoor) => Promise<Message | Refusal> }
  | { readonly kind: 'reply'; readonly reply: Reply }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** A change to make. Without `confirm` the asker is told what happened in the words of the timeline. */
export function saying(command: Sayable, confirm?: (done: Done) => Confirmation | null): Step {
  return confirm === undefined ? { kind: 'say', command } : { kind: 'say', command, confirm };
}

/** A change of who is on call; `confirm` is what the asker reads when it is made. */
export function sayingRoster(command: RosterCommand, confirm: (done: RosterDone) => Message): Step {
  return {
    kind: 'change',
    make: async (door) => {
      const said = await door.say(command);
      return said.kind === 'refused' ? said.refusal : confirm(said);
    },
  };
}

/** Several changes, each of them by itself; `confirm` is what the asker reads about them. */
export function sayingAll(
  commands: readonly Sayable[],
  confirm: (answers: readonly Answered[]) => Message,
): Step {
  return { kind: 'say_all', commands, confirm };
}

/** An answer and no change. */
export function replying(reply: Reply): Step {
  return { kind: 'reply', reply };
}

/** No, because; `hint` says what would work. */
export function refusing(why: string, hint: string | null = null): Step {
  return { kind: 'refused', refusal: { why, hint } };
}

/** Told even in the incident's own room. */
export function alwaysTold(...lines: readonly Line[]): Confirmation {
  return { lines, always: true };
}

/** Told where the room does not say it already. */
export function told(...lines: readonly Line[]): Confirmation {
  return { lines, always: false };
}
