import { Routes } from 'discord.js';
import { z } from 'zod';
import type { DiscordParts } from '../parts.ts';
import { Channel } from '../shapes.ts';

const Threads = z.object({ threads: z.array(Channel) });

/** The threads of the server in which something may be said; null when Discord did not let us see them. */
export async function awakeThreads({ apis, settings }: DiscordParts): Promise<readonly Channel[] | null> {
  const read = await apis.house.call(
    { method: 'GET', route: Routes.guildActiveThreads(settings.guild) },
    Threads,
  );
  return read.ok ? read.value.threads : null;
}

/** The threads of a room that went to sleep, the newest of them; null when Discord did not let us see them. */
export async function sleepingThreads(
  roomId: string,
  { apis }: DiscordParts,
): Promise<readonly Channel[] | null> {
  const read = await apis.house.call(
    { method: 'GET', route: Routes.channelThreads(roomId, 'public') },
    Threads,
  );
  if (read.ok) return read.value.threads;
  // A room that is a post of a forum has no threads to ask for.
  return read.failure.kind === 'temporary' ? null : [];
}
