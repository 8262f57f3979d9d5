import type { Directory } from '../../domain/directory.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { ChatPlatform, RoomLink } from '../platform.ts';
import type { EffectHandler } from '../../engine/effect-handler.ts';
import { incidentLinks } from '../../domain/incident/links.ts';
import { topicOf } from '../views/naming.ts';
import { cardKey, DONE, membersOf, roomIdOf, settleIn } from './parts.ts';
import type { ChatEffectParts } from './parts.ts';
import { createSummaries } from './running-summary.ts';

/** Makes the room match the incident: topic, members, links, its running summary, archived once it is closed or was none. */
export function syncRoom(parts: ChatEffectParts): EffectHandler<'chat.sync_room'> {
  const { chat, reads, directory } = parts;
  const summaries = createSummaries(parts);
  return async ({ incidentId }) => {
    const incident = await reads.findIncident(incidentId);
    const roomId = incident === null ? null : roomIdOf(incident, chat);
    // The room itself is made by its own effect, which sets all of this.
    if (incident === null || roomId === null) return DONE;
    const state = {
      topic: topicOf(incident, directory()),
      members: membersOf(incident, directory()),
      tags: [incident.severity, incident.status],
      archived: ['closed', 'merged', 'declined', 'cancelled'].includes(incident.status),
      links: linksOf(incident, await cardIn(roomId, incident, chat), directory()),
    };
    if (incident.room?.isBorrowed === true) {
      const { topic, members } = state;
      const entered = await chat.setRoomState(roomId, { topic, members, archived: false, isBorrowed: true });
      return settleIn(incident, entered, { chat, what: 'let people into the channel' });
    }
    const changed = await chat.setRoomState(roomId, state);
    if (!changed.ok) return settleIn(incident, changed, { chat, what: 'change the room' });
    const summary = await summaries.show(incident, roomId);
    return settleIn(incident, summary, { chat, what: 'show the running summary' });
  };
}

/** Address of the card; null as long as it has none, and where a message has no address. */
async function cardIn(roomId: string, { id }: Incident, chat: ChatPlatform): Promise<string | null> {
  const card = await chat.posted(roomId, cardKey(id));
  return card.ok && card.value !== null ? chat.urlOf(roomId, card.value.messageId) : null;
}

/** The card, the incident's own page, and what people need beside the room. */
function linksOf(incident: Incident, card: string | null, directory: Directory): readonly RoomLink[] {
  const { runbook, call, statusPage } = incidentLinks(incident, directory);
  const links = [
    { label: 'Card', url: card },
    { label: `Incident #${incident.id}`, url: `/incidents/${incident.id}` },
    { label: 'Runbook', url: runbook },
    { label: 'Call', url: call },
    { label: 'Status page', url: statusPage },
  ];
  return links.flatMap(({ label, url }) => (url === null ? [] : [{ label, url }]));
}
