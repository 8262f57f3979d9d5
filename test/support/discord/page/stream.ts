import { html } from '../../../../src/chat/console/web/html.ts';
import type { Html } from '../../../../src/chat/console/web/html.ts';
import { FIRST_ANSWER_MS, messagesOf } from '../interactions/interaction.ts';
import { DID_NOT_RESPOND } from '../people/seen.ts';
import type { Message } from '../state/shapes.ts';
import { messageView } from './message-view.ts';
import type { Visit } from './visit.ts';

const MOST = 100;

/** What stands in the channel, and what only this person was shown there, in the order in which it came. */
export function stream(visit: Visit): Html {
  const { channel, memory } = visit;
  const own = privateMessages(visit).filter(({ id }) => !memory.dismissed.has(id));
  const all = [...channel.messages.values(), ...own].sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
  if (channel.lastMessageId !== null) memory.read.set(channel.id, channel.lastMessageId);
  if (all.length === 0)
    return html`<p class="empty">Nothing was said here yet. Write something, or try a command.</p>`;
  return html`<ol class="messages">
      ${all.slice(-MOST).map((message) => messageView(visit, message))}
    </ol>
    ${silences(visit)}`;
}

function privateMessages({ discord, person, channel }: Visit): readonly Message[] {
  return [...discord.world.interactions.values()]
    .filter(({ channelId }) => channelId === channel.id)
    .flatMap(messagesOf)
    .filter((message, index, all) => message.ephemeralTo === person.id && all.indexOf(message) === index);
}

/** The last thing that the application was silent about, while nothing was done since. */
function silences({ discord, person, channel }: Visit): Html {
  const { world } = discord;
  const last = [...world.interactions.values()].findLast(
    ({ userId, channelId, type }) => userId === person.id && channelId === channel.id && type !== 4,
  );
  const isLate =
    last !== undefined &&
    last.callback === null &&
    world.clock.now().getTime() - last.createdAt.getTime() > FIRST_ANSWER_MS;
  return isLate ? html`<p class="failed" role="alert">⚠ ${DID_NOT_RESPOND}</p>` : html``;
}
