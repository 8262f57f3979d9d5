import { Routes } from 'discord.js';
import { z } from 'zod';
import { heardUpTo, noteHeardUpTo, wholeTranscript } from '../../../store/platform-messages.ts';
import type { Called } from '../api.ts';
import type { DiscordParts } from '../parts.ts';
import { DISCORD } from '../parts.ts';
import type { Channel } from '../shapes.ts';
import { compareIds } from '../snowflake.ts';
import { buryMissing } from './bury.ts';
import type { Shown } from './bury.ts';
import { DiscordMessage } from './message.ts';
import type { LedgerParts } from './pins.ts';
import { awakeThreads, sleepingThreads } from './threads.ts';
import { writeDown } from './write-down.ts';
import type { Where } from './write-down.ts';

const PAGE = 100;
/** A room in which more was said while nobody listened is read on when it is next looked at. */
const MOST_PAGES = 20;

/** How much of a room is read. */
export interface FillOptions {
  /**
   * `lately`: what is new, and the hundred messages before it, in the room and in the threads that are awake. `all`: the whole history,
   * and the threads that sleep too.
   */
  readonly back: 'lately' | 'all';
  /** The threads of the server that are awake, where they were just asked for. */
  readonly awake?: readonly Channel[];
}

/**
 * Makes the transcript of a room and of its threads what Discord's history says: what is new is added, what was edited, deleted,
 * reacted to or pinned meanwhile is marked. Answers with the id from which on all of it was read; null when Discord did not let us.
 */
export async function fillRoom(
  roomId: string,
  parts: LedgerParts,
  { back, awake }: FillOptions,
): Promise<string | null> {
  const threads = awake ?? (await awakeThreads(parts));
  const asleep = back === 'all' ? await sleepingThreads(roomId, parts) : [];
  if (threads === null || asleep === null) return null;
  const inRoom = [...threads, ...asleep].filter(({ parent_id }) => parent_id === roomId);
  const places = [null, ...new Set(inRoom.map(({ id }) => id))];
  const held = await wholeTranscript(parts.deps.db, DISCORD, roomId);
  const heldById = new Map(held.map((one) => [one.messageId, one]));
  const shown: Shown[] = [];
  for (const thread of places) {
    const place = thread ?? roomId;
    // Nothing in a channel is older than the channel, whose id is a time as well.
    const known = (await heardUpTo(parts.deps.db, DISCORD, place)) ?? before(place);
    const filling = { roomId, thread, place, known, held: heldById, seen: new Set<string>() };
    const one = await fillPlace(filling, back === 'all' ? MOST_PAGES : 0, parts);
    if (one === null) return null;
    shown.push(one);
  }
  await buryMissing(held, shown, parts);
  return (
    shown
      .map(({ from }) => from)
      .toSorted(compareIds)
      .at(-1) ?? null
  );
}

/** A place that is being read: a room itself, or a thread in it. */
interface Filling extends Where {
  readonly place: string;
  /** What the history showed so far. */
  readonly seen: Set<string>;
}

async function fillPlace(at: Filling, backPages: number, parts: LedgerParts): Promise<Shown | null> {
  const { known } = at;
  const first = before(at.place);
  const newest = await take(at, {}, parts);
  if (newest === null) return null;
  const reached = newest.length < PAGE ? first : (newest[0]?.id ?? first);
  const isWhole = compareIds(reached, known) <= 0;
  const upTo = isWhole ? (newest.at(-1)?.id ?? known) : await readOn(at, parts);
  if (upTo === null) return null;
  await noteUpTo(at, upTo, parts);
  const from = await readBack(at, { from: isWhole ? reached : after(known), first, pages: backPages }, parts);
  return from === null ? null : { place: at.place, thread: at.thread, seen: at.seen, from, upTo };
}

function before(id: string): string {
  return String(BigInt(id) - 1n);
}

function after(id: string): string {
  return String(BigInt(id) + 1n);
}

/** Reads what is new in its order, so that a crash leaves no hole; answers with the id up to which all was seen. */
async function readOn(at: Filling, parts: LedgerParts): Promise<string | null> {
  let upTo = at.known;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const messages = await take(at, { after: upTo }, parts);
    if (messages === null) return null;
    upTo = messages.at(-1)?.id ?? upTo;
    await noteUpTo(at, upTo, parts);
    if (messages.length < PAGE) return upTo;
  }
  return upTo;
}

/** Reads again what is older than `from`; answers with the id from which on all was seen. */
async function readBack(
  at: Filling,
  { from, first, pages }: { readonly from: string; readonly first: string; readonly pages: number },
  parts: LedgerParts,
): Promise<string | null> {
  let reached = from;
  for (let page = 0; page < pages && compareIds(reached, first) > 0; page += 1) {
    const messages = await take(at, { before: reached }, parts);
    if (messages === null) return null;
    reached = messages.length < PAGE ? first : (messages[0]?.id ?? first);
  }
  return reached;
}

function noteUpTo({ place }: Filling, upTo: string, { deps }: LedgerParts): Promise<void> {
  return noteHeardUpTo(deps.db, { platform: DISCORD, roomId: place, upTo, at: deps.clock.now() });
}

/** Reads a page and writes it down; its messages, oldest first. */
async function take(
  at: Filling,
  where: { readonly after?: string; readonly before?: string },
  parts: LedgerParts,
): Promise<readonly DiscordMessage[] | null> {
  const read = await readPage(at.place, where, parts);
  if (!read.ok) return null;
  const messages = read.value.toSorted((a, b) => compareIds(a.id, b.id));
  await writeDown(messages, at, parts);
  for (const { id } of messages) at.seen.add(id);
  return messages;
}

function readPage(
  place: string,
  where: { readonly after?: string; readonly before?: string },
  { apis }: DiscordParts,
): Promise<Called<DiscordMessage[]>> {
  const query = new URLSearchParams({ ...where, limit: String(PAGE) });
  return apis.house.call(
    { method: 'GET', route: Routes.channelMessages(place), query },
    z.array(DiscordMessage),
  );
}
