import type { Incident } from '../../domain/incident/incident.ts';
import type { EffectHandler } from '../../engine/effect-handler.ts';
import type { Message } from '../message.ts';
import type { Answer, MessageRef } from '../platform.ts';
import { incidentCard } from '../views/incident-card.ts';
import { cardKey, DONE, roomIdOf, settleIn } from './parts.ts';
import type { ChatEffectParts } from './parts.ts';
import { stand } from './standing.ts';

const REMEMBERED = 500;

/** Makes the pinned card match the incident. Posted once by its key, then edited; an unchanged card is left alone, a deleted one comes back. */
export function syncCard(parts: ChatEffectParts): EffectHandler<'chat.sync_card'> {
  const { chat, reads } = parts;
  // Only saves calls: after a restart the key finds the message again.
  const shown = new Map<string, Shown>();
  return async ({ incidentId }) => {
    const incident = await reads.findIncident(incidentId);
    const roomId = incident === null ? null : roomIdOf(incident, chat);
    if (incident === null || roomId === null) return DONE;
    const card = await draw(incident, parts);
    const key = cardKey(incidentId);
    // People may go on in another room.
    const place = `${roomId} ${key}`;
    const before = shown.get(place);
    if (before?.text === JSON.stringify(card)) return DONE;
    const edited = before && (await change(parts, before.ref, card));
    const isThere = edited !== undefined && (edited.ok || edited.failure.message !== 'gone');
    const now = isThere ? edited : await stand(chat, { roomId, key, message: card });
    if (!now.ok) {
      shown.delete(place);
      return settleIn(incident, now, { chat, what: 'show the incident card' });
    }
    // Not before it is pinned as well: a card that is known to be as it should be is never looked at again.
    const pinned = isThere ? now : await chat.pin(now.value);
    if (pinned.ok) remember(shown, place, { ref: now.value, text: JSON.stringify(card) });
    return settleIn(incident, pinned, { chat, what: 'pin the incident card' });
  };
}

interface Shown {
  readonly ref: MessageRef;
  readonly text: string;
}

async function draw(incident: Incident, { reads, directory }: ChatEffectParts): Promise<Message> {
  const [runs, pages, alerts] = await Promise.all([
    reads.runsOf(incident.id),
    reads.pagesOf(incident.id),
    reads.alertsOf(incident.id),
  ]);
  return incidentCard({ incident, runs, pages, alerts, directory: directory() });
}

async function change(
  { chat }: ChatEffectParts,
  ref: MessageRef,
  card: Message,
): Promise<Answer<MessageRef>> {
  const edited = await chat.edit(ref, card);
  return edited.ok ? { ok: true, value: ref } : edited;
}

function remember(shown: Map<string, Shown>, key: string, entry: Shown): void {
  shown.delete(key);
  shown.set(key, entry);
  const [oldest] = shown.keys();
  if (shown.size > REMEMBERED && oldest !== undefined) shown.delete(oldest);
}
