import type { Directory } from '../../domain/directory.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { RoomLink } from '../platform.ts';
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
      links: linksOf(incident, directory()),
    };
    return settle(await chat.setRoomState(roomId, state), { chat, what: 'change the room' });
  };
}

/** The incident's own page, and the runbook of its service. */
function linksOf({ id, service }: Incident, { services }: Directory): readonly RoomLink[] {
  const runbook = service === null ? null : (services.get(service)?.runbook ?? null);
  return [
    { label: `Incident #${id}`, url: `/incidents/${id}` },
    ...(runbook === null ? [] : [{ label: 'Runbook', url: runbook }]),
  ];
}
