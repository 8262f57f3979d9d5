import type { EffectHandler } from '../../engine/effect-handler.ts';
import { channelCall } from '../views/broadcast.ts';
import { DONE, outcomeOf, settle } from './parts.ts';
import type { ChatEffectParts } from './parts.ts';

/** Tells the chat channel that an escalation step names. A private incident is not told in a channel. */
export function tellChannel({ chat, reads, directory }: ChatEffectParts): EffectHandler<'chat.tell_channel'> {
  return async ({ incidentId, channel, message }, { key }) => {
    const incident = await reads.findIncident(incidentId);
    if (incident === null || incident.visibility === 'private') return DONE;
    const saying = { chat, what: `post in the channel ${channel}` };
    const room = await chat.channel(channel);
    if (!room.ok) return outcomeOf(room.failure, saying);
    const call = channelCall(message, { incident, directory: directory() });
    return settle(await chat.post(room.value.roomId, call, key), saying);
  };
}
