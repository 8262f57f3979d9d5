import { randomUUID } from 'node:crypto';
import type { KeptMessage, Tell } from '../../store/messages.ts';
import { changesAfter } from '../../store/messages.ts';
import type { ConsoleDeps } from './deps.ts';
import type { RoomTail } from './room-tail.ts';
import { createRoomTail } from './room-tail.ts';

/** The channel of the database on which processes tell each other that something changed in the console. */
const CHANNEL = 'firebell_console';

/** Carries changes of rooms to whoever looks at them, in this process and in others. */
export interface Live {
  /** What a writer has the database tell the other processes, in the transaction of the change. */
  readonly tellOf: (roomId: number) => Tell;
  /** Something in this room changed here, and is committed. */
  readonly roomChanged: (roomId: number) => void;
  /** Calls with every change of the room's messages after a change, missing none and doubling none. Answers with the way to stop. */
  readonly follow: (roomId: number, after: number, hear: (message: KeptMessage) => void) => () => void;
  /** Calls with the id of each room in which something changed. Answers with the way to stop. */
  readonly watch: (hear: (roomId: number) => void) => () => void;
  /** Begins to hear other processes. */
  readonly start: () => Promise<void>;
  /** Stops hearing them, and lets everyone who watches go. */
  readonly stop: () => Promise<void>;
  /** Called when everyone is let go. Answers with the way to stop. */
  readonly onStop: (then: () => void) => () => void;
}

/** Makes the carrier of one process. */
export function createLive({ db, logger, listen }: Pick<ConsoleDeps, 'db' | 'logger' | 'listen'>): Live {
  const origin = randomUUID();
  const tails = new Map<number, RoomTail>();
  const watchers = new Set<(roomId: number) => void>();
  const atStop = new Set<() => void>();
  let stopListening: (() => Promise<void>) | null = null;

  const roomChanged = (roomId: number): void => {
    for (const hear of watchers) hear(roomId);
    tails.get(roomId)?.readOn();
  };
  const tailOf = (roomId: number): RoomTail => {
    const tail =
      tails.get(roomId) ??
      createRoomTail({
        read: (after, limit) => changesAfter(db, { roomId, after, limit }),
        failed: (err) => logger.warn({ err, room: roomId }, 'could not read what was said; trying again'),
      });
    tails.set(roomId, tail);
    return tail;
  };
  return {
    tellOf: (roomId) => ({ channel: CHANNEL, payload: `${origin} ${roomId}` }),
    roomChanged,
    follow(roomId, after, hear) {
      const tail = tailOf(roomId);
      const stop = tail.follow(after, hear);
      return () => {
        stop();
        if (!tail.isFollowed() && tails.get(roomId) === tail) tails.delete(roomId);
      };
    },
    watch: (hear) => addTo(watchers, hear),
    onStop: (then) => addTo(atStop, then),
    async start() {
      stopListening = await listen(CHANNEL, (payload) => {
        const [from, roomId] = payload.split(' ');
        if (from === origin) return;
        if (roomId !== undefined) return roomChanged(Number(roomId));
        // The connection was lost for a while: anything may have changed.
        for (const each of tails.keys()) roomChanged(each);
        for (const hear of watchers) hear(0);
      });
    },
    async stop() {
      for (const then of atStop) then();
      await stopListening?.();
    },
  };
}

function addTo<T>(set: Set<T>, one: T): () => void {
  set.add(one);
  return () => {
    set.delete(one);
  };
}
