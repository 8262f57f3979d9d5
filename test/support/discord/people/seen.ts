import { InteractionResponseType, MessageFlags } from 'discord-api-types/v10';

import { FIRST_ANSWER_MS } from '../interactions/interaction.ts';
import type { Interaction } from '../interactions/interaction.ts';
import { ChoicesBody, ModalBody } from '../rest/bodies/callback.ts';
import type { Message } from '../state/shapes.ts';
import type { World } from '../state/world.ts';
import { messageJson } from '../wire/message.ts';

/** What Discord says when an application is silent for three seconds. */
export const DID_NOT_RESPOND = 'The application did not respond';

/** A form that stands open in front of a person. */
export interface Form extends ModalBody {
  readonly interaction: Interaction;
}

/** What a person sees of what they did. Each property is as it stands when it is read. */
export interface Seen {
  readonly interaction: Interaction;
  /** `did_not_respond`: nothing in three seconds. `thinks`: deferred, and nothing since. */
  readonly kind: 'message' | 'form' | 'choices' | 'update' | 'thinks' | 'did_not_respond';
  /** The words of the answer and of what followed it, or the words of Discord when nothing came. */
  readonly text: string;
  readonly message: ReturnType<typeof messageJson> | null;
  readonly followUps: readonly ReturnType<typeof messageJson>[];
  readonly isEphemeral: boolean;
  readonly form: Form | null;
  readonly choices: readonly { readonly name: string; readonly value: string | number }[];
}

/** Looks at an interaction with the eyes of the person. */
export function seenOf(world: World, interaction: Interaction): Seen {
  const { callback } = interaction;
  return {
    interaction,
    get kind() {
      return kindOf(interaction);
    },
    get text() {
      if (interaction.callback === null) return DID_NOT_RESPOND;
      const all = [interaction.original, ...interaction.followUps];
      return all.flatMap((one) => (one === null ? [] : [wordsOf(one)])).join('\n');
    },
    get message() {
      return interaction.original === null ? null : messageJson(world, interaction.original);
    },
    get followUps() {
      return interaction.followUps.map((one) => messageJson(world, one));
    },
    get isEphemeral() {
      return interaction.original?.ephemeralTo != null;
    },
    get form() {
      if (callback?.type !== Number(InteractionResponseType.Modal)) return null;
      return { ...ModalBody.parse(callback.data), interaction };
    },
    get choices() {
      const isList = callback?.type === Number(InteractionResponseType.ApplicationCommandAutocompleteResult);
      return isList ? ChoicesBody.parse(callback?.data).choices : [];
    },
  };
}

function kindOf({ callback, original }: Interaction): Seen['kind'] {
  switch (callback?.type) {
    case undefined:
      return 'did_not_respond';
    case InteractionResponseType.Modal:
      return 'form';
    case InteractionResponseType.ApplicationCommandAutocompleteResult:
      return 'choices';
    case InteractionResponseType.DeferredMessageUpdate:
    case InteractionResponseType.UpdateMessage:
      return 'update';
    default:
      return ((original?.flags ?? 0) & MessageFlags.Loading) === 0 ? 'message' : 'thinks';
  }
}

/** Every word of a message that a person can read: text, embeds, text of components. */
export function wordsOf({
  content,
  embeds,
  components,
}: Pick<Message, 'content' | 'embeds' | 'components'>): string {
  return [content, ...textsIn(embeds), ...textsIn(components)].filter(Boolean).join('\n');
}

const READ = new Set(['title', 'description', 'text', 'name', 'value', 'content', 'label', 'placeholder']);

function textsIn(part: unknown): readonly string[] {
  if (Array.isArray(part)) return part.flatMap(textsIn);
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) =>
    typeof value === 'string' ? (READ.has(key) ? [value] : []) : textsIn(value),
  );
}

/** Waits until the application has said its say, or until it is too late for its first answer. */
export async function whenSeen(world: World, interaction: Interaction, waitMs = 10_000): Promise<Seen> {
  const isOver = (): boolean =>
    interaction.isSettled ||
    (interaction.callback === null &&
      world.clock.now().getTime() - interaction.createdAt.getTime() > FIRST_ANSWER_MS);
  if (!isOver()) await changed(interaction, { isOver, waitMs });
  return seenOf(world, interaction);
}

/** Looks whenever something happens, and often besides: a clock that is moved by hand tells nobody. */
async function changed(
  interaction: Interaction,
  { isOver, waitMs }: { readonly isOver: () => boolean; readonly waitMs: number },
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = (): void => {
    if (isOver()) resolve();
  };
  interaction.watchers.add(look);
  const often = setInterval(look, 20);
  const atLast = setTimeout(resolve, waitMs);
  await promise;
  clearInterval(often);
  clearTimeout(atLast);
  interaction.watchers.delete(look);
}
