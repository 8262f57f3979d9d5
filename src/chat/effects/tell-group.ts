import type { EffectHandler } from '../../engine/effect-handler.ts';
import { groupCall } from '../views/broadcast.ts';
import { DONE, roomIdOf, roomless, settleIn } from './parts.ts';
import type { ChatEffectParts } from './parts.ts';

/** Calls the user group that an escalation step names, in the incident's room: nobody hears of a private incident who is not in it. */
export function tellGroup({ chat, reads, directory }: ChatEffectParts): EffectHandler<'chat.tell_group'> {
  return async ({ incidentId, group, message }, { key }) => {
    const incident = await reads.findIncident(incidentId);
    if (incident === null) return DONE;
    const roomId = roomIdOf(incident, chat);
    if (roomId === null) return roomless(incident, chat);
    const call = groupCall(group, message, { incident, directory: directory() });
    return settleIn(incident, await chat.post(roomId, call, key), {
      chat,
      what: `call the user group ${group}`,
    });
  };
}
