import type { Lease } from '../store/outbox.ts';

interface Waiting {
  readonly lease: Lease;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Answers when the effect is out of the outbox; throws when the database does. */
export type Finish = (lease: Lease) => Promise<void>;

/** Takes finished effects out: those that finish while a commit is under way share the next one. */
export function finishTogether(take: (leases: readonly Lease[]) => Promise<unknown>): Finish {
  let waiting: Waiting[] = [];
  let isTaking = false;

  async function takeAll(): Promise<void> {
    isTaking = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await take(batch.map(({ lease }) => lease)).then(
        () => batch.forEach(({ resolve }) => resolve()),
        (error: unknown) => batch.forEach(({ reject }) => reject(error)),
      );
    }
    isTaking = false;
  }

  return (lease) =>
    new Promise((resolve, reject) => {
      waiting.push({ lease, resolve, reject });
      if (!isTaking) void takeAll();
    });
}
