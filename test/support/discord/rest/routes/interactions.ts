import { InteractionResponseType, InteractionType, MessageFlags } from 'discord-api-types/v10';

import { answerInteraction } from '../../interactions/answer.ts';
import { FIRST_ANSWER_MS } from '../../interactions/interaction.ts';
import type { Interaction } from '../../interactions/interaction.ts';
import { refusal } from '../../refusal.ts';
import { messageJson } from '../../wire/message.ts';
import { CallbackBody } from '../bodies/callback.ts';
import { NOTHING, bodied, ok } from '../route.ts';
import type { Asked } from '../route.ts';

/** The first answer to an interaction: once, and within three seconds. */
export const interactionRoutes = [
  bodied('POST /interactions/{interaction_id}/{interaction_token}/callback', CallbackBody, (asked, body) => {
    const { world, files } = asked;
    const interaction = waitingInteraction(asked);
    answerInteraction(world, interaction, { body, files });
    return asked.query.get('with_response') === 'true'
      ? ok(responseJson(asked, interaction, body.type))
      : NOTHING;
  }),
];

function waitingInteraction({ world, param }: Asked): Interaction {
  const interaction = world.interactions.get(param('interaction_id'));
  if (interaction?.token !== param('interaction_token')) throw refusal(10062);
  if (interaction.callback !== null) throw refusal(40060);
  if (world.clock.now().getTime() - interaction.createdAt.getTime() > FIRST_ANSWER_MS) throw refusal(10062);
  return interaction;
}

function responseJson({ world }: Asked, interaction: Interaction, type: number) {
  const { original } = interaction;
  const tells =
    original !== null &&
    type !== Number(InteractionResponseType.DeferredMessageUpdate) &&
    interaction.type !== InteractionType.ApplicationCommandAutocomplete;
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      ...(tells
        ? {
            response_message_id: original.id,
            response_message_loading: (original.flags & MessageFlags.Loading) !== 0,
            response_message_ephemeral: original.ephemeralTo !== null,
          }
        : {}),
    },
    ...(tells ? { resource: { type, message: messageJson(world, original) } } : {}),
  };
}
