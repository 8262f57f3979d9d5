import { Routes } from 'discord.js';
import { BOT } from '../../../domain/actor.ts';
import { forgetRoom, roomById } from '../../../store/platform-rooms.ts';
import type { Answer } from '../../platform.ts';
import { UNKNOWN_CHANNEL } from '../api.ts';
import type { DiscordParts } from '../parts.ts';
import { DISCORD, no } from '../parts.ts';
import { Nothing } from '../shapes.ts';

/** Passes an answer of a room on. One that was deleted is forgotten, so that it is made anew; a standing channel when it is next asked for. */
export async function noticing<T>(
  roomId: string,
  answer: Answer<T>,
  { deps }: Pick<DiscordParts, 'deps'>,
): Promise<Answer<T>> {
  if (answer.ok || answer.failure.room !== 'gone') return answer;
  const known = await roomById(deps.db, { platform: DISCORD, roomId });
  if (known === null) return answer;
  await forgetRoom(deps.db, known);
  return known.key.startsWith('channel:')
    ? no('temporary', 'the channel was deleted; it is made anew')
    : answer;
}

/** Somebody deleted a channel or a post: when people work on an incident in it, another one is made at once. */
export async function hearDeleted(roomId: string, { deps }: Pick<DiscordParts, 'deps'>): Promise<void> {
  const known = await roomById(deps.db, { platform: DISCORD, roomId });
  if (known !== null) await forgetRoom(deps.db, known);
  const incident = await deps.reads.incidentOfRoom(DISCORD, roomId);
  if (incident === null) return;
  const room = { platform: DISCORD, roomId };
  await deps.door.say({ type: 'incident.record_room_lost', by: BOT, incidentId: incident.id, room });
}

/** Looks whether a room that could not be read was deleted while nobody listened. */
export async function lookAfter(roomId: string, parts: DiscordParts): Promise<void> {
  const read = await parts.apis.house.call({ method: 'GET', route: Routes.channel(roomId) }, Nothing);
  if (!read.ok && read.failure.code === UNKNOWN_CHANNEL) await hearDeleted(roomId, parts);
}
