import type { Incident } from '../domain/incident/incident.ts';
import type { ChatPlatform } from './platform.ts';

/** Absolute URL of an incident's room on this platform; null when it has none there. */
export function roomUrlOf({ room }: Incident, platform: ChatPlatform): string | null {
  return room === null || room.platform !== platform.name ? null : platform.urlOf(room.roomId);
}
