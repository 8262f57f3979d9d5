import type { EffectHandler } from '../../engine/effect-handler.ts';
import { movedNotice } from '../views/moved.ts';
import { DONE, outcomeOf, roomIdOf, settle } from './parts.ts';
import type { ChatEffectParts } from './parts.ts';

/** Says in the room that people worked in before where they are now, and has it archived when it is one of ours. */
export function leaveRoom({ chat, reads, directory }: ChatEffectParts): EffectHandler<'chat.leave_room'> {
  return async ({ incidentId, room }, { key }) => {
    const incident = await reads.findIncident(incidentId);
    // Back again meanwhile, or never known here: nothing is left.
    if (incident === null || room.platform !== chat.name || roomIdOf(incident, chat) === room.roomId)
      return DONE;
    const url = incident.room === null ? null : chat.urlOf(incident.room.roomId);
    const message = movedNotice(incident, url, directory());
    const saying = { chat, what: 'say where an incident is worked on now' };
    const posted = await chat.post(room.roomId, message, key);
    // Nobody is there any more who could be told.
    if (!posted.ok && posted.failure.room !== undefined) return DONE;
    if (!posted.ok || room.isBorrowed === true) return posted.ok ? DONE : outcomeOf(posted.failure, saying);
    const over = { topic: message.plain, members: [], archived: true };
    return settle(await chat.setRoomState(room.roomId, over), { chat, what: 'archive the room' });
  };
}
