import { z } from 'zod';
import { findPlatformRoom, recordRoom } from '../../store/platform-rooms.ts';
import type { Room } from '../platform.ts';
import { pagesOf } from './cursor.ts';
import { permanent } from './failure.ts';
import type { SlackAnswer } from './failure.ts';
import { SLACK } from './parts.ts';
import type { SlackParts } from './parts.ts';
import { channelNameOf } from './room-name.ts';

const Listed = z.object({
  channels: z.array(z.object({ id: z.string(), name: z.string(), is_member: z.boolean().optional() })),
});
const Created = z.object({ channel: z.object({ id: z.string(), name: z.string() }) });

/** Finds a standing channel by its name and goes in, or makes it. Remembered by its id, so that renaming it changes nothing. */
export async function channel(wanted: string, parts: SlackParts): Promise<SlackAnswer<Room>> {
  const { deps, api } = parts;
  const name = channelNameOf(wanted.replace(/^#/, ''));
  const key = { platform: SLACK, key: `channel:${name}` };
  const known = await findPlatformRoom(deps.db, key);
  if (known?.roomId) return { ok: true, value: { roomId: known.roomId, name: known.name } };
  const there = await lookFor(name, parts);
  if (!there.ok) return there;
  const made =
    there.value === null
      ? await api.call({
          method: 'conversations.create',
          args: { name, is_private: false },
          answers: Created,
          urgency: 'room',
        })
      : null;
  if (made !== null && !made.ok)
    return made.failure.code === 'name_taken' ? { ok: false, failure: hidden(name) } : made;
  const room = { roomId: made?.value.channel.id ?? there.value ?? '', name };
  await recordRoom(deps.db, { ...key, ...room, now: deps.clock.now() });
  return { ok: true, value: room };
}

/** Somebody's private channel, or an archived one, has the name. */
function hidden(name: string) {
  return permanent(
    'name_taken',
    `#${name} is private or archived: type /invite @Firebell in it, or unarchive it`,
  );
}

async function lookFor(name: string, { api }: SlackParts): Promise<SlackAnswer<string | null>> {
  const call = {
    method: 'conversations.list',
    args: { types: 'public_channel,private_channel', exclude_archived: true, limit: 999 },
    answers: Listed,
    urgency: 'room' as const,
  };
  for await (const page of pagesOf(call, api)) {
    if (!page.ok) return page;
    const found = page.value.channels.find((one) => one.name === name);
    if (found === undefined) continue;
    if (found.is_member !== true) {
      const joined = await api.call({
        method: 'conversations.join',
        args: { channel: found.id },
        answers: z.object({}),
        urgency: 'room',
      });
      if (!joined.ok && joined.failure.kind === 'temporary') return joined;
    }
    return { ok: true, value: found.id };
  }
  return { ok: true, value: null };
}
