import type { Actor } from '../domain/actor.ts';
import { personOf } from '../domain/actor.ts';
import type { Incident } from '../domain/incident/incident.ts';

/** Whether somebody may know of an incident at all: a private one is for the people in it, and for whoever is let into its room. */
export function isVisible(
  incident: Incident,
  viewer: { readonly actor: Actor; readonly platform: string; readonly roomId: string | null },
): boolean {
  if (incident.visibility === 'public') return true;
  const id = personOf(viewer.actor);
  if (id !== null && incident.members.includes(id)) return true;
  const { room } = incident;
  return room !== null && room.platform === viewer.platform && room.roomId === viewer.roomId;
}
