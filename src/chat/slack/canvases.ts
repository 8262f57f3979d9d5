import { z } from 'zod';
import { intendPost, recordPost, withdrawPost } from '../../store/platform-posts.ts';
import type { ChatPlatform, RoomDocument } from '../platform.ts';
import type { SlackAnswer } from './failure.ts';
import { SLACK } from './parts.ts';
import type { SlackParts } from './parts.ts';
import { fit } from './render/fit.ts';

const Created = z.object({ canvas_id: z.string() });
const Info = z.object({
  channel: z.object({
    properties: z.object({ canvas: z.object({ file_id: z.string() }).optional() }).optional(),
  }),
});

const LONGEST_TITLE = 255;
/** A plan or a setting that refuses them is asked again after this long. */
const AGAIN_MS = 60 * 60_000;
/** What a plan or a setting of the whole workspace says: the next room would hear the same. */
const OF_WORKSPACE = new Set([
  'canvas_disabled_user_team',
  'team_tier_cannot_create_channel_canvases',
  'restricted_action',
  'missing_scope',
]);

type Shown = 'shown' | 'refused';

/** The canvas of a channel, which Firebell writes anew. What people made a canvas of before stays theirs: `refused`. */
export function createCanvases(parts: SlackParts): NonNullable<ChatPlatform['showDocument']> {
  let askAgainAt = -Infinity;
  return async (roomId, document) => {
    if (performance.now() < askAgainAt) return { ok: true, value: 'refused' };
    const shown = await show(roomId, document, parts);
    if (shown.ok || shown.failure.kind === 'temporary') return shown;
    const { code, reason } = shown.failure;
    if (OF_WORKSPACE.has(code)) askAgainAt = performance.now() + AGAIN_MS;
    parts.deps.logger.info({ reason }, 'Slack has no canvas for a room: the summary is pinned instead');
    return { ok: true, value: 'refused' };
  };
}

async function show(roomId: string, document: RoomDocument, parts: SlackParts): Promise<SlackAnswer<Shown>> {
  const key = { platform: SLACK, roomId, key: 'canvas' };
  const { db, clock } = parts.deps;
  const intended = await intendPost(db, key, clock.now());
  const there = intended.messageId ?? (intended.isNew ? null : await canvasOf(roomId, parts));
  if (there !== null) {
    if (intended.messageId === null) await recordPost(db, { ...key, messageId: there }, clock.now());
    return rewrite(there, document, parts);
  }
  const made = await parts.api.call({
    method: 'conversations.canvases.create',
    args: {
      channel_id: roomId,
      title: fit(document.title, LONGEST_TITLE),
      document_content: { type: 'markdown', markdown: document.markdown },
    },
    answers: Created,
    urgency: 'cosmetic',
  });
  if (made.ok) {
    await recordPost(db, { ...key, messageId: made.value.canvas_id }, clock.now());
    return { ok: true, value: 'shown' };
  }
  if (!made.failure.isAmbiguous) await withdrawPost(db, key);
  return made;
}

/** The canvas that an earlier try may have made. */
async function canvasOf(channel: string, { api }: SlackParts): Promise<string | null> {
  const info = await api.call({
    method: 'conversations.info',
    args: { channel },
    answers: Info,
    urgency: 'cosmetic',
  });
  return info.ok ? (info.value.channel.properties?.canvas?.file_id ?? null) : null;
}

async function rewrite(
  canvasId: string,
  { markdown }: RoomDocument,
  { api }: SlackParts,
): Promise<SlackAnswer<Shown>> {
  const edited = await api.call({
    method: 'canvases.edit',
    args: {
      canvas_id: canvasId,
      changes: [{ operation: 'replace', document_content: { type: 'markdown', markdown } }],
    },
    answers: z.object({}),
    urgency: 'cosmetic',
  });
  // Somebody took it away: they do not want it.
  if (edited.ok || edited.failure.code === 'canvas_not_found') return { ok: true, value: 'shown' };
  return edited;
}
