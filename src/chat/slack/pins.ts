import { z } from 'zod';
import type { MessageRef } from '../platform.ts';
import type { SlackAnswer } from './failure.ts';
import type { SlackParts } from './parts.ts';

/** It is pinned already, or the workspace does not want it pinned: the card works without. */
const HARMLESS = new Set(['already_pinned', 'too_many_pins', 'not_pinnable', 'restricted_action']);

/** Pins a message. */
export async function pin(
  { roomId: channel, messageId: timestamp }: MessageRef,
  { api }: SlackParts,
): Promise<SlackAnswer<null>> {
  const args = { channel, timestamp };
  const pinned = await api.call({ method: 'pins.add', args, answers: z.object({}), urgency: 'card' });
  if (pinned.ok || HARMLESS.has(pinned.failure.code)) return { ok: true, value: null };
  return pinned;
}
