import type { z } from 'zod';
import type { Reply } from '../../message.ts';
import { SLACK } from '../parts.ts';
import { actionOf } from '../render/action-id.ts';
import { deliver, OPEN_FORM, Origin } from './answer.ts';
import type { Place } from './answer.ts';
import { notOurs } from './commands.ts';
import type { ReceiveParts } from './deps.ts';
import { formFromMessage } from './from-message.ts';
import { showHome } from './home.ts';
import type { BlockActions } from './payloads.ts';
import { speakerOf } from './speaker.ts';
import type { Speaking } from './speaker.ts';

type Pressed = z.infer<typeof BlockActions>;

/** Does what a button says and answers whoever pressed it. */
export async function runPressed(pressed: Pressed, parts: ReceiveParts): Promise<void> {
  const { user } = pressed;
  const account = {
    userId: user.id,
    teamId: user.team_id ?? null,
    name: user.name ?? user.username ?? null,
  };
  const speaker = await speakerOf(account, parts);
  for (const { action_id: id, value = '' } of pressed.actions) {
    const action = actionOf(id);
    // Links are buttons too: Slack tells of them, and nothing is to be done.
    if (action === null) continue;
    const origin = originOf(action, value);
    if (origin === null) continue;
    const place = placeOf(pressed);
    const reply = await replyTo(origin, { speaker, place, messageId: messageOf(pressed) }, parts);
    await deliver(reply, { place, origin }, parts);
  }
  if (pressed.view?.type === 'home') await showHome(user.id, parts);
}

/** The button under an expired form stands for what asked for the form. */
function originOf(action: string, value: string): Origin | null {
  if (action !== OPEN_FORM) return { kind: 'pressed', action, value };
  try {
    return Origin.parse(JSON.parse(value));
  } catch {
    return null;
  }
}

interface Press {
  readonly speaker: Speaking;
  readonly place: Place;
  readonly messageId: string | null;
}

function replyTo(origin: Origin, { speaker, place, messageId }: Press, parts: ReceiveParts): Promise<Reply> {
  if (speaker.kind === 'external') return Promise.resolve(notOurs(parts));
  const speaking = { actor: speaker.actor, platform: SLACK, roomId: place.channelId };
  const front = parts.deps.front();
  if (origin.kind === 'typed') return front.command({ ...speaking, text: origin.text });
  if (origin.kind === 'from_message')
    return Promise.resolve({ kind: 'form', form: formFromMessage(origin, parts.deps.directory()) });
  return front.action({ ...speaking, messageId, action: origin.action, value: origin.value });
}

function placeOf({ user, channel, container, message, response_url, trigger_id }: Pressed): Place {
  return {
    userId: user.id,
    channelId: channel?.id ?? container?.channel_id ?? null,
    thread: message?.thread_ts ?? null,
    responseUrl: response_url ?? null,
    triggerId: trigger_id ?? null,
  };
}

function messageOf({ message, container }: Pressed): string | null {
  return message?.ts ?? container?.message_ts ?? null;
}
