import { z } from 'zod';
import { roomById } from '../../../store/platform-rooms.ts';
import { DISCORD } from '../parts.ts';
import type { LedgerParts } from './pins.ts';

/** Where something was said: a room of ours, and the thread in it. */
export interface Place {
  readonly roomId: string;
  readonly thread: string | null;
}

/** Knows which channels of the server are rooms of ours, and which threads are in them. */
export interface Places {
  /** Where a channel or thread belongs; null for all the rest of the server. */
  readonly of: (channelId: string) => Promise<Place | null>;
  /** Takes one thread, or a list of them, as the gateway tells it. */
  readonly noteThread: (data: unknown) => void;
  readonly noteThreads: (data: unknown) => void;
  /** It was removed. */
  readonly forget: (channelId: string) => void;
  /** A new session: any channel may be something else by now. */
  readonly begin: () => void;
}

const Thread = z.object({ id: z.string(), parent_id: z.string().nullish() });
const Threads = z.object({ threads: z.array(Thread).optional() });

/** Makes the map of a server; it is filled as things are told and asked. */
export function createPlaces({ deps }: Pick<LedgerParts, 'deps'>): Places {
  /** Thread -> the channel that it is in. */
  const threads = new Map<string, string>();
  const rooms = new Set<string>();

  async function isRoom(channelId: string): Promise<boolean> {
    if (rooms.has(channelId)) return true;
    const room = await roomById(deps.db, { platform: DISCORD, roomId: channelId });
    const isOne = room !== null && !/^(direct|channel|voice):/.test(room.key);
    // A channel may become a room in the moment in which something is said in it, so only a yes is kept.
    if (isOne) rooms.add(channelId);
    return isOne;
  }

  function noteThread(data: unknown): void {
    const { success, data: thread } = Thread.safeParse(data);
    if (success && typeof thread.parent_id === 'string') threads.set(thread.id, thread.parent_id);
  }

  return {
    of: async (channelId) => {
      if (await isRoom(channelId)) return { roomId: channelId, thread: null };
      const parent = threads.get(channelId);
      return parent !== undefined && (await isRoom(parent)) ? { roomId: parent, thread: channelId } : null;
    },
    noteThread,
    noteThreads: (data) => Threads.safeParse(data).data?.threads?.forEach(noteThread),
    forget: (channelId) => {
      rooms.delete(channelId);
      threads.delete(channelId);
    },
    begin: () => rooms.clear(),
  };
}
