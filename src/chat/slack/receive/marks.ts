import {
  countReaction,
  findLedgerMessage,
  hearMessages,
  setPinned,
} from '../../../store/platform-messages.ts';
import { fetchMessage } from '../ledger/fill.ts';
import { heardOf } from '../ledger/heard.ts';
import { SLACK } from '../parts.ts';
import { nameOf } from '../profiles.ts';
import type { ReceiveParts } from './deps.ts';
import { PinEvent, ReactionEvent } from './payloads.ts';
import type { SlackMessage } from './payloads.ts';
import type { OurRooms } from './rooms.ts';
import { speakerOf } from './speaker.ts';
import { addToTimeline } from './to-timeline.ts';

/** What hearing marks works with. */
export interface MarkParts {
  readonly parts: ReceiveParts;
  readonly rooms: OurRooms;
}

/** Reactions that put a message on the timeline. */
const TIMELINE_REACTIONS = new Set(['pushpin', 'round_pushpin']);

/** A reaction counts in the transcript; a pushpin puts the message on the timeline. */
export async function hearReaction(event: unknown, { parts, rooms }: MarkParts): Promise<void> {
  const { type, user, reaction, item } = ReactionEvent.parse(event);
  if (item.channel === undefined || item.ts === undefined) return;
  const ref = { platform: SLACK, roomId: item.channel, messageId: item.ts };
  const name = reaction.split('::')[0] ?? reaction;
  const isKnown = await countReaction(parts.deps.db, ref, { name, by: type === 'reaction_added' ? 1 : -1 });
  // What is read from the history has this reaction already.
  if (!isKnown) await fetchMessage({ roomId: item.channel, ts: item.ts, thread: null }, parts);
  if (type === 'reaction_added' && TIMELINE_REACTIONS.has(name))
    await noteMarked({ channel: item.channel, ts: item.ts, userId: user, message: null }, { parts, rooms });
}

/** A pin is kept in the transcript, and puts the message on the timeline unless it is one of ours. */
export async function hearPin(event: unknown, { parts, rooms }: MarkParts): Promise<void> {
  const { type, user, channel_id: channel, item } = PinEvent.parse(event);
  const { message } = item;
  if (message === undefined) return;
  const ref = { platform: SLACK, roomId: channel, messageId: message.ts };
  const by = type === 'pin_added' ? user : null;
  if (!(await setPinned(parts.deps.db, ref, by))) {
    const us = parts.identity.known()?.userId ?? null;
    await hearMessages(parts.deps.db, [
      await heardOf(channel, message, { nameOf: (id) => nameOf(id, parts.profiles), us }),
    ]);
    await setPinned(parts.deps.db, ref, by);
  }
  if (by !== null && by !== parts.identity.known()?.userId)
    await noteMarked({ channel, ts: message.ts, userId: by, message }, { parts, rooms });
}

interface Marked {
  readonly channel: string;
  readonly ts: string;
  readonly userId: string;
  readonly message: SlackMessage | null;
}

async function noteMarked(
  { channel, ts, userId, message }: Marked,
  { parts, rooms }: MarkParts,
): Promise<void> {
  const incident = await rooms.incidentOf(channel);
  if (incident === null) return;
  const speaker = await speakerOf({ userId, teamId: null, name: null }, parts);
  if (speaker.kind === 'external') return;
  const known = message ?? (await messageOf(channel, ts, parts));
  if (known === null || known.user === parts.identity.known()?.userId) return;
  await addToTimeline({ incidentId: incident.id, by: speaker.actor, userId, message: known }, parts);
}

/** From the transcript, where replies stand too; else from Slack. */
async function messageOf(roomId: string, ts: string, parts: ReceiveParts): Promise<SlackMessage | null> {
  const kept = await findLedgerMessage(parts.deps.db, { platform: SLACK, roomId, messageId: ts });
  if (kept === null) return fetchMessage({ roomId, ts, thread: null }, parts);
  if (kept.deletedAt !== null) return null;
  return {
    ts,
    user: kept.author,
    text: kept.text,
    files: kept.files.map(({ id, name }) => ({ id, name })),
  };
}
