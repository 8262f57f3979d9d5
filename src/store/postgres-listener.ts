import { setTimeout as pass } from 'node:timers/promises';
import type { Sql } from 'postgres';
import type { Store } from './db.ts';

interface Listener {
  readonly listen: Store['listen'];
  readonly close: () => Promise<void>;
}

/** What happens on a connection: it ended, or somebody said something on a channel. */
export interface Hearing {
  readonly onClosed: () => void;
  readonly onNotify: (channel: string, payload: string) => void;
}

type Heard = (payload: string) => void;

/** Pauses between tries to reach a server that is away, in ms: it may be back at any moment. */
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/**
 * A connection of its own that listens, replaced whenever it is lost. Whoever listens is told when it is back, since some may have
 * been missed. The driver's own way of listening stays deaf once a try to come back fails.
 */
export function createListener(connect: (hearing: Hearing) => Sql): Listener {
  const channels = new Map<string, Set<Heard>>();
  let client: Sql | null = null;
  let opening: Promise<Sql> | null = null;
  let isClosed = false;

  async function open(): Promise<Sql> {
    const fresh: Sql = connect({ onClosed: () => lost(fresh), onNotify });
    try {
      for (const channel of channels.keys()) await listenOn(fresh, channel);
    } catch (error) {
      void fresh.end({ timeout: 0 });
      throw error;
    }
    client = fresh;
    return fresh;
  }

  function onNotify(channel: string, payload: string): void {
    for (const heard of channels.get(channel) ?? []) heard(payload);
  }

  function lost(which: Sql): void {
    if (isClosed || which !== client) return;
    client = null;
    void which.end({ timeout: 0 });
    opening = comeBack();
    // Whoever waits for it sees why it failed; nobody has to.
    opening.catch(() => undefined);
  }

  async function comeBack(): Promise<Sql> {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
      await pass(pauseMs, undefined, { ref: false });
      if (isClosed) throw new Error('expected a listener that is open, found a closed one');
      const back = await open().catch(() => null);
      if (!back) continue;
      opening = null;
      for (const listeners of channels.values()) for (const heard of listeners) heard('');
      return back;
    }
  }

  async function begin(): Promise<Sql> {
    try {
      return await open();
    } finally {
      opening = null;
    }
  }

  return {
    listen: async (channel, heard) => {
      const listeners = channels.get(channel) ?? new Set();
      channels.set(channel, listeners.add(heard));
      await listenOn(client ?? (await (opening ??= begin())), channel);
      return async () => void listeners.delete(heard);
    },
    close: async () => {
      isClosed = true;
      await client?.end({ timeout: 5 });
    },
  };
}

async function listenOn(client: Sql, channel: string): Promise<void> {
  await client.unsafe(`listen "${channel.replaceAll('"', '""')}"`);
}
