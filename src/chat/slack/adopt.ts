import { z } from 'zod';
import { findPlatformRoom, recordRoom } from '../../store/platform-rooms.ts';
import type { Room } from '../platform.ts';
import { permanent } from './failure.ts';
import type { SlackAnswer, SlackFailure } from './failure.ts';
import { SLACK } from './parts.ts';
import type { SlackParts } from './parts.ts';

/** People talk about what is wrong before anybody declares it. */
const BEFORE_MS = 60 * 60_000;

const Info = z.object({
  channel: z.object({
    name: z.string().optional(),
    is_im: z.boolean().optional(),
    is_mpim: z.boolean().optional(),
    is_private: z.boolean().optional(),
    is_general: z.boolean().optional(),
    is_archived: z.boolean().optional(),
    is_ext_shared: z.boolean().optional(),
    is_pending_ext_shared: z.boolean().optional(),
    is_member: z.boolean().optional(),
  }),
});
type Channel = z.infer<typeof Info>['channel'];

/** Goes into a public channel of the workspace, so that an incident can be worked on there. */
export async function adopt(roomId: string, { api, deps }: SlackParts): Promise<SlackAnswer<Room>> {
  const info = await api.call({
    method: 'conversations.info',
    args: { channel: roomId },
    answers: Info,
    urgency: 'room',
  });
  if (!info.ok)
    return info.failure.code === 'channel_not_found' ? { ok: false, failure: unfit(ONLY_PUBLIC) } : info;
  const { channel } = info.value;
  const why = whyNot(channel);
  if (why !== null) return { ok: false, failure: unfit(why) };
  if (channel.is_member !== true) {
    const joined = await api.call({
      method: 'conversations.join',
      args: { channel: roomId },
      answers: z.object({}),
      urgency: 'room',
    });
    if (!joined.ok) return joined;
  }
  const room = { roomId, name: channel.name ?? roomId };
  await recordRoom(deps.db, { ...keyOf(roomId), ...room, now: deps.clock.now() });
  return { ok: true, value: room };
}

/** From when on what is said in a channel is about the incident: a while before it became its room. Null for rooms of our own. */
export async function borrowedFrom(roomId: string, { deps }: SlackParts): Promise<Date | null> {
  const borrowed = await findPlatformRoom(deps.db, keyOf(roomId));
  return borrowed?.madeAt ? new Date(borrowed.madeAt.getTime() - BEFORE_MS) : null;
}

function keyOf(roomId: string) {
  return { platform: SLACK, key: `borrowed:${roomId}` };
}

const ONLY_PUBLIC =
  'this channel is private: whoever is paged could not come in, and what was said here before would be theirs to read';

function whyNot(channel: Channel): string | null {
  if (channel.is_im === true || channel.is_mpim === true) return 'this is a direct message and no channel';
  if (channel.is_private === true) return ONLY_PUBLIC;
  if (channel.is_ext_shared === true || channel.is_pending_ext_shared === true)
    return 'this channel is shared with another company';
  if (channel.is_general === true) return 'everybody in the company is in this channel';
  return channel.is_archived === true ? 'this channel is archived' : null;
}

function unfit(why: string): SlackFailure {
  return permanent('not_fit', why);
}
