import { z } from 'zod';
import { forgetRoomOver, noteRoomOver } from '../../store/rooms-over.ts';
import { fit } from './render/fit.ts';
import type { RoomState } from '../platform.ts';
import type { SlackAnswer } from './failure.ts';
import { bookmark } from './bookmarks.ts';
import { SLACK } from './parts.ts';
import type { SlackParts } from './parts.ts';

const LONGEST_TOPIC = 250;
const Info = z.object({
  channel: z.object({
    is_archived: z.boolean().optional(),
    topic: z.object({ value: z.string() }).optional(),
  }),
});

/** Makes a channel match: open or archived, its topic, who is in it. What is right already is left alone: each change is posted by Slack. */
export async function setRoomState(
  channel: string,
  { topic, members, archived, links = [], isBorrowed = false }: RoomState,
  parts: SlackParts,
): Promise<SlackAnswer<null>> {
  if (isBorrowed) return parts.members.letIn(channel, members);
  const { db, clock } = parts.deps;
  const room = { platform: SLACK, roomId: channel };
  if (archived) {
    // People still read along for a while: a room is archived later, by the clock.
    await noteRoomOver(db, room, clock.now());
    return { ok: true, value: null };
  }
  await forgetRoomOver(db, room);
  const info = await parts.api.call({
    method: 'conversations.info',
    args: { channel },
    answers: Info,
    urgency: 'cosmetic',
  });
  if (!info.ok) return info;
  const isArchived = info.value.channel.is_archived ?? false;
  if (isArchived) {
    const opened = await change('conversations.unarchive', { channel }, parts, ['not_archived']);
    if (!opened.ok) return opened;
  }
  const wanted = fit(topic, LONGEST_TOPIC);
  if (unescaped(info.value.channel.topic?.value ?? '') !== wanted) {
    const set = await change('conversations.setTopic', { channel, topic: wanted }, parts, [
      'user_is_restricted',
      'restricted_action',
    ]);
    if (!set.ok) return set;
  }
  const invited = await parts.members.addNew(channel, members);
  if (!invited.ok) return invited;
  return bookmark(channel, links, parts);
}

async function change(
  method: string,
  args: Readonly<Record<string, unknown>>,
  { api }: SlackParts,
  harmless: readonly string[],
): Promise<SlackAnswer<null>> {
  const changed = await api.call({ method, args, answers: z.object({}), urgency: 'cosmetic' });
  if (changed.ok || harmless.includes(changed.failure.code)) return { ok: true, value: null };
  return changed;
}

/** Slack gives a topic back with its entities. */
function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
