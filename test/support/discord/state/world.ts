import type { KeyObject } from 'node:crypto';

import type { Clock } from '../../../../src/lib/clock.ts';
import type { Interaction } from '../interactions/interaction.ts';
import type { Channel, Fields, Member, Message, Role, User } from './shapes.ts';

/** The application that the bot belongs to, with the switches of the developer portal. */
export interface Application {
  readonly id: string;
  readonly name: string;
  /** Hexadecimal, as the portal shows it. */
  readonly publicKey: string;
  readonly privateKey: KeyObject;
  /** The privileged intents that are switched on in the portal. */
  readonly intents: { messageContent: boolean; members: boolean; presences: boolean };
  /** Where interactions are posted to instead of the gateway; null for the gateway. */
  interactionsUrl: string | null;
}

/** The one server that the bot is in. */
export interface GuildState {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly members: Map<string, Member>;
  readonly roles: Map<string, Role>;
}

/** A command that the application registered. */
export interface Command {
  readonly id: string;
  readonly version: string;
  readonly guildId: string | null;
  readonly type: number;
  readonly name: string;
  readonly fields: Fields;
}

/** An event for the gateway. */
export interface Happening {
  readonly name: string;
  /** Sent to sessions with one of these intents; 0: to every session. */
  readonly intents: number;
  /** What is told; `seesContent` is false for a session without the intent for message content. */
  readonly data: (reader: { readonly seesContent: boolean }) => unknown;
  /** The channel that the bot must see to be told. */
  readonly channel?: Channel;
}

/** Everything that this Discord knows. */
export interface World {
  readonly clock: Clock;
  readonly newId: () => string;
  token: string;
  readonly application: Application;
  readonly bot: User;
  readonly users: Map<string, User>;
  readonly guild: GuildState;
  readonly channels: Map<string, Channel>;
  readonly interactions: Map<string, Interaction>;
  /** The same, by their tokens. */
  readonly tokens: Map<string, Interaction>;
  commands: Command[];
  readonly nonces: Map<string, { readonly messageId: string; readonly at: Date }>;
  /** Tells the gateway's sessions, and whoever else listens. */
  readonly tell: (happening: Happening) => void;
  readonly listeners: Set<(happening: Happening) => void>;
  /** Where files and the like are fetched from. */
  url: string;
}

/** The message in the channel; undefined when there is none. */
export function findMessage(world: World, channelId: string, messageId: string): Message | undefined {
  return world.channels.get(channelId)?.messages.get(messageId);
}
