import { Routes } from 'discord.js';
import { z } from 'zod';
import { hearMessages, heardUpTo, noteHeardUpTo, setReactions } from '../../../store/platform-messages.ts';
import type { Called } from '../api.ts';
import type { DiscordParts } from '../parts.ts';
import { DISCORD } from '../parts.ts';
import { Channel } from '../shapes.ts';
import { compareIds } from '../snowflake.ts';
import { DiscordMessage, heardFrom, isSpoken } from './message.ts';

const PAGE = 100;
/** A room in which more was said while nobody listened is read on when it is next looked at. */
const MOST_PAGES = 20;

/** Reads into the transcript what was said since it was last without a gap, in a room and in its threads. False when Discord did not let us. */
export async function fillRoom(roomId: string, parts: DiscordParts): Promise<boolean> {
  if (!(await fillPlace({ roomId, place: roomId, thread: null }, parts))) return false;
  const threads = await parts.apis.house.call(
    { method: 'GET', route: Routes.guildActiveThreads(parts.settings.guild) },
    z.object({ threads: z.array(Channel) }),
  );
  if (!threads.ok) return false;
  const ours = threads.value.threads.filter(({ parent_id }) => parent_id === roomId);
  const filled = await Promise.all(ours.map(({ id }) => fillPlace({ roomId, place: id, thread: id }, parts)));
  return filled.every(Boolean);
}

interface Place {
  readonly roomId: string;
  /** The room itself, or a thread in it. */
  readonly place: string;
  readonly thread: string | null;
}

async function fillPlace({ roomId, place, thread }: Place, parts: DiscordParts): Promise<boolean> {
  const { deps } = parts;
  // Nothing in a channel is older than the channel, whose id is a time as well.
  let after = (await heardUpTo(deps.db, DISCORD, place)) ?? String(BigInt(place) - 1n);
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const read = await readAfter(place, after, parts);
    if (!read.ok) return false;
    const messages = read.value.toSorted((a, b) => compareIds(a.id, b.id));
    await writeDown(messages, { roomId, place, thread }, parts);
    const last = messages.at(-1);
    if (last === undefined) return true;
    after = last.id;
    await noteHeardUpTo(deps.db, { platform: DISCORD, roomId: place, upTo: after, at: deps.clock.now() });
    if (messages.length < PAGE) return true;
  }
  return true;
}

function readAfter(place: string, after: string, { apis }: DiscordParts): Promise<Called<DiscordMessage[]>> {
  return apis.house.call(
    {
      method: 'GET',
      route: Routes.channelMessages(place),
      query: new URLSearchParams({ after, limit: String(PAGE) }),
    },
    z.array(DiscordMessage),
  );
}

async function writeDown(
  messages: readonly DiscordMessage[],
  { roomId, thread }: Place,
  { deps, settings }: DiscordParts,
): Promise<void> {
  const spoken = messages.filter((one) => isSpoken(one) && !isOurOwn(one, settings.application));
  await hearMessages(
    deps.db,
    spoken.map((one) => heardFrom(one, { roomId, thread })),
  );
  for (const { id, reactions } of spoken) {
    if (reactions.length === 0) continue;
    const counted = reactions.map(({ emoji, count }) => ({ name: emoji.name ?? emoji.id ?? '?', count }));
    await setReactions(deps.db, { platform: DISCORD, roomId, messageId: id }, counted);
  }
}

/** What we said is written down when we say it, in words; the application and its bot have one id. */
export function isOurOwn({ author }: DiscordMessage, application: string): boolean {
  return author.id === application;
}
