import { z } from 'zod';
import { markRoomArchived, roomsToArchive } from '../../../store/rooms-over.ts';
import { SLACK } from '../parts.ts';
import type { SlackParts } from '../parts.ts';

/** What Slack's tier lets through in one run. */
const AT_ONCE = 15;

/** Archives the rooms of incidents that have been over for so long; null is never. Each once, so that one opened by hand stays open. */
export function createArchiving(
  { api, deps }: SlackParts,
  afterMs: () => number | null,
): (now: Date) => Promise<void> {
  return async (now) => {
    const wait = afterMs();
    if (wait === null) return;
    const since = new Date(now.getTime() - wait);
    for (const roomId of await roomsToArchive(deps.db, { platform: SLACK, since, limit: AT_ONCE })) {
      const archived = await api.call({
        method: 'conversations.archive',
        args: { channel: roomId },
        answers: z.object({}),
        urgency: 'cosmetic',
      });
      if (!archived.ok && archived.failure.kind === 'temporary') return;
      await markRoomArchived(deps.db, { platform: SLACK, roomId }, now);
    }
  };
}
