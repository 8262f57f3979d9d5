import type { Signal } from '../domain/alert/signal.ts';
import { wellFormed } from '../lib/well-formed.ts';
import { isConnectionFailure } from '../store/failure.ts';

/** One post that waits for its commit. */
interface Post {
  readonly signals: readonly Signal[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Takes in what monitors post. */
export interface AlertIntake {
  /** Answers after the commit that holds these signals; throws when they were not stored. */
  readonly take: (signals: readonly Signal[]) => Promise<void>;
  /** Answers when nothing is under way. */
  readonly idle: () => Promise<void>;
}

/** A transaction holds no more signals than this, unless a single post does. */
const MOST_SIGNALS = 500;

/**
 * Gathers the posts that come while a transaction is running, and takes all of them in the next one: the commit is what costs. When such
 * a transaction fails, each post is tried alone, so that a bad one takes no other down.
 */
export function createIntake(receive: (signals: readonly Signal[]) => Promise<void>): AlertIntake {
  const waiting: Post[] = [];
  let running: Promise<void> | null = null;

  async function run(): Promise<void> {
    while (waiting.length > 0) await settle(nextBatch(waiting), receive);
    running = null;
  }

  return {
    take: (signals) =>
      new Promise((resolve, reject) => {
        waiting.push({ signals: signals.map(clean), resolve, reject });
        running ??= run();
      }),
    idle: async () => {
      await running;
    },
  };
}

function nextBatch(waiting: Post[]): readonly Post[] {
  let signals = 0;
  const end = waiting.findIndex((post, i) => {
    signals += post.signals.length;
    return i > 0 && signals > MOST_SIGNALS;
  });
  return waiting.splice(0, end === -1 ? waiting.length : end);
}

async function settle(
  batch: readonly Post[],
  receive: (signals: readonly Signal[]) => Promise<void>,
): Promise<void> {
  try {
    await receive(batch.flatMap(({ signals }) => signals));
    for (const post of batch) post.resolve();
  } catch (error) {
    if (batch.length === 1 || isConnectionFailure(error)) for (const post of batch) post.reject(error);
    else for (const post of batch) await settle([post], receive);
  }
}

/** What the database would change in names is changed first, so that an alert is found again under the name it was stored by. */
function clean(signal: Signal): Signal {
  return {
    ...signal,
    source: wellFormed(signal.source),
    key: wellFormed(signal.key),
    service: signal.service && wellFormed(signal.service),
  };
}
