import type { EffectHandler } from '../../engine/effect-handler.ts';
import { broadcast } from '../views/broadcast.ts';
import { DONE, outcomeOf, settle } from './parts.ts';
import type { ChatEffectParts } from './parts.ts';

/** Tells the stakeholders in the announcement room, or those who follow the service in its channel. A private incident is never told. */
export function broadcastNews({ chat, reads, directory }: ChatEffectParts): EffectHandler<'chat.broadcast'> {
  return async ({ incidentId, recorded, channel }, { key }) => {
    const incident = await reads.findIncident(incidentId);
    if (incident === null || incident.visibility === 'private') return DONE;
    const message = broadcast(recorded, { incident, directory: directory() });
    if (message === null) return DONE;
    const name = channel ?? directory().settings.announceRoom;
    const room = await chat.channel(name);
    const saying = {
      chat,
      what: `post in the ${channel === undefined ? 'announcement room' : 'channel of the service,'} ${name}`,
    };
    if (!room.ok) return outcomeOf(room.failure, saying);
    return settle(await chat.post(room.value.roomId, message, key), saying);
  };
}
