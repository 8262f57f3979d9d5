import { ChannelType, Routes } from 'discord.js';
import { findPlatformRoom, forgetRoom, recordRoom } from '../../../store/platform-rooms.ts';
import { DISCORD } from '../parts.ts';
import type { Channel } from '../shapes.ts';
import { Made, Nothing } from '../shapes.ts';
import type { RoomParts } from './room-parts.ts';
import { nameOf } from './names.ts';

/** Whether incidents of these tags get a voice channel. */
export function wantsVoice(tags: readonly string[], { settings, deps }: RoomParts): boolean {
  const worst = deps.directory().severities[0]?.id;
  const loud = settings.voice ?? (worst === undefined ? [] : [worst]);
  return tags.some((tag) => loud.includes(tag));
}

/** A voice channel beside a room, seen by the same people. It is a comfort: without it the room is as good, so a failure is only logged. */
export async function ensureVoice(room: Channel, parts: RoomParts): Promise<void> {
  const { deps, apis, settings } = parts;
  const key = { platform: DISCORD, key: `voice:${room.id}` };
  if ((await findPlatformRoom(deps.db, key)) !== null) return;
  // Discord would make a second one of the same name, and an earlier try may have made one of which nobody knows.
  const channels = await parts.guild.channels();
  if (!channels.ok) return;
  const there = channels.value.find((one) => isVoiceOf(room, one));
  const note = (roomId: string): Promise<void> =>
    recordRoom(deps.db, { ...key, roomId, name: nameOf(room), now: deps.clock.now() });
  if (there) return note(there.id);
  const body = {
    name: nameOf(room),
    type: ChannelType.GuildVoice,
    parent_id: room.parent_id,
    ...(room.permission_overwrites && { permission_overwrites: room.permission_overwrites }),
  };
  const route = Routes.guildChannels(settings.guild);
  const made = await apis.house.call({ method: 'POST', route, body }, Made);
  if (made.ok) return note(made.value.id);
  deps.logger.warn({ reason: made.failure.reason }, 'No voice channel could be made for a room');
}

function isVoiceOf(room: Channel, { type, name, parent_id }: Channel): boolean {
  return type === ChannelType.GuildVoice && name === nameOf(room) && parent_id === room.parent_id;
}

/** Takes the voice channel of a closed room away: nothing is kept in it. */
export async function removeVoice(roomId: string, { deps, apis }: RoomParts): Promise<void> {
  const key = { platform: DISCORD, key: `voice:${roomId}` };
  const voice = await findPlatformRoom(deps.db, key);
  if (voice === null || voice.roomId === null) return;
  const gone = await apis.house.call({ method: 'DELETE', route: Routes.channel(voice.roomId) }, Nothing);
  if (gone.ok || gone.failure.code === 10_003) await forgetRoom(deps.db, key);
}
