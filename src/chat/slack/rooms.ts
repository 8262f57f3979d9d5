import { z } from 'zod';
import { findPlatformRoom, forgetRoom, intendRoom, recordRoom } from '../../store/platform-rooms.ts';
import type { IntendedRoom } from '../../store/platform-rooms.ts';
import type { Room, RoomSpec } from '../platform.ts';
import { passing, permanent } from './failure.ts';
import type { SlackAnswer } from './failure.ts';
import { SLACK } from './parts.ts';
import type { SlackParts } from './parts.ts';
import { channelNameOf, suffixed } from './room-name.ts';
import { ownChannelNamed } from './own-channels.ts';

const Created = z.object({ channel: z.object({ id: z.string(), name: z.string() }) });

/** After so many names are taken something else is wrong. */
const NAME_TRIES = 20;

/** Finds or makes the channel of this key. What an earlier try may have made is looked for by its name and its maker. */
export async function ensureRoom(spec: RoomSpec, parts: SlackParts): Promise<SlackAnswer<Room>> {
  const { deps } = parts;
  const key = { platform: SLACK, key: spec.key };
  const wanted = channelNameOf(spec.name);
  const intended = await intendRoom(deps.db, { ...key, name: wanted, now: deps.clock.now() });
  const room =
    intended.roomId === null
      ? await make(wanted, { spec, intended, parts })
      : { ok: true as const, value: { roomId: intended.roomId, name: intended.name } };
  if (!room.ok) return room;
  const invited = await parts.members.letIn(room.value.roomId, spec.members);
  if (invited.ok) return room;
  if (invited.failure.code === 'channel_not_found' && intended.roomId !== null) {
    // Somebody deleted it: it is made anew.
    await forgetRoom(deps.db, key);
    return { ok: false, failure: passing('channel_gone', 'the channel was deleted; it is made anew') };
  }
  return invited.failure.kind === 'temporary' ? invited : room;
}

interface Making {
  readonly spec: RoomSpec;
  readonly intended: IntendedRoom;
  readonly parts: SlackParts;
}

async function make(wanted: string, making: Making): Promise<SlackAnswer<Room>> {
  const { spec, parts } = making;
  for (let n = 1; n <= NAME_TRIES; n += 1) {
    const name = suffixed(wanted, n);
    const made = await parts.api.call({
      method: 'conversations.create',
      args: { name, is_private: spec.isPrivate },
      answers: Created,
      urgency: 'room',
    });
    if (made.ok) return recorded(made.value.channel, making);
    if (made.failure.code !== 'name_taken') return made;
    const ours = await adoptable(name, making);
    if (!ours.ok) return ours;
    if (ours.value !== null) return recorded(ours.value, making);
  }
  return {
    ok: false,
    failure: permanent('name_taken', `${wanted} and ${NAME_TRIES - 1} names like it are taken`),
  };
}

/** The channel of this name if it is the one that an earlier try made, and not another that we or somebody else made. */
async function adoptable(
  name: string,
  { intended, parts }: Making,
): Promise<SlackAnswer<{ id: string; name: string } | null>> {
  if (intended.isNew) return { ok: true, value: null };
  return ownChannelNamed(name, intended.intendedAt, parts);
}

async function recorded(
  { id: roomId, name }: { readonly id: string; readonly name: string },
  { spec, parts: { deps } }: Making,
): Promise<SlackAnswer<Room>> {
  const now = deps.clock.now();
  await recordRoom(deps.db, { platform: SLACK, key: spec.key, roomId, name, now });
  return { ok: true, value: { roomId, name } };
}

const Opened = z.object({ channel: z.object({ id: z.string() }) });

/** The direct message between the bot and an account; the same for ever, so it is asked for once. */
export async function directRoom(
  userId: string,
  name: string,
  { api, deps }: SlackParts,
): Promise<SlackAnswer<Room>> {
  const key = { platform: SLACK, key: `direct:${userId}` };
  const known = await findPlatformRoom(deps.db, key);
  if (known?.roomId) return { ok: true, value: { roomId: known.roomId, name: known.name } };
  const opened = await api.call({
    method: 'conversations.open',
    args: { users: userId },
    answers: Opened,
    urgency: 'page',
  });
  if (!opened.ok) return opened;
  const room = { roomId: opened.value.channel.id, name };
  await recordRoom(deps.db, { ...key, ...room, now: deps.clock.now() });
  return { ok: true, value: room };
}
