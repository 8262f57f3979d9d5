import type { EffectHandler } from '../../engine/effect-handler.ts';
import { broadcast } from '../views/broadcast.ts';
import { DONE, outcomeOf, settle } from './parts.ts';
import type { ChatEffectParts } from './parts.ts';

/** Tells the stakeholders in the announcement room. A private incident is never told. */
export function broadcastNews({ chat, reads, directory }: ChatEffectParts): EffectHandler<'chat.broadcast'> {
  return async ({ incidentId, recorded }, { key }) => {
    const incident = await reads.findIncident(incidentId);
    if (incident === null || incident.visibility === 'private') return DONE;
    const message = broadcast(recorded, { incident, directory: directory() });
    if (message === null) return DONE;
    const { announceRoom } = directory().settings;
    const room = await chat.channel(announceRoom);
    const saying = { chat, what: `post in the announcement room ${announceRoom}` };
    if (!room.ok) return outcomeOf(room.failure, saying);
    return settle(await chat.post(room.value.roomId, message, key), saying);
  };
}
