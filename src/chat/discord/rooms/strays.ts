import { ChannelType, Routes } from 'discord.js';
import type { Room, RoomSpec } from '../../platform.ts';
import type { Channel } from '../shapes.ts';
import { Nothing } from '../shapes.ts';
import { carries, markerOf } from './names.ts';
import type { RoomParts } from './room-parts.ts';

/** Removes a channel or a post that we made ourselves just now, for a room that was made elsewhere first. */
export async function removeStray(roomId: string, { apis, deps }: RoomParts): Promise<void> {
  const gone = await apis.house.call({ method: 'DELETE', route: Routes.channel(roomId) }, Nothing);
  if (gone.ok) return;
  deps.logger.warn({ channel: roomId, reason: gone.failure.reason }, 'A second channel could not be removed');
}

/**
 * Removes what an earlier try, whose answer nobody heard, made beside the room that stands: Discord may carry a request out after we
 * looked for its outcome. A channel in which anybody has said a word is left alone, whoever made it.
 */
export async function removeStrays({ key }: RoomSpec, stands: Room, parts: RoomParts): Promise<void> {
  const channels = await parts.guild.channels();
  if (!channels.ok) return;
  const marker = markerOf(await parts.mark(), key);
  const isStray = ({ id, type, topic, last_message_id }: Channel) =>
    id !== stands.roomId && type === ChannelType.GuildText && carries(topic, marker) && !last_message_id;
  for (const { id } of channels.value.filter(isStray)) await removeStray(id, parts);
}
