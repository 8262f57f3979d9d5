import { z } from 'zod';
import {
  deleteMessage,
  hearMessages,
  heardUpTo,
  noteHeardUpTo,
  setReactions,
  wholeTranscript,
} from '../../../store/platform-messages.ts';
import { borrowedFrom } from '../adopt.ts';
import { pagesOf } from '../cursor.ts';
import type { SlackAnswer } from '../failure.ts';
import { SLACK } from '../parts.ts';
import { nameOf } from '../profiles.ts';
import type { LedgerParts } from './parts.ts';
import { SlackMessage } from '../receive/payloads.ts';
import { heardOf, instantOf, isWorthKeeping } from './heard.ts';

const Page = z.object({
  messages: z.array(SlackMessage),
  is_limited: z.boolean().optional(),
});

/** What Slack is asked for; it may give fewer, and says itself whether there is more. */
const PAGE = 200;

/**
 * Reads what a channel's history says and makes the transcript agree with it: what was said, changed, taken back and reacted to while
 * nobody listened, in threads too. A failure leaves the transcript as far as it came, and the next time begins again.
 */
export async function fillRoom(roomId: string, parts: LedgerParts): Promise<SlackAnswer<null>> {
  const { deps } = parts;
  const since = await heardUpTo(deps.db, SLACK, roomId);
  const from = await borrowedFrom(roomId, parts);
  const seen = new Set<string>();
  let newest = since ?? '0';
  let isWhole = true;
  for await (const page of pagesOf(historyCall(roomId, from), parts.api)) {
    if (!page.ok) return page;
    const { messages, is_limited: isLimited = false } = page.value;
    if (isLimited) isWhole = false;
    await hearAll(roomId, messages, parts);
    for (const message of messages) {
      seen.add(message.ts);
      newest = later(newest, message.ts);
      const hasNews = message.reply_count !== undefined && (since === null || newerThan(message, since));
      if (!hasNews) continue;
      const filled = await fillThread({ roomId, thread: message.ts, since }, seen, parts);
      if (!filled.ok) return filled;
    }
  }
  if (isWhole) await buryMissing(roomId, { seen, from, upTo: newest }, parts);
  await noteHeardUpTo(deps.db, { platform: SLACK, roomId, upTo: newest, at: deps.clock.now() });
  return { ok: true, value: null };
}

interface Thread {
  readonly roomId: string;
  readonly thread: string;
  readonly since: string | null;
}

async function fillThread(
  { roomId, thread }: Thread,
  seen: Set<string>,
  parts: LedgerParts,
): Promise<SlackAnswer<null>> {
  for await (const page of pagesOf(repliesCall(roomId, thread), parts.api)) {
    if (!page.ok) return page;
    await hearAll(roomId, page.value.messages, parts);
    for (const { ts } of page.value.messages) seen.add(ts);
  }
  return { ok: true, value: null };
}

/** One message that was never heard, and is asked about: somebody pins or marks it. Null when Slack does not give it. */
export async function fetchMessage(
  { roomId, ts, thread }: { readonly roomId: string; readonly ts: string; readonly thread: string | null },
  parts: LedgerParts,
): Promise<SlackMessage | null> {
  const range = { oldest: ts, latest: ts, inclusive: true, limit: 1 };
  const call = thread === null ? historyCall(roomId) : repliesCall(roomId, thread);
  const found = await parts.api.call({ ...call, args: { ...call.args, ...range } });
  if (!found.ok) return null;
  const message = found.value.messages.find((one) => one.ts === ts) ?? null;
  if (message !== null) await hearAll(roomId, [message], parts);
  return message;
}

function historyCall(roomId: string, from: Date | null = null) {
  const oldest = from === null ? {} : { oldest: String(from.getTime() / 1_000) };
  return {
    method: 'conversations.history',
    args: { channel: roomId, limit: PAGE, include_all_metadata: true, ...oldest },
    answers: Page,
    urgency: 'cosmetic' as const,
  };
}

function repliesCall(roomId: string, thread: string) {
  return {
    method: 'conversations.replies',
    args: { channel: roomId, ts: thread, limit: PAGE, include_all_metadata: true },
    answers: Page,
    urgency: 'cosmetic' as const,
  };
}

async function hearAll(roomId: string, messages: readonly SlackMessage[], parts: LedgerParts): Promise<void> {
  const { deps, identity, profiles } = parts;
  const us = identity.known()?.userId ?? null;
  for (const message of messages) {
    if (!isWorthKeeping(message)) continue;
    const heard = await heardOf(roomId, message, { nameOf: (id) => nameOf(id, profiles), us });
    await hearMessages(deps.db, [heard]);
    await setReactions(
      deps.db,
      heard,
      (message.reactions ?? []).map(({ name, count }) => ({ name, count })),
    );
  }
}

/** What was heard once and is gone from the history was taken back while nobody listened. Replies go with their threads' pages. */
async function buryMissing(
  roomId: string,
  {
    seen,
    from,
    upTo,
  }: { readonly seen: ReadonlySet<string>; readonly from: Date | null; readonly upTo: string },
  { deps }: LedgerParts,
): Promise<void> {
  const limit = instantOf(upTo);
  for (const one of await wholeTranscript(deps.db, SLACK, roomId)) {
    const isGone =
      one.deletedAt === null &&
      one.thread === null &&
      one.at <= limit &&
      one.at >= (from ?? one.at) &&
      !seen.has(one.messageId);
    if (isGone) await deleteMessage(deps.db, one, deps.clock.now());
  }
}

function newerThan({ ts, latest_reply: latest }: SlackMessage, since: string): boolean {
  return later(latest ?? ts, since) !== since;
}

function later(a: string, b: string): string {
  return instantOf(a) > instantOf(b) || (instantOf(a).getTime() === instantOf(b).getTime() && a > b) ? a : b;
}
