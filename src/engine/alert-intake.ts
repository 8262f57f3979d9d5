import type { Signal } from '../domain/alert/signal.ts';
import { wellFormed } from '../lib/well-formed.ts';
import { isConnectionFailure } from '../store/failure.ts';
import type { Backlog } from './backlog.ts';
import type { InboxLoop } from './inbox-loop.ts';

/** One post that waits for its commit. */
interface Post {
  readonly signals: readonly Signal[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Takes in what monitors post. */
export interface AlertIntake {
  /** Answers after the commit that holds these signals; throws when they were not stored, `OverloadedError` when too many wait. */
  readonly take: (signals: readonly Signal[]) => Promise<void>;
  /** Answers when nothing is under way. */
  readonly idle: () => Promise<void>;
}

/** What an intake works with. */
export interface IntakePorts {
  /** Decides these, behind all that the inbox holds. */
  readonly decide: (signals: readonly Signal[]) => Promise<void>;
  /** Answers with what to know them by in the inbox. */
  readonly keep: (signals: readonly Signal[]) => Promise<number>;
  readonly inbox: InboxLoop;
  readonly backlog: Backlog;
}

/** A transaction holds no more signals than this, unless a single post does. */
const MOST_SIGNALS = 500;
/** While one batch waits for its commit the next is on its way. Posts that wait for each other's answers are never in both. */
const MOST_KEEPING = 3;

/**
 * Posts that find nobody at work are decided at once. Those that come meanwhile are kept in the inbox, which costs a single insert for
 * all of them, and answered; they are decided next. So a storm is written down as fast as it comes, whatever deciding it takes.
 */
export function createIntake({ decide, keep, inbox, backlog }: IntakePorts): AlertIntake {
  const waiting: Post[] = [];
  let deciding: Promise<void> | null = null;
  const keeping = new Set<Promise<void>>();
  let hasKept = false;
  let soon: NodeJS.Immediate | null = null;

  /** Those whose bytes are here already come along. */
  function beginSoon(): void {
    soon ??= setImmediate(() => {
      soon = null;
      begin();
    });
  }

  function begin(): void {
    if (waiting.length === 0) return;
    if (!deciding && keeping.size === 0 && !inbox.isBusy()) deciding = decideAll();
    else if (keeping.size < MOST_KEEPING) beginKeeping();
  }

  function beginKeeping(): void {
    const kept = keepAll().finally(() => {
      keeping.delete(kept);
      goOn();
      beginSoon();
    });
    keeping.add(kept);
  }

  async function decideAll(): Promise<void> {
    const answers = await settle(nextBatch(waiting), decide);
    // First, so that whoever posts again at once finds nobody at work.
    deciding = null;
    for (const answer of answers) answer();
    goOn();
    begin();
  }

  async function keepAll(): Promise<void> {
    const answers = await settle(nextBatch(waiting), async (signals) => {
      backlog.add(await keep(signals), signals);
    });
    hasKept = true;
    for (const answer of answers) answer();
  }

  function goOn(): void {
    if (deciding || !hasKept) return;
    hasKept = false;
    inbox.wake();
  }

  return {
    take: (signals) =>
      new Promise((resolve, reject) => {
        backlog.check(signals);
        waiting.push({ signals: signals.map(clean), resolve, reject });
        beginSoon();
      }),
    idle: async () => {
      while (waiting.length > 0 || deciding || keeping.size > 0)
        await Promise.all([deciding, ...keeping, new Promise(setImmediate)]);
      await inbox.idle();
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

/** Stores a batch, and says how to answer its posts. When it fails, each is tried alone, so that a bad one takes no other down. */
async function settle(
  batch: readonly Post[],
  store: (signals: readonly Signal[]) => Promise<void>,
): Promise<readonly Answer[]> {
  try {
    await store(batch.flatMap(({ signals }) => signals));
    return batch.map(({ resolve }) => resolve);
  } catch (error) {
    if (batch.length === 1 || isConnectionFailure(error))
      return batch.map(
        ({ reject }) =>
          () =>
            reject(error),
      );
    const answers: Answer[] = [];
    for (const post of batch) answers.push(...(await settle([post], store)));
    return answers;
  }
}

type Answer = () => void;

/** What the database would change in names is changed first, so that an alert is found again under the name it was stored by. */
function clean(signal: Signal): Signal {
  return {
    ...signal,
    source: wellFormed(signal.source),
    key: wellFormed(signal.key),
    service: signal.service && wellFormed(signal.service),
  };
}
