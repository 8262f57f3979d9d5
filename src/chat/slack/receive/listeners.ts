import type { App } from '@slack/bolt';
import type { Actor } from '../../../domain/actor.ts';
import type { Reply } from '../../message.ts';
import type { SlackParts } from '../parts.ts';
import { SLACK } from '../parts.ts';
import { actionOf } from '../render/action-id.ts';
import { rendered } from '../rendered.ts';

/** What listening works with. */
export interface Listening {
  readonly parts: SlackParts;
  /** Slash commands that are ours, with their slash. */
  readonly commands: readonly string[];
}

/** Registers what people may do: type a command, press a button. */
export function listen(app: App, { parts, commands }: Listening): void {
  for (const name of commands) {
    app.command(name, async ({ command, ack, respond }) => {
      await ack();
      const { user_id: userId, user_name: userName, channel_id: roomId, text } = command;
      const actor = actorOf(userId, userName, parts);
      const reply = await parts.deps.front().command({ actor, platform: SLACK, roomId, text });
      await answer(reply, { roomId, parts, respond });
    });
  }
  app.action({ type: 'block_actions' }, async ({ body, ack, respond }) => {
    await ack();
    const roomId = body.channel?.id ?? null;
    for (const pressed of body.actions) {
      const action = actionOf(pressed.action_id);
      if (action === null || pressed.type !== 'button') continue;
      const reply = await parts.deps.front().action({
        actor: actorOf(body.user.id, body.user.name ?? body.user.id, parts),
        platform: SLACK,
        roomId,
        messageId: body.message?.ts ?? null,
        action,
        value: pressed.value ?? '',
      });
      await answer(reply, { roomId: roomId ?? '', parts, respond });
    }
  });
}

function actorOf(userId: string, name: string, { people }: SlackParts): Actor {
  const id = people.personOf(userId);
  return id === null ? { kind: 'guest', platform: SLACK, id: userId, name } : { kind: 'person', id };
}

interface Answering {
  readonly roomId: string;
  readonly parts: SlackParts;
  readonly respond: (message: {
    readonly response_type: 'ephemeral';
    readonly replace_original: boolean;
    readonly text: string;
  }) => Promise<unknown>;
}

async function answer(reply: Reply, { roomId, parts, respond }: Answering): Promise<void> {
  if (reply.kind !== 'private') return;
  const shown = await rendered(reply.message, { roomId, parts });
  await respond({ response_type: 'ephemeral', replace_original: false, ...shown });
}
