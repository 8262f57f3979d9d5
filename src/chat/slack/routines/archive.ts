import { z } from 'zod';
import type { Incident } from '../../../domain/incident/incident.ts';
import { SLACK } from '../parts.ts';
import type { SlackParts } from '../parts.ts';

const OVER: ReadonlySet<Incident['status']> = new Set(['closed', 'merged', 'declined']);
/** Rooms of incidents that ended longer ago than this were archived before, or somebody opened them again on purpose. */
const LOOK_BACK_MS = 7 * 24 * 60 * 60_000;
const LOOKED_AT = 200;

/** Archives the rooms of incidents that have been over for so long; null is never. Each once, so that one opened by hand stays open. */
export function createArchiving(
  parts: SlackParts,
  afterMs: () => number | null,
): (now: Date) => Promise<void> {
  const done = new Set<string>();
  return async (now) => {
    const wait = afterMs();
    if (wait === null) return;
    for (const incident of await parts.deps.reads.listIncidents({ state: 'all', limit: LOOKED_AT })) {
      const { room, status } = incident;
      if (room?.platform !== SLACK || !OVER.has(status)) continue;
      const since = await overSince(incident, parts);
      const age = now.getTime() - since.getTime();
      const life = `${room.roomId} ${incident.reopened}`;
      if (age < wait || age > wait + LOOK_BACK_MS || done.has(life)) continue;
      const archived = await parts.api.call({
        method: 'conversations.archive',
        args: { channel: room.roomId },
        answers: z.object({}),
        urgency: 'cosmetic',
      });
      if (archived.ok || archived.failure.kind !== 'temporary') done.add(life);
    }
  };
}

async function overSince(incident: Incident, { deps }: SlackParts): Promise<Date> {
  const events = await deps.reads.eventsOf(incident.id);
  const ended = events.findLast(({ event }) => event.type === 'incident.status_changed');
  return ended?.at ?? incident.resolvedAt ?? incident.declaredAt;
}
