import type { RecordedEvent } from '../../domain/event.ts';
import type { Incident, RoomRef } from '../../domain/incident/incident.ts';

/** A room in which an incident was worked on, and which of what was said there is about it. */
export interface IncidentRoom {
  readonly room: RoomRef;
  readonly isAbout: (said: { readonly at: Date }) => boolean;
}

/** In a channel of people's own they talk of other things too, before and after. */
const AROUND_MS = 60 * 60_000;

/** Every room that it was worked on in, each once, the first one first. */
export function roomsOf({ resolvedAt }: Incident, events: readonly RecordedEvent[]): readonly IncidentRoom[] {
  const rooms = new Map<string, IncidentRoom>();
  for (const { event, at } of events) {
    if (event.type !== 'incident.room_opened') continue;
    const { room } = event;
    const key = `${room.platform}/${room.roomId}`;
    const isAbout = room.isBorrowed === true ? during(at, resolvedAt) : () => true;
    if (!rooms.has(key)) rooms.set(key, { room, isAbout });
  }
  return [...rooms.values()];
}

function during(from: Date, resolvedAt: Date | null): IncidentRoom['isAbout'] {
  const until = resolvedAt === null ? Infinity : resolvedAt.getTime() + AROUND_MS;
  return ({ at }) => at.getTime() >= from.getTime() - AROUND_MS && at.getTime() <= until;
}
