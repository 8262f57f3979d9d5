import { ChannelType, Routes } from 'discord.js';
import { findPlatformRoom, intendRoom, recordFirst, recordRoom } from '../../../store/platform-rooms.ts';
import type { IntendedRoom } from '../../../store/platform-rooms.ts';
import type { Answer, Room, RoomSpec } from '../../platform.ts';
import { answerOf } from '../api.ts';
import type { Called } from '../api.ts';
import type { DiscordParts } from '../parts.ts';
import { DISCORD, no, yes } from '../parts.ts';
import type { Channel } from '../shapes.ts';
import { Channel as ChannelShape } from '../shapes.ts';
import type { RoomParts } from './room-parts.ts';
import { roomyCategory } from './categories.ts';
import { findPost, makePost } from './forum-post.ts';
import { carries, channelNameOf, markerOf, nameOf, topicWith } from './names.ts';
import { privateOverwrites } from './permissions.ts';
import { removeStray, removeStrays } from './strays.ts';

/** A server takes 500 channels; the last ones are left to people. */
const NEARLY_FULL = 490;

/** Finds or makes the room of a key. It is looked for before it is made again, because Discord would make a second one of the same name. */
export async function ensureRoom(spec: RoomSpec, parts: RoomParts): Promise<Answer<Room>> {
  const { deps } = parts;
  const intended = await intendRoom(deps.db, {
    platform: DISCORD,
    key: spec.key,
    name: spec.name,
    now: deps.clock.now(),
  });
  if (intended.roomId !== null) return yes({ roomId: intended.roomId, name: intended.name });
  const channels = await parts.guild.channels();
  if (!channels.ok) return channels;
  const found = intended.isNew ? yes(null) : await look(spec, channels.value, parts);
  if (!found.ok) return found;
  const room = found.value === null ? await make(spec, channels.value, parts) : yes(found.value);
  if (!room.ok) return room;
  return yes(await settleOn(room.value, { spec, intended, parts }));
}

/** Of several who make the room of one incident at once, one makes the room that stands; the others take theirs back. */
async function settleOn(
  room: Room,
  {
    spec,
    intended,
    parts,
  }: { readonly spec: RoomSpec; readonly intended: IntendedRoom; readonly parts: RoomParts },
): Promise<Room> {
  const { deps } = parts;
  const { roomId, name } = await recordFirst(deps.db, {
    platform: DISCORD,
    key: spec.key,
    ...room,
    now: deps.clock.now(),
  });
  const stands = { roomId: roomId ?? room.roomId, name };
  if (stands.roomId !== room.roomId) await removeStray(room.roomId, parts);
  if (!intended.isNew) await removeStrays(spec, stands, parts);
  return stands;
}

/** The room as an earlier try left it: by the marker in its topic, or in its first message. */
async function look(
  { key }: Pick<RoomSpec, 'key'>,
  channels: readonly Channel[],
  parts: RoomParts,
): Promise<Answer<Room | null>> {
  const marker = markerOf(await parts.mark(), key);
  const channel = channels.find(
    ({ topic, type }) => type === ChannelType.GuildText && carries(topic, marker),
  );
  if (channel) return yes({ roomId: channel.id, name: nameOf(channel) });
  return findPost(marker, channels, parts);
}

async function make(spec: RoomSpec, channels: readonly Channel[], parts: RoomParts): Promise<Answer<Room>> {
  const isMild = spec.tags?.some((tag) => parts.settings.forum?.severities.includes(tag)) ?? false;
  // A post is as public as its forum.
  const mayBePost = !spec.isPrivate;
  if (mayBePost && (isMild || channels.length >= NEARLY_FULL)) return makePost(spec, channels, parts);
  const made = await makeChannel(spec, channels, parts);
  if (made.ok) return yes({ roomId: made.value.id, name: nameOf(made.value) });
  const { code, ambiguous } = made.failure;
  if (code === 30_013 && mayBePost) return makePost(spec, channels, parts);
  if (ambiguous) return lookAgain(spec, made, parts);
  return answerOf(made);
}

async function lookAgain(
  spec: RoomSpec,
  failed: Called<unknown> & { readonly ok: false },
  parts: RoomParts,
): Promise<Answer<Room>> {
  const channels = await parts.guild.channels();
  const found = channels.ok ? await look(spec, channels.value, parts) : channels;
  return found.ok && found.value !== null ? yes(found.value) : (answerOf(failed) as Answer<never>);
}

