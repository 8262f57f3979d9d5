import { BOT } from '../../domain/actor.ts';
import type { EffectHandler } from '../../engine/effect-handler.ts';
import { roomNameOf, topicOf } from '../views/naming.ts';
import { DONE, membersOf, outcomeOf } from './parts.ts';
import type { ChatEffectParts } from './parts.ts';

/** Finds or makes the incident's room and records it. Safe to run twice: the key is always the same room. */
export function openRoom({ chat, reads, directory }: ChatEffectParts): EffectHandler<'chat.open_room'> {
  return async ({ incidentId }) => {
    const incident = await reads.findIncident(incidentId);
    if (incident === null || !incident.wantsRoom || incident.room?.isBorrowed === true) return DONE;
    const room = await chat.ensureRoom({
      key: `incident:${incidentId}`,
      name: roomNameOf(incident, directory()),
      topic: topicOf(incident, directory()),
      isPrivate: incident.visibility === 'private',
      members: membersOf(incident, directory()),
      tags: [incident.severity, incident.status],
    });
    if (!room.ok) return outcomeOf(room.failure, { chat, what: 'open the room' });
    const { roomId, name } = room.value;
    return {
      kind: 'done',
      next: [
        { type: 'incident.record_room', by: BOT, incidentId, room: { platform: chat.name, roomId, name } },
      ],
    };
  };
}
