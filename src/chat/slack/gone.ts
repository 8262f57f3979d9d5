import { z } from 'zod';
import { BOT } from '../../domain/actor.ts';
import { isOpen } from '../../domain/incident/incident.ts';
import { forgetPost } from '../../store/platform-reposts.ts';
import { forgetRoom, roomById } from '../../store/platform-rooms.ts';
import type { MessageRef } from '../platform.ts';
import { passing, permanent } from './failure.ts';
import type { SlackAnswer, SlackFailure } from './failure.ts';
import { SLACK } from './parts.ts';
import type { SlackParts } from './parts.ts';

/**
 * Passes an answer about a channel on, with what is wrong with the channel itself. One that was deleted is forgotten, so that it is made
 * anew. One of ours that somebody archived is opened again as long as it is needed; where Slack does not let us, it counts as gone.
 */
export async function noticing<T>(
  roomId: string,
  answer: SlackAnswer<T>,
  parts: SlackParts,
): Promise<SlackAnswer<T>> {
  if (answer.ok || roomId.startsWith('D')) return answer;
  const { code } = answer.failure;
  if (code === 'channel_not_found') return { ok: false, failure: await gone(roomId, answer.failure, parts) };
  if (code === 'is_archived') return { ok: false, failure: await shut(roomId, answer.failure, parts) };
  return answer;
}

/** Said of a message that Slack lets nobody change any more; see https://docs.slack.dev/reference/methods/chat.update. */
const LOST = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

/** Notices a message that was deleted, so that it can be said anew. */
export async function missing<T>(
  ref: MessageRef,
  answer: SlackAnswer<T>,
  { deps }: SlackParts,
): Promise<SlackAnswer<T>> {
  if (answer.ok || !LOST.has(answer.failure.code)) return answer;
  await forgetPost(deps.db, { platform: SLACK, ...ref });
  return { ok: false, failure: { ...answer.failure, message: 'gone' } };
}

/** Somebody deleted or archived a channel: people who work on an incident in it get it back, or another one, at once. */
export async function hearGone(
  roomId: string,
  code: 'channel_not_found' | 'is_archived',
  parts: SlackParts,
): Promise<void> {
  const heard = await noticing(roomId, { ok: false, failure: permanent(code, code) }, parts);
  const incident = await parts.deps.reads.incidentOfRoom(SLACK, roomId);
  if (heard.ok || heard.failure.room !== 'gone' || incident === null) return;
  const room = { platform: SLACK, roomId };
  await parts.deps.door.say({ type: 'incident.record_room_lost', by: BOT, incidentId: incident.id, room });
}

async function gone(roomId: string, failure: SlackFailure, { deps }: SlackParts): Promise<SlackFailure> {
  const known = await roomById(deps.db, { platform: SLACK, roomId });
  if (known !== null) await forgetRoom(deps.db, known);
  return known?.key.startsWith('channel:') === true
    ? passing('channel_gone', 'the channel was deleted; it is made anew')
    : { ...failure, room: 'gone' };
}

async function shut(roomId: string, failure: SlackFailure, parts: SlackParts): Promise<SlackFailure> {
  const { db, reads } = parts.deps;
  const known = await roomById(db, { platform: SLACK, roomId });
  // What people archive of their own stays archived.
  if (known?.key.startsWith('borrowed:') === true) return gone(roomId, failure, parts);
  if (known?.key.startsWith('incident:') !== true) return failure;
  const incident = await reads.incidentOfRoom(SLACK, roomId);
  if (incident === null || !isOpen(incident)) return { ...failure, room: 'shut' };
  const opened = await parts.api.call({
    method: 'conversations.unarchive',
    args: { channel: roomId },
    answers: z.object({}),
    urgency: 'room',
  });
  if (opened.ok || opened.failure.code === 'not_archived')
    return passing('reopened', 'somebody archived the channel; it was opened again');
  return opened.failure.kind === 'temporary' ? opened.failure : gone(roomId, failure, parts);
}