async function makeChannel(
  spec: RoomSpec,
  channels: readonly Channel[],
  parts: RoomParts,
): Promise<Called<Channel>> {
  const { apis, settings, guild } = parts;
  const [category, me] = await Promise.all([roomyCategory(settings.category, channels, parts), guild.me()]);
  if (!category.ok) return failed(category);
  if (!me.ok) return failed(me);
  const users = spec.members.flatMap(({ handles }) => handles[DISCORD] ?? []);
  const seen = { guild: settings.guild, bot: me.value.id, users, roles: settings.privateRoles };
  return apis.house.call(
    {
      method: 'POST',
      route: Routes.guildChannels(settings.guild),
      body: {
        name: channelNameOf(spec.name),
        type: ChannelType.GuildText,
        parent_id: category.value,
        topic: topicWith(markerOf(await parts.mark(), spec.key)),
        // In the same request, so that a private room is never public for a moment.
        ...(spec.isPrivate && { permission_overwrites: privateOverwrites(seen) }),
      },
      reason: `Room of ${spec.key}`,
    },
    ChannelShape,
  );
}

function failed({ failure }: Answer<unknown> & { readonly ok: false }): Called<never> {
  return { ok: false, failure: { ...failure, ambiguous: false, code: null } };
}

/** Finds or makes a standing channel by its name, in the category of the rooms when it is new. */
export async function ensureChannel(wanted: string, parts: RoomParts): Promise<Answer<Room>> {
  const { deps, guild } = parts;
  const name = channelNameOf(wanted);
  const key = { platform: DISCORD, key: `channel:${name}` };
  const known = await findPlatformRoom(deps.db, key);
  if (known !== null && known.roomId !== null) return yes({ roomId: known.roomId, name: known.name });
  const channels = await guild.channels();
  if (!channels.ok) return channels;
  const there = channels.value.find(
    (channel) =>
      (channel.type === ChannelType.GuildText || channel.type === ChannelType.GuildAnnouncement) &&
      channelNameOf(nameOf(channel)) === name,
  );
  const made = there ? { ok: true as const, value: there } : await makeStanding(name, channels.value, parts);
  if (!made.ok) return made;
  const room = { roomId: made.value.id, name: nameOf(made.value) };
  await recordRoom(deps.db, { ...key, ...room, now: deps.clock.now() });
  return yes(room);
}

async function makeStanding(
  name: string,
  channels: readonly Channel[],
  parts: RoomParts,
): Promise<Answer<Channel>> {
  const { apis, settings } = parts;
  const category = await roomyCategory(settings.category, channels, parts);
  if (!category.ok) return category;
  const body = { name, type: ChannelType.GuildText, parent_id: category.value };
  const route = Routes.guildChannels(settings.guild);
  const made = await apis.house.call({ method: 'POST', route, body }, ChannelShape);
  if (made.ok || !made.failure.ambiguous) return answerOf(made);
  const again = await parts.guild.channels();
  const there = again.ok ? again.value.find((channel) => channel.name === name) : undefined;
  return there ? yes(there) : answerOf(made);
}

/** The room in which somebody alone is spoken to, opened once. */
export async function directRoom(
  { name, handles }: RoomSpec['members'][number],
  { deps, apis }: DiscordParts,
): Promise<Answer<Room>> {
  const userId = handles[DISCORD];
  if (userId === undefined)
    return no('unreachable', `${name} has not linked a Discord account: \`link\` does`);
  const key = { platform: DISCORD, key: `direct:${userId}` };
  const known = await findPlatformRoom(deps.db, key);
  if (known !== null && known.roomId !== null) return yes({ roomId: known.roomId, name: `@${name}` });
  const opened = await apis.pages.call(
    { method: 'POST', route: Routes.userChannels(), body: { recipient_id: userId } },
    ChannelShape.pick({ id: true }),
  );
  if (!opened.ok) return answerOf(opened);
  const room = { roomId: opened.value.id, name: `@${name}` };
  await recordRoom(deps.db, { ...key, ...room, now: deps.clock.now() });
  return yes(room);
}
