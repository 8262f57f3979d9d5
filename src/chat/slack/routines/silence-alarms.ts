import { z } from 'zod';
import { isOpen } from '../../../domain/incident/incident.ts';
import type { Incident } from '../../../domain/incident/incident.ts';
import { formatDuration } from '../../../lib/duration.ts';
import { dropAlarm, keepAlarm, waitingAlarms } from '../../../store/silence-alarms.ts';
import type { SilenceAlarm } from '../../../store/silence-alarms.ts';
import { peopleOfTargets } from '../../on-call-people.ts';
import { headlineOf } from '../../views/naming.ts';
import { pagesOf } from '../cursor.ts';
import type { SlackAnswer } from '../failure.ts';
import { SLACK } from '../parts.ts';
import type { SlackParts } from '../parts.ts';
import { escapeText } from '../render/mrkdwn.ts';
import { directRoom } from '../rooms.ts';

/** An alarm is pushed forward this long before Slack would send it, at the latest. */
const PUSH_MS = 5 * 60_000;
/** More open incidents than anybody works on at once: the newest have alarms. */
const MOST_INCIDENTS = 40;
const MOST_PEOPLE = 3;

const Scheduled = z.object({ scheduled_message_id: z.string() });
const Listed = z.object({
  scheduled_messages: z.array(z.object({ id: z.string(), channel_id: z.string() })),
});

/** Where an alarm is to wait, and what it would say. */
interface Wanted {
  readonly roomId: string;
  readonly about: string;
  readonly text: string;
}

/**
 * Keeps a message waiting at Slack for each open incident, in its room and with those who were paged for it. As long as we live it is
 * pushed forward; when our whole house is dark, Slack sends it.
 */
export function createSilenceAlarms(parts: SlackParts, silentMs: () => number | null) {
  let isTidy = false;
  return async (now: Date): Promise<void> => {
    const afterMs = silentMs();
    const wanted = afterMs === null ? [] : await wantedNow(parts, now, afterMs);
    const waiting = await waitingAlarms(parts.deps.db, SLACK);
    if (!isTidy) isTidy = await takeStraysOut(waiting, parts);
    for (const one of wanted) {
      const before = waiting.find(({ roomId, about }) => roomId === one.roomId && about === one.about);
      const left = (before?.dueAt.getTime() ?? 0) - now.getTime();
      if (afterMs !== null && left < afterMs) await push({ one, before, afterMs, now }, parts);
    }
    const names = new Set(wanted.map(({ roomId, about }) => `${roomId} ${about}`));
    for (const one of waiting) if (!names.has(`${one.roomId} ${one.about}`)) await takeOut(one, parts);
  };
}

async function wantedNow(parts: SlackParts, now: Date, afterMs: number): Promise<readonly Wanted[]> {
  const open = await parts.deps.reads.listIncidents({ state: 'open', limit: MOST_INCIDENTS });
  const wanted: Wanted[] = [];
  for (const incident of open) {
    if (!isOpen(incident) || incident.kind === 'retrospective' || incident.room?.platform !== SLACK) continue;
    const text = await words(incident, { parts, now, afterMs });
    for (const roomId of [incident.room.roomId, ...(await directRoomsOf(incident, parts))])
      wanted.push({ roomId, about: `incident:${incident.id}`, text });
  }
  return wanted;
}

/** The direct messages of those who were paged last and have not been relieved. */
async function directRoomsOf(incident: Incident, parts: SlackParts): Promise<readonly string[]> {
  const { people } = parts.deps.directory();
  const pages = await parts.deps.reads.pagesOf(incident.id);
  const paged = [...new Set(pages.map(({ personId }) => personId))].slice(-MOST_PEOPLE);
  const rooms: string[] = [];
  for (const id of paged) {
    const person = people.get(id);
    const account = person && (await parts.people.accountOf(person, 'room'));
    const room = account?.ok ? await directRoom(account.value, person?.name ?? id, parts) : null;
    if (room?.ok) rooms.push(room.value.roomId);
  }
  return rooms;
}

interface Telling {
  readonly parts: SlackParts;
  readonly now: Date;
  readonly afterMs: number;
}

/** Slack will say it long after we wrote it, so it names people and nothing that changes by the minute. */
async function words(incident: Incident, { parts, now, afterMs }: Telling): Promise<string> {
  const directory = parts.deps.directory();
  const policy = incident.policy === null ? undefined : directory.policies.get(incident.policy);
  const targets = [...(policy?.steps.flatMap((step) => step.targets) ?? []), ...directory.lastResort.targets];
  const ids = peopleOfTargets(targets, directory, now).slice(0, 10);
  const accounts = await parts.people.accountsOf(ids);
  const names = ids.map((id) => {
    const account = accounts.get(id);
    return account === undefined ? escapeText(directory.people.get(id)?.name ?? id) : `<@${account}>`;
  });
  const whom = names.length === 0 ? 'the people you know' : names.join(', ');
  return [
    `🔴 *Firebell has been silent for ${formatDuration(afterMs)}*, and this is still open: ${escapeText(headlineOf(incident, directory))}.`,
    `Nobody is being paged any more. Escalate by hand: ${whom}. Then look after Firebell itself.`,
  ].join('\n');
}

interface Pushing {
  readonly one: Wanted;
  readonly before: SilenceAlarm | undefined;
  readonly afterMs: number;
  readonly now: Date;
}

/** The new one waits before the old one is taken out, so that there is no moment without. */
async function push({ one, before, afterMs, now }: Pushing, parts: SlackParts): Promise<void> {
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
    const { code, reason } = scheduled.failure;
    // The room was archived or deleted: there is nobody left to tell in it.
    if (['channel_not_found', 'is_archived', 'not_in_channel'].includes(code)) return;
    throw new Error(`a message that would raise the alarm in Slack could not be left there: ${reason}`);
  }
  const scheduledId = scheduled.value.scheduled_message_id;
  await keepAlarm(parts.deps.db, {
    platform: SLACK,
    roomId: one.roomId,
    about: one.about,
    scheduledId,
    dueAt,
  });
  if (before !== undefined) await cancel(before.roomId, before.scheduledId, parts);
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

/** What a process that died between leaving a message and writing it down left behind would be a false alarm. */
async function takeStraysOut(waiting: readonly SilenceAlarm[], parts: SlackParts): Promise<boolean> {
  const known = new Set(waiting.map(({ scheduledId }) => scheduledId));
  const call = {
    method: 'chat.scheduledMessages.list',
    args: { limit: 100 },
    answers: Listed,
    urgency: 'cosmetic' as const,
  };
  for await (const page of pagesOf(call, parts.api)) {
    if (!page.ok) return false;
    for (const { id, channel_id: channel } of page.value.scheduled_messages)
      if (!known.has(id)) await cancel(channel, id, parts);
  }
  return true;
}
