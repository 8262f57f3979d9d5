import { z } from 'zod';
import { dropAlarm, keepAlarm, waitingAlarms } from '../../../store/silence-alarms.ts';
import type { SilenceAlarm } from '../../../store/silence-alarms.ts';
import { note } from '../../views/blocks.ts';
import { pagesOf } from '../cursor.ts';
import type { SlackAnswer } from '../failure.ts';
import { SLACK } from '../parts.ts';
import type { SlackParts } from '../parts.ts';
import { post } from '../posts.ts';
import { wantedAlarms } from './alarm-words.ts';
import type { Wanted } from './alarm-words.ts';

/** An alarm is pushed forward this long before Slack would send it, at the latest. */
const PUSH_MS = 5 * 60_000;

const BACK =
  'Firebell is running again and pages as before: what was said above about its silence is over. Whoever has this in hand acknowledges it, so that nobody else is woken.';

const NOBODY_THERE = new Set(['channel_not_found', 'is_archived', 'not_in_channel']);

const Scheduled = z.object({ scheduled_message_id: z.string() });
const Listed = z.object({
  scheduled_messages: z.array(z.object({ id: z.string(), channel_id: z.string() })),
});

/**
 * Keeps a message waiting at Slack for each open incident in its room, and one with each person who would have to act. As long as we live
 * they are pushed forward; when our whole house is dark, Slack sends them. Throws an Error that says what is wrong when one could not be
 * left there, after the others had their turn.
 */
export function createSilenceAlarms(parts: SlackParts, silentMs: () => number | null) {
  const tidying = { isDone: false };
  return async (now: Date): Promise<void> => {
    const afterMs = silentMs();
    const wanted = afterMs === null ? [] : await wantedAlarms({ parts, now, afterMs });
    const before = await waitingAlarms(parts.deps.db, SLACK);
    // One whose time has come was sent, unless this process was merely slow.
    if (before.some(({ dueAt }) => dueAt <= now)) tidying.isDone = false;
    if (!tidying.isDone) tidying.isDone = await tidy(before, parts);
    const waiting = await waitingAlarms(parts.deps.db, SLACK);
    const pushes = wanted
      .map((one) => ({
        one,
        before: waiting.find(({ roomId, about }) => roomId === one.roomId && about === one.about),
      }))
      .filter(({ before }) => before === undefined || leftOf(before, now) < (afterMs ?? 0))
      // One that was sent stays known until it was said that we are back.
      .filter(({ before }) => tidying.isDone || before === undefined || before.dueAt > now)
      // What would be said first comes first: Slack may let through only so many.
      .toSorted((a, b) => leftOf(a.before, now) - leftOf(b.before, now));
    const troubles: string[] = [];
    for (const { one, before } of pushes) {
      const pushed = await push({ one, before, afterMs: afterMs ?? 0, now, tidying }, parts);
      if (pushed.trouble !== null) troubles.push(pushed.trouble);
      if (pushed.isFull) break;
    }
    const names = new Set(wanted.map(({ roomId, about }) => `${roomId} ${about}`));
    for (const one of waiting) if (!names.has(`${one.roomId} ${one.about}`)) await takeOut(one, parts);
    const [trouble] = troubles;
    if (trouble !== undefined)
      throw new Error(`a message that would raise the alarm in Slack could not be left there: ${trouble}`);
  };
}

/** How long it is until Slack would say it; nothing can be said falsely that does not wait there yet. */
function leftOf(before: SilenceAlarm | undefined, now: Date): number {
  return before === undefined ? Infinity : before.dueAt.getTime() - now.getTime();
}

interface Pushing {
  readonly one: Wanted;
  readonly before: SilenceAlarm | undefined;
  readonly afterMs: number;
  readonly now: Date;
  readonly tidying: { isDone: boolean };
}

/** What became of one; `isFull` when Slack takes no more of them for now. */
interface Pushed {
  readonly trouble: string | null;
  readonly isFull: boolean;
}

const WELL: Pushed = { trouble: null, isFull: false };

