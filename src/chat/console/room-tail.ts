import type { KeptMessage } from '../../store/messages.ts';

const BATCH = 200;
const RETRY_AFTER_MS = 1000;

/** Where the changes of one room come from, in order. */
export interface TailSource {
  readonly read: (after: number, limit: number) => Promise<readonly KeptMessage[]>;
  readonly failed: (err: unknown) => void;
}

/** The end of a room's story, read once per process however many follow it. */
export interface RoomTail {
  /** Calls with every change after a change, missing none, doubling none, in order. Answers with the way to stop. */
  readonly follow: (after: number, hear: (message: KeptMessage) => void) => () => void;
  /** Something changed: reads on. Many calls during one read are one more read. */
  readonly readOn: () => void;
  readonly isFollowed: () => boolean;
}

/** Makes the tail of a room. */
export function createRoomTail(source: TailSource): RoomTail {
  const followers = new Set<(messages: readonly KeptMessage[]) => void>();
  const cursors = new Map<object, number>();
  let reading = false;
  let again = false;

  const loop = async (): Promise<void> => {
    while (again && followers.size > 0) {
      again = false;
      const changes = await source.read(Math.min(...cursors.values()), BATCH);
      for (const tell of followers) tell(changes);
      if (changes.length === BATCH) again = true;
    }
  };
  const readOn = (): void => {
    again = true;
    if (reading) return;
    reading = true;
    // Set free in the same turn in which the loop found nothing more, so that no call falls between.
    loop().then(
      () => {
        reading = false;
        if (again && followers.size > 0) readOn();
      },
      (err: unknown) => {
        reading = false;
        source.failed(err);
        setTimeout(readOn, RETRY_AFTER_MS).unref();
      },
    );
  };
  return {
    readOn,
    isFollowed: () => followers.size > 0,
    follow(after, hear) {
      let cursor = after;
      const tell = (changes: readonly KeptMessage[]): void => {
        for (const change of changes) {
          if (change.rev <= cursor) continue;
          cursor = change.rev;
          cursors.set(tell, cursor);
          hear(change);
        }
      };
      followers.add(tell);
      cursors.set(tell, cursor);
      readOn();
      return () => {
        followers.delete(tell);
        cursors.delete(tell);
      };
    },
  };
}
