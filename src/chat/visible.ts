import { maySee } from '../domain/access/may.ts';
import type { Actor } from '../domain/actor.ts';
import type { Incident } from '../domain/incident/incident.ts';

/** Who looks, and where. */
export interface Viewer {
  readonly actor: Actor;
  readonly platform: string;
  readonly roomId: string | null;
}

/** Whether somebody may know of an incident at all: a private one is for the people in it, and for whoever was let into its room. */
export function isVisible(incident: Incident, { actor, platform, roomId }: Viewer): boolean {
  const { room } = incident;
  return maySee(actor, incident) || (room !== null && room.platform === platform && room.roomId === roomId);
}