/** The new one waits before the old one is taken out, so that there is no moment without. */
async function push({ one, before, afterMs, now, tidying }: Pushing, parts: SlackParts): Promise<Pushed> {
  const dueAt = new Date(now.getTime() + afterMs + PUSH_MS);
  const scheduled = await parts.api.call({
    method: 'chat.scheduleMessage',
    args: {
      channel: one.roomId,
      post_at: Math.floor(dueAt.getTime() / 1_000),
      text: one.text,
      unfurl_links: false,
      unfurl_media: false,
    },
    answers: Scheduled,
    urgency: 'cosmetic',
  });
  if (!scheduled.ok) {
    const { code, reason, notYet = false } = scheduled.failure;
    // The next round goes on with those that found no room in this one.
    if (notYet) return { trouble: null, isFull: true };
    // The room was archived or deleted: there is nobody left to tell in it.
    if (NOBODY_THERE.has(code)) return WELL;
    return { trouble: reason, isFull: code.startsWith('rate') };
  }
  const scheduledId = scheduled.value.scheduled_message_id;
  await keepAlarm(parts.deps.db, {
    platform: SLACK,
    roomId: one.roomId,
    about: one.about,
    scheduledId,
    dueAt,
  });
  const cancelled = before && (await cancel(before.roomId, before.scheduledId, parts));
  // It would be a false alarm: it is looked for among those that wait.
  if (cancelled?.ok === false && cancelled.failure.kind === 'temporary') tidying.isDone = false;
  return WELL;
}

async function takeOut(alarm: SilenceAlarm, parts: SlackParts): Promise<void> {
  const cancelled = await cancel(alarm.roomId, alarm.scheduledId, parts);
  if (cancelled.ok || cancelled.failure.kind !== 'temporary') await dropAlarm(parts.deps.db, alarm);
}

function cancel(channel: string, scheduledId: string, { api }: SlackParts): Promise<SlackAnswer<unknown>> {
  return api.call({
    method: 'chat.deleteScheduledMessage',
    args: { channel, scheduled_message_id: scheduledId },
    answers: z.object({}),
    urgency: 'cosmetic',
  });
}

/**
 * Makes what Slack has waiting agree with what we know: a stray that a process left that died would be a false alarm, and one that Slack
 * has sent is followed by word that we are back. False when not all of it could be done.
 */
async function tidy(known: readonly SilenceAlarm[], parts: SlackParts): Promise<boolean> {
  const listed = await listedAtSlack(parts);
  if (listed === null) return false;
  const ids = new Set(known.map(({ scheduledId }) => scheduledId));
  for (const { id, channel } of listed) {
    if (ids.has(id)) continue;
    const cancelled = await cancel(channel, id, parts);
    if (!cancelled.ok && cancelled.failure.kind === 'temporary') return false;
  }
  const still = new Set(listed.map(({ id }) => id));
  // What another process has pushed forward meanwhile is known by another id by now, and was not sent.
  for (const alarm of await waitingAlarms(parts.deps.db, SLACK))
    if (ids.has(alarm.scheduledId) && !still.has(alarm.scheduledId) && !(await sayBack(alarm, parts)))
      return false;
  return true;
}

/** Every message that waits at Slack; null when it does not say. */
async function listedAtSlack({ api }: SlackParts) {
  const call = {
    method: 'chat.scheduledMessages.list',
    args: { limit: 100 },
    answers: Listed,
    urgency: 'cosmetic' as const,
  };
  const listed: { readonly id: string; readonly channel: string }[] = [];
  for await (const page of pagesOf(call, api)) {
    if (!page.ok) return null;
    listed.push(...page.value.scheduled_messages.map(({ id, channel_id: channel }) => ({ id, channel })));
  }
  return listed;
}

/** Whoever read that nobody is paged any more reads that this is over. False when it is to be tried again. */
async function sayBack(alarm: SilenceAlarm, parts: SlackParts): Promise<boolean> {
  const directory = parts.deps.directory();
  const message = note([[BACK]], { directory, zone: directory.settings.zone });
  const { roomId, scheduledId } = alarm;
  const said = await post({ roomId, message, key: `back:${scheduledId}` }, parts, () => undefined);
  if (!said.ok && said.failure.kind === 'temporary') return false;
  await dropAlarm(parts.deps.db, alarm);
  return true;
}
