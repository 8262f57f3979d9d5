import { spokenIn } from '../../files/spoken.ts';
import type { Answer, SpokenMessage } from '../../platform.ts';
import { SLACK } from '../parts.ts';
import { fillRoom } from './fill.ts';
import type { LedgerParts } from './parts.ts';

/**
 * Everything said in a room, as it was heard, and made sure of with Slack's history. When Slack does not answer, what was heard is
 * what there is.
 */
export async function slackTranscript(
  roomId: string,
  parts: LedgerParts,
): Promise<Answer<readonly SpokenMessage[]>> {
  const filled = await fillRoom(roomId, parts);
  const heard = await spokenIn(parts.deps.db, SLACK, roomId);
  if (!filled.ok && heard.length === 0) return filled;
  if (!filled.ok)
    parts.deps.logger.warn(
      { room: roomId, reason: filled.failure.reason },
      'The history of a room could not be read: its transcript is what was heard',
    );
  return { ok: true, value: heard };
}
