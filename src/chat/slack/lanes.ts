import PQueue from 'p-queue';
import { limited } from './failure.ts';
import type { SlackAnswer } from './failure.ts';

/** How urgent a call is: pages wait for nobody, cosmetics for everybody. */
export type Urgency = 'page' | 'room' | 'card' | 'cosmetic';

/** The queues of one workspace, one for each method, since Slack counts each by itself. */
export interface Lanes {
  /** Runs the call when Slack's rate allows; a no when that is further off than a handler can wait. */
  readonly run: <T>(call: LaneCall<T>) => Promise<SlackAnswer<T>>;
  /** Ends every wait with a no. */
  readonly close: () => void;
}

/** One call that waits for its turn. */
export interface LaneCall<T> {
  readonly method: string;
  readonly urgency: Urgency;
  readonly send: () => Promise<SlackAnswer<T>>;
}

const MINUTE = 60_000;

/** Slack's tiers, in calls a minute. A little is left for other processes and for what we do not count. */
const PER_MINUTE = { t1: 1, t2: 18, t3: 45, t4: 90, special: 200, posts: 150 } as const;
type Tier = keyof typeof PER_MINUTE;

/** The tier of every method that is called, as Slack's documentation names it; what is not named here is treated as T3. */
const TIERS: Readonly<Record<string, Tier>> = {
  'auth.test': 'special',
  'chat.getPermalink': 'special',
  // The workspace allows several hundred a minute: the rest is left for pages, which have a lane of their own.
  'chat.postMessage': 'posts',
  'chat.postEphemeral': 't4',
  'conversations.archive': 't2',
  'conversations.canvases.create': 't2',
  'conversations.create': 't2',
  'conversations.list': 't2',
  'conversations.members': 't4',
  'conversations.rename': 't2',
  'conversations.setTopic': 't2',
  'conversations.unarchive': 't2',
  'bookmarks.add': 't2',
  'bookmarks.edit': 't2',
  'files.completeUploadExternal': 't4',
  'files.getUploadURLExternal': 't4',
  'files.info': 't4',
  'pins.add': 't2',
  'pins.list': 't2',
  'pins.remove': 't2',
  'usergroups.list': 't2',
  'usergroups.users.list': 't2',
  'usergroups.users.update': 't2',
  'users.info': 't4',
  'users.list': 't2',
  'views.open': 't4',
  'views.publish': 't4',
  'views.update': 't4',
};

const PRIORITY: Readonly<Record<Urgency, number>> = { page: 30, room: 20, card: 10, cosmetic: 0 };

/** An effect's handler has 45 s for all that it does: no single wait may take so long. */
const LONGEST_WAIT_MS = 15_000;
/** A 429 that names no time. */
const USUAL_PAUSE_MS = 5_000;
const AT_ONCE = 8;

/** Makes the lanes of a workspace. What Slack refuses with 429 pauses that one method, and pages not at all. */
export function createLanes(): Lanes {
  const queues = new Map<string, PQueue>();
  const pausedUntil = new Map<string, number>();
  const closing = new AbortController();
  const queueOf = (method: string): PQueue => {
    const there = queues.get(method);
    if (there) return there;
    const intervalCap = PER_MINUTE[TIERS[method] ?? 't3'];
    const made = new PQueue({ concurrency: AT_ONCE, interval: MINUTE, intervalCap, strict: true });
    queues.set(method, made);
    return made;
  };

  function pause(method: string, afterMs: number | null): void {
    const ms = afterMs ?? USUAL_PAUSE_MS;
    const queue = queueOf(method);
    pausedUntil.set(method, performance.now() + ms);
    queue.pause();
    setTimeout(() => {
      if ((pausedUntil.get(method) ?? 0) <= performance.now()) queue.start();
    }, ms + 1).unref();
  }

  async function waitedFor<T>({ method, urgency, send }: LaneCall<T>): Promise<SlackAnswer<T>> {
    const pausedFor = (pausedUntil.get(method) ?? 0) - performance.now();
    if (pausedFor > LONGEST_WAIT_MS) return { ok: false, failure: limited(method, pausedFor) };
    const tooLate = new AbortController();
    const timer = setTimeout(() => tooLate.abort(), LONGEST_WAIT_MS);
    const signal = AbortSignal.any([tooLate.signal, closing.signal]);
    try {
      return await queueOf(method).add(
        async () => {
          clearTimeout(timer);
          return send();
        },
        { priority: PRIORITY[urgency], signal },
      );
    } catch (error) {
      if (signal.aborted) return { ok: false, failure: limited(method, LONGEST_WAIT_MS) };
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    run: async (call) => {
      const answer = await (call.urgency === 'page' ? call.send() : waitedFor(call));
      if (!answer.ok && answer.failure.code.startsWith('rate') && call.urgency !== 'page')
        pause(call.method, answer.failure.afterMs);
      return answer;
    },
    close: () => closing.abort(),
  };
}
