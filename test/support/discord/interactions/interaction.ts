import type { InteractionType } from 'discord-api-types/v10';

import type { Fields, Message } from '../state/shapes.ts';

/** The first answer that an application gave. */
export interface Callback {
  readonly type: number;
  readonly data: Fields;
  readonly at: Date;
}

/** Something that a person did with the application, and what it answered. */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly userId: string;
  readonly channelId: string;
  readonly createdAt: Date;
  /** `data` of the payload. */
  readonly data: Fields;
  readonly commandName: string | null;
  /** The message that carries the component which was used, also when only this person sees it. */
  readonly message: Message | null;
  callback: Callback | null;
  /** What `@original` means; null while there is no such message. */
  original: Message | null;
  readonly followUps: Message[];
  /** True once the application has said what it had to say: nothing is being thought about any more. */
  isSettled: boolean;
  readonly watchers: Set<() => void>;
}

/** An application has three seconds for its first answer. */
export const FIRST_ANSWER_MS = 3_000;

/** An application may speak for a quarter of an hour. */
export const TOKEN_MS = 15 * 60_000;

/** Every message that this interaction brought about and that can be reached by its token. */
export function messagesOf({ original, followUps }: Interaction): readonly Message[] {
  return original === null ? followUps : [original, ...followUps];
}

/** Tells whoever waits for the interaction that something has changed. */
export function nudge(interaction: Interaction): void {
  for (const watcher of interaction.watchers) watcher();
}
