import type { EffectHandler } from '../../engine/effect-handler.ts';
import { topicOf } from '../views/naming.ts';
import { DONE, membersOf, roomIdOf, settle } from './parts.ts';
import type { ChatEffectParts } from './parts.ts';

/** Makes the room match the incident: topic, members, archived once it is closed or was none. */
export function syncRoom({ chat, reads, directory }: ChatEffectParts): EffectHandler<'chat.sync_room'> {
  return async ({ incidentId }) => {
    const incident = await reads.findIncident(incidentId);
    const roomId = incident === null ? null : roomIdOf(incident, chat);
    // The room itself is made by its own effect, which sets all of this.
    if (incident === null || roomId === null) return DONE;
    const state = {
      topic: topicOf(incident, directory()),
      members: membersOf(incident, directory()),
      tags: [incident.severity, incident.status],
      archived: ['closed', 'merged', 'declined'].includes(incident.status),
    };
    return settle(await chat.setRoomState(roomId, state), { chat, what: 'change the room' });
  };
}
