import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { findPlatformPost, intendPost, recordPost, withdrawPost } from '../../store/platform-posts.ts';
import type { PlatformPost } from '../../store/platform-posts.ts';
import type { Message } from '../message.ts';
import type { MessageRef } from '../platform.ts';
import { pagesOf } from './cursor.ts';
import type { SlackAnswer } from './failure.ts';
import type { Urgency } from './lanes.ts';
import { SLACK } from './parts.ts';
import type { SlackParts } from './parts.ts';
import { rendered } from './rendered.ts';

/** Marks our messages in the metadata, so that one that may have arrived is found again. Ids only: every member can read them. */
const MARK = 'firebell_post';

const Sent = z.object({ ts: z.string() });
const History = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      metadata: z
        .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
        .optional()
        .catch(undefined),
    }),
  ),
});

/** The history may lag behind a moment: what was sent less than this ago is not called absent. */
const LAG_MS = 2_000;
/** Clocks differ: history is read from a little before. */
const LEEWAY_S = 5;

/** One message to say in a room. */
export interface Saying {
  readonly roomId: string;
  readonly message: Message;
  readonly key: string;
}

/** Direct messages are what pages are: they wait for nothing else. */
export function urgencyIn(roomId: string): Urgency {
  return roomId.startsWith('D') ? 'page' : 'room';
}

/** Says it once per key. What an earlier try may have said is looked for in the channel before it is said again; `onSent` hears of what is new. */
export async function post(
  { roomId, message, key }: Saying,
  parts: SlackParts,
  onSent: (ref: MessageRef) => void,
): Promise<SlackAnswer<MessageRef>> {
  const { deps } = parts;
  const postKey = { platform: SLACK, roomId, key };
  const intended = await intendPost(deps.db, postKey, deps.clock.now());
  if (intended.messageId !== null) return found(intended, intended.messageId);
  if (!intended.isNew) {
    const earlier = await search(intended, parts);
    if (earlier.ok && earlier.value !== null) return earlier as SlackAnswer<MessageRef>;
    // A page is better told twice than not at all.
    if (!earlier.ok && urgencyIn(roomId) !== 'page') return earlier;
  }
  const sent = await parts.api.call({
    method: 'chat.postMessage',
    args: {
      channel: roomId,
      ...(await rendered(message, { roomId, parts })),
      metadata: { event_type: MARK, event_payload: { op: key } },
      unfurl_links: false,
      unfurl_media: false,
    },
    answers: Sent,
    urgency: urgencyIn(roomId),
  });
  if (sent.ok) {
    const ref = { roomId, messageId: sent.value.ts };
    await recordPost(deps.db, { ...postKey, ...ref }, deps.clock.now());
    onSent(ref);
    return { ok: true, value: ref };
  }
  if (!sent.failure.isAmbiguous) await withdrawPost(deps.db, postKey);
  return sent;
}

/** The message that was said under this key; null when there is none. */
export async function posted(
  roomId: string,
  key: string,
  parts: SlackParts,
): Promise<SlackAnswer<MessageRef | null>> {
  const intended = await findPlatformPost(parts.deps.db, { platform: SLACK, roomId, key });
  if (intended === null) return { ok: true, value: null };
  return intended.messageId === null ? search(intended, parts) : found(intended, intended.messageId);
}

function found({ roomId }: PlatformPost, messageId: string): SlackAnswer<MessageRef> {
  return { ok: true, value: { roomId, messageId } };
}

/** Looks in the channel for what may have arrived. */
async function search(intended: PlatformPost, parts: SlackParts): Promise<SlackAnswer<MessageRef | null>> {
  const { deps } = parts;
  const first = await look(intended, parts);
  const age = deps.clock.now().getTime() - intended.intendedAt.getTime();
  if (!first.ok || first.value !== null || age >= LAG_MS) return first;
  await wait(LAG_MS - Math.max(0, age));
  return look(intended, parts);
}

async function look(intended: PlatformPost, parts: SlackParts): Promise<SlackAnswer<MessageRef | null>> {
  const { roomId, key, intendedAt } = intended;
  const call = {
    method: 'conversations.history',
    args: {
      channel: roomId,
      oldest: String(Math.max(0, Math.floor(intendedAt.getTime() / 1_000) - LEEWAY_S)),
      inclusive: true,
      limit: 100,
      include_all_metadata: true,
    },
    answers: History,
    urgency: urgencyIn(roomId),
  };
  for await (const page of pagesOf(call, parts.api)) {
    if (!page.ok) return page;
    const mine = page.value.messages.find(
      ({ metadata }) => metadata?.event_type === MARK && metadata.event_payload['op'] === key,
    );
    if (mine === undefined) continue;
    await recordPost(
      parts.deps.db,
      { platform: SLACK, roomId, key, messageId: mine.ts },
      parts.deps.clock.now(),
    );
    return { ok: true, value: { roomId, messageId: mine.ts } };
  }
  return { ok: true, value: null };
}
