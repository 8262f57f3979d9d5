import { z } from 'zod';
import { roomById } from '../../store/platform-rooms.ts';
import { pagesOf } from './cursor.ts';
import type { SlackAnswer } from './failure.ts';
import { SLACK } from './parts.ts';
import type { SlackParts } from './parts.ts';

const Own = z.object({
  channels: z.array(
    z.object({ id: z.string(), name: z.string(), creator: z.string().optional(), created: z.number() }),
  ),
});

/** Clocks differ, and a channel is made a moment after that was intended. */
const LEEWAY_MS = 60_000;

/** The open channel of this name that this bot made since then and that is no other room of ours; null when there is none. */
export async function ownChannelNamed(
  name: string,
  since: Date,
  parts: SlackParts,
): Promise<SlackAnswer<{ readonly id: string; readonly name: string } | null>> {
  const self = await parts.identity.ask();
  if (!self.ok) return self;
  const args = { types: 'public_channel,private_channel', exclude_archived: true, limit: 200 };
  const call = { method: 'users.conversations', args, answers: Own, urgency: 'room' as const };
  for await (const page of pagesOf(call, parts.api)) {
    if (!page.ok) return page;
    const found = page.value.channels.find(
      (one) =>
        one.name === name &&
        one.creator === self.value.userId &&
        one.created * 1_000 >= since.getTime() - LEEWAY_MS,
    );
    if (found === undefined) continue;
    const taken = await roomById(parts.deps.db, { platform: SLACK, roomId: found.id });
    return { ok: true, value: taken === null ? found : null };
  }
  return { ok: true, value: null };
}
