import { InteractionResponseType, InteractionType, MessageFlags, MessageType } from 'discord-api-types/v10';

import { invalidForm } from '../refusal.ts';
import { ChoicesBody } from '../rest/bodies/callback.ts';
import type { CallbackBody } from '../rest/bodies/callback.ts';
import { MessageBody } from '../rest/bodies/message.ts';
import { parseBody } from '../rest/body.ts';
import type { SentFile } from '../rest/route.ts';
import { changesOf, draftOf } from '../rest/sent-message.ts';
import { changeMessage, newMessage, postMessage } from '../state/messages.ts';
import type { Draft } from '../state/messages.ts';
import type { Channel, Message } from '../state/shapes.ts';
import type { World } from '../state/world.ts';
import { nudge } from './interaction.ts';
import type { Interaction } from './interaction.ts';

const DEFERRALS: readonly number[] = [
  InteractionResponseType.DeferredChannelMessageWithSource,
  InteractionResponseType.DeferredMessageUpdate,
];

const { ApplicationCommand, ApplicationCommandAutocomplete, MessageComponent, ModalSubmit } = InteractionType;
const SPEAKS = [ApplicationCommand, MessageComponent, ModalSubmit];

/** To which interactions an answer of that type is allowed. */
const FITS: Readonly<Record<number, readonly InteractionType[]>> = {
  [InteractionResponseType.ChannelMessageWithSource]: SPEAKS,
  [InteractionResponseType.DeferredChannelMessageWithSource]: SPEAKS,
  [InteractionResponseType.DeferredMessageUpdate]: [MessageComponent, ModalSubmit],
  [InteractionResponseType.UpdateMessage]: [MessageComponent, ModalSubmit],
  [InteractionResponseType.ApplicationCommandAutocompleteResult]: [ApplicationCommandAutocomplete],
  [InteractionResponseType.Modal]: [ApplicationCommand, MessageComponent],
};

/** An answer and the files beside it. */
export interface Said {
  readonly body: CallbackBody;
  readonly files: readonly SentFile[];
}

/** Takes the first answer of the application; refuses a type that does not fit what the person did. */
export function answerInteraction(world: World, interaction: Interaction, said: Said): void {
  const { type, data } = said.body;
  const fits = FITS[type]?.includes(interaction.type) ?? false;
  const updates =
    type === InteractionResponseType.DeferredMessageUpdate || type === InteractionResponseType.UpdateMessage;
  if (!fits || (updates && interaction.message === null))
    throw invalidForm([
      {
        path: ['type'],
        code: 'INTERACTION_RESPONSE_TYPE_INVALID',
        message: `Interaction response type ${type} is not valid for an interaction of type ${interaction.type}`,
      },
    ]);
  carryOut(world, interaction, said);
  interaction.callback = { type, data: data ?? {}, at: world.clock.now() };
  interaction.isSettled = !DEFERRALS.includes(type);
  nudge(interaction);
}

function carryOut(world: World, interaction: Interaction, { body, files }: Said): void {
  const data = body.data ?? {};
  const message = (): MessageBody => parseBody(MessageBody, data);
  switch (body.type) {
    case InteractionResponseType.ChannelMessageWithSource:
      interaction.original = speak(world, interaction, { body: message(), files });
      return;
    case InteractionResponseType.DeferredChannelMessageWithSource:
      interaction.original = think(world, interaction, message());
      return;
    case InteractionResponseType.UpdateMessage:
      interaction.original = interaction.message;
      updateCarrier(world, interaction.message, { body: message(), files });
      return;
    case InteractionResponseType.DeferredMessageUpdate:
      interaction.original = interaction.message;
      return;
    case InteractionResponseType.ApplicationCommandAutocompleteResult:
      parseBody(ChoicesBody, data);
      return;
    case InteractionResponseType.Modal:
      // It was looked at as it came, and is shown as it is.
      return;
    case InteractionResponseType.Pong:
      // It fits nothing that a person does here.
      return;
  }
}

interface Words {
  readonly body: MessageBody;
  readonly files: readonly SentFile[];
}

function updateCarrier(world: World, message: Message | null, { body, files }: Words): void {
  if (message === null) return;
  const changes = changesOf(world, message, { body, files, authorId: world.bot.id });
  changeMessage(world, message, { ...changes, editedAt: world.clock.now() });
}

/** Lets the application say something: to everybody in the channel, or to the person alone. */
export function speak(world: World, interaction: Interaction, { body, files }: Words): Message {
  const channel = placeOf(world, interaction);
  const draft = draftOf(world, channel, { body, files, authorId: world.bot.id });
  const isEphemeral = ((body.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  return place(world, interaction, { draft, isEphemeral });
}

function think(world: World, interaction: Interaction, { flags }: MessageBody): Message {
  const isEphemeral = ((flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  return place(world, interaction, {
    draft: { authorId: world.bot.id, flags: MessageFlags.Loading },
    isEphemeral,
  });
}

interface Placed {
  readonly draft: Draft;
  readonly isEphemeral: boolean;
}

function place(world: World, interaction: Interaction, { draft, isEphemeral }: Placed): Message {
  const channel = placeOf(world, interaction);
  const whole: Draft = {
    ...draft,
    type: typeOf(interaction),
    flags: (draft.flags ?? 0) | (isEphemeral ? MessageFlags.Ephemeral : 0),
    ephemeralTo: isEphemeral ? interaction.userId : null,
    replyTo:
      interaction.message === null
        ? null
        : { channelId: interaction.message.channelId, messageId: interaction.message.id },
    interaction: {
      id: interaction.id,
      type: interaction.type,
      userId: interaction.userId,
      name: interaction.commandName,
      messageId: interaction.message?.id ?? null,
    },
  };
  return isEphemeral ? newMessage(world, channel, whole) : postMessage(world, channel, whole);
}

function typeOf({ type, data, message }: Interaction): MessageType {
  if (type === ApplicationCommand)
    return data['type'] === 1 ? MessageType.ChatInputCommand : MessageType.ContextMenuCommand;
  return message === null ? MessageType.Default : MessageType.Reply;
}

/** The channel where the person did it; the answer goes there although the bot may not write there. */
function placeOf(world: World, { channelId }: Interaction): Channel {
  const channel = world.channels.get(channelId);
  if (channel === undefined) throw new Error(`The channel ${channelId} of an interaction is gone`);
  return channel;
}
