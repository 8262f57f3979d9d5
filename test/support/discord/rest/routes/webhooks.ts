import { MessageFlags } from 'discord-api-types/v10';

import { speak } from '../../interactions/answer.ts';
import { TOKEN_MS, messagesOf, nudge } from '../../interactions/interaction.ts';
import type { Interaction } from '../../interactions/interaction.ts';
import { refusal } from '../../refusal.ts';
import { changeMessage, removeMessage } from '../../state/messages.ts';
import type { Message } from '../../state/shapes.ts';
import { messageJson } from '../../wire/message.ts';
import { MessageBody } from '../bodies/message.ts';
import { NOTHING, bodied, ok, route } from '../route.ts';
import type { Answer, Asked } from '../route.ts';
import { changesOf } from '../sent-message.ts';

const BASE = '/webhooks/{webhook_id}/{webhook_token}';
const ONE = [`${BASE}/messages/@original`, `${BASE}/messages/{message_id}`];

/** What an application says after its first answer, by the interaction's token and for a quarter of an hour. */
export const webhookRoutes = [
  bodied(`POST ${BASE}`, MessageBody, followUp),
  ...ONE.flatMap((path) => [
    route(`GET ${path}`, (asked) => ok(messageJson(asked.world, target(asked).message))),
    bodied(`PATCH ${path}`, MessageBody, (asked, body) => {
      const { interaction, message } = target(asked);
      return ok(messageJson(asked.world, edit(asked, { interaction, message, body })));
    }),
    route(`DELETE ${path}`, (asked) => {
      const { interaction, message } = target(asked);
      removeMessage(asked.world, message);
      if (interaction.original === message) interaction.original = null;
      else interaction.followUps.splice(interaction.followUps.indexOf(message), 1);
      settle(interaction);
      return NOTHING;
    }),
  ]),
];

/** The interaction behind the token: known, answered, and not older than a quarter of an hour. */
function interactionOf({ world, param }: Asked): Interaction {
  if (param('webhook_id') !== world.application.id) throw refusal(10015);
  const found = world.tokens.get(param('webhook_token'));
  if (found === undefined) throw refusal(10015);
  if (world.clock.now().getTime() - found.createdAt.getTime() > TOKEN_MS) throw refusal(50027);
  if (found.callback === null) throw refusal(10015);
  return found;
}

function target(asked: Asked): { readonly interaction: Interaction; readonly message: Message } {
  const interaction = interactionOf(asked);
  const id = asked.param('message_id');
  const message =
    id === '' || id === '@original'
      ? interaction.original
      : messagesOf(interaction).find((one) => one.id === id);
  if (!message) throw refusal(10008);
  return { interaction, message };
}

interface Edit {
  readonly interaction: Interaction;
  readonly message: Message;
  readonly body: MessageBody;
}

function edit({ world, files }: Asked, { interaction, message, body }: Edit): Message {
  const wasLoading = (message.flags & MessageFlags.Loading) !== 0;
  const changes = changesOf(world, message, { body, files, authorId: world.bot.id });
  changeMessage(world, message, { ...changes, editedAt: wasLoading ? null : world.clock.now() });
  settle(interaction);
  return message;
}

function followUp(asked: Asked, body: MessageBody): Answer {
  const { world, files } = asked;
  const interaction = interactionOf(asked);
  const { original } = interaction;
  // Right after a deferred answer a follow-up takes the place of what is being thought about.
  const message =
    original !== null && (original.flags & MessageFlags.Loading) !== 0
      ? edit(asked, { interaction, message: original, body })
      : speak(world, interaction, { body, files });
  if (message !== original) interaction.followUps.push(message);
  settle(interaction);
  return ok(messageJson(world, message));
}

function settle(interaction: Interaction): void {
  interaction.isSettled = true;
  nudge(interaction);
}
