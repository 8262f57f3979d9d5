import { isOpen } from '../../domain/incident/incident.ts';
import type { EffectHandler } from '../../engine/effect-handler.ts';
import { note, tidy } from '../views/blocks.ts';
import { DONE, outcomeOf, roomIdOf, settle } from './parts.ts';
import type { ChatEffectParts } from './parts.ts';

/** Tells the room of an open incident something or, where there is none any more, the announcement room. Of a private incident nobody else hears. */
export function tellRoom({ chat, reads, directory }: ChatEffectParts): EffectHandler<'chat.tell_room'> {
  return async ({ incidentId, text }, { key }) => {
    const current = directory();
    const { announceRoom, zone } = current.settings;
    const incident = incidentId === null ? null : await reads.findIncident(incidentId);
    const message = note([tidy(text)], { directory: current, zone }, { tone: 'news' });
    const roomId = incident && isOpen(incident) ? roomIdOf(incident, chat) : null;
    if (roomId !== null)
      return settle(await chat.post(roomId, message, key), { chat, what: 'post in a room' });
    if (incident?.visibility === 'private') return DONE;
    const saying = { chat, what: `post in the announcement room ${announceRoom}` };
    const room = await chat.channel(announceRoom);
    if (!room.ok) return outcomeOf(room.failure, saying);
    return settle(await chat.post(room.value.roomId, message, key), saying);
  };
}
