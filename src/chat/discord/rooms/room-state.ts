import { ChannelType, Routes } from 'discord.js';
import type { Answer, RoomState } from '../../platform.ts';
import { answerOf } from '../api.ts';
import { categoriesNamed } from '../guild.ts';
import { DISCORD, yes } from '../parts.ts';
import type { Channel } from '../shapes.ts';
import { Channel as ChannelShape, Nothing } from '../shapes.ts';
import { roomyCategory } from './categories.ts';
import type { RoomParts } from './room-parts.ts';
import { tagIds } from './forum-tags.ts';
import { closed, isHidden, memberOverwrite, reopened } from './permissions.ts';
import { ensureVoice, removeVoice, wantsVoice } from './voice.ts';

const THREADS: readonly number[] = [ChannelType.PublicThread, ChannelType.PrivateThread];

/** Makes a room that exists match: who is in it, open or closed. Name and topic stay: Discord lets them be changed twice in ten minutes. */
export async function setRoomState(
  roomId: string,
  state: RoomState,
  parts: RoomParts,
): Promise<Answer<null>> {
  const { house } = parts.apis;
  const read = await house.call({ method: 'GET', route: Routes.channel(roomId) }, ChannelShape);
  if (!read.ok) return answerOf(read);
  const room = read.value;
  if (THREADS.includes(room.type)) return setPost(room, state, parts);
  const moved = await setPlace(room, state, parts);
  if (!moved.ok) return moved;
  if (state.archived) {
    await removeVoice(roomId, parts);
    return yes(null);
  }
  if (wantsVoice(state.tags ?? [], parts)) await ensureVoice(moved.value, parts);
  return setMembers(moved.value, state, parts);
}

async function setPost(
  room: Channel,
  { archived, tags = [] }: RoomState,
  { apis }: RoomParts,
): Promise<Answer<null>> {
  const forum = await apis.house.call(
    { method: 'GET', route: Routes.channel(room.parent_id ?? '0') },
    ChannelShape,
  );
  if (!forum.ok) return answerOf(forum);
  const applied = tagIds(tags, forum.value);
  const isTagged = applied.toSorted().join() === (room.applied_tags ?? []).toSorted().join();
  const { archived: wasArchived = false, locked = false } = room.thread_metadata ?? {};
  if (isTagged && wasArchived === archived && locked === archived) return yes(null);
  const route = Routes.channel(room.id);
  if (wasArchived) {
    // An archived post takes no other change in the same request.
    const opened = await apis.house.call(
      { method: 'PATCH', route, body: { archived: false, locked: false } },
      Nothing,
    );
    if (!opened.ok) return answerOf(opened);
  }
  const tagged = await apis.house.call({ method: 'PATCH', route, body: { applied_tags: applied } }, Nothing);
  if (!tagged.ok) return answerOf(tagged);
  if (!archived) return yes(null);
  const shut = await apis.house.call(
    { method: 'PATCH', route, body: { archived: true, locked: true } },
    Nothing,
  );
  return shut.ok ? yes(null) : answerOf(shut);
}

/** Moves a room between its two categories and shuts or opens it, in one request. Answers with the room as it is then. */
async function setPlace(room: Channel, { archived }: RoomState, parts: RoomParts): Promise<Answer<Channel>> {
  const { apis, settings, guild } = parts;
  const [channels, me] = await Promise.all([guild.channels(), guild.me()]);
  if (!channels.ok) return channels;
  if (!me.ok) return me;
  const isAway = categoriesNamed(settings.archive, channels.value).some(({ id }) => id === room.parent_id);
  if (isAway === archived) return yes(room);
  const name = archived ? settings.archive : settings.category;
  const category = await roomyCategory(name, channels.value, parts);
  if (!category.ok) return category;
  const before = room.permission_overwrites ?? [];
  const bot = me.value.id;
  const body = {
    parent_id: category.value,
    permission_overwrites: archived
      ? closed(before, { guild: settings.guild, bot })
      : reopened(before, settings.guild),
  };
  const moved = await apis.house.call(
    { method: 'PATCH', route: Routes.channel(room.id), body, reason: archived ? 'Closed' : 'Reopened' },
    ChannelShape,
  );
  return answerOf(moved);
}

/** Lets people into a private room, and out of it whom Firebell once let in. Whom an admin let in by hand stays. */
async function setMembers(room: Channel, { members }: RoomState, parts: RoomParts): Promise<Answer<null>> {
  const { apis, settings, deps } = parts;
  const overwrites = room.permission_overwrites ?? [];
  if (!isHidden(overwrites, settings.guild)) return yes(null);
  const wanted = new Set(members.flatMap(({ handles }) => handles[DISCORD] ?? []));
  const present = new Set(overwrites.filter(({ type }) => type === 1).map(({ id }) => id));
  const known = new Set([...deps.directory().people.values()].map(({ handles }) => handles[DISCORD]));
  for (const id of wanted) {
    if (present.has(id)) continue;
    const body = memberOverwrite(id);
    const route = Routes.channelPermission(room.id, id);
    const admitted = await apis.house.call({ method: 'PUT', route, body }, Nothing);
    // Somebody who has left the server keeps nobody else out.
    if (!admitted.ok && admitted.failure.kind === 'temporary') return answerOf(admitted);
  }
  for (const id of present) {
    if (wanted.has(id) || !known.has(id)) continue;
    const out = await apis.house.call(
      { method: 'DELETE', route: Routes.channelPermission(room.id, id) },
      Nothing,
    );
    if (!out.ok && out.failure.kind === 'temporary') return answerOf(out);
  }
  return yes(null);
}
