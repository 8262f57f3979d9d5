import PQueue from 'p-queue';
import type { Clock } from '../../lib/clock.ts';
import { createBudget } from './budget.ts';
import type { Budget, Rate } from './budget.ts';
import { notYet } from './failure.ts';
import type { SlackAnswer } from './failure.ts';

/** How urgent a call is: pages wait for nobody, cosmetics for everybody. */
export type Urgency = 'page' | 'room' | 'card' | 'cosmetic';

/** The queues of one workspace, one for each method, since Slack counts each by itself. */
export interface Lanes {
  /** Sends the call if Slack's rate has room for it; else it is not sent, and the no says when its turn comes. */
  readonly run: <T>(call: LaneCall<T>) => Promise<SlackAnswer<T>>;
}

/** One call on its way to Slack. */
export interface LaneCall<T> {
  readonly method: string;
  readonly urgency: Urgency;
  /** The channel that it is about; null where it is about none. */
  readonly channel: string | null;
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
  // The workspace allows several hundred a minute: the rest is left for pages, which are in no lane.
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

/** A channel takes about one message a second from an app, and a few at once. */
const POSTS_OF_A_CHANNEL: Rate = { most: 4, inMs: 4_000 };
const POST = 'chat.postMessage';
/** What a page says when it is over is no page: it keeps to the rate that it shares with the cards, before them. */
const EDIT = 'chat.update';

const PRIORITY: Readonly<Record<Urgency, number>> = { page: 30, room: 20, card: 10, cosmetic: 0 };

/** A 429 that names no time. */
const USUAL_PAUSE_MS = 5_000;
const AT_ONCE = 8;
/** Channels are forgotten when there are so many: their seconds are long over. */
const MOST_CHANNELS = 1_000;

/**
 * Makes the lanes of a workspace. Nothing waits in them: what has no turn yet goes back to where it came from, so that nobody who might
 * do something else stands in line. What Slack refuses with 429 pauses that one method, or that one channel, and new pages not at all.
 */
export function createLanes(clock: Clock): Lanes {
  const queueOf = once((_method: string) => new PQueue({ concurrency: AT_ONCE }));
  const ofMethod = once((method: string) =>
    createBudget({ most: PER_MINUTE[TIERS[method] ?? 't3'], inMs: MINUTE }, clock),
  );
  const ofChannel = once((_channel: string) => createBudget(POSTS_OF_A_CHANNEL, clock));
  const budgetsOf = ({ method, channel }: LaneCall<unknown>): readonly [Budget, ...Budget[]] =>
    method === POST && channel !== null ? [ofChannel(channel), ofMethod(method)] : [ofMethod(method)];

  return {
    run: async (call) => {
      const { method, urgency, send } = call;
      if (urgency === 'page' && method !== EDIT) return send();
      const priority = PRIORITY[urgency];
      const budgets = budgetsOf(call);
      const full = budgets.filter((budget) => !budget.hasRoom(priority));
      if (full.length > 0) {
        const waits = full.map((budget) => budget.keepTurn(priority));
        return { ok: false, failure: notYet(method, Math.max(...waits)) };
      }
      for (const budget of budgets) budget.take(priority);
      const answer = await queueOf(method).add(send, { priority });
      if (!answer.ok && answer.failure.code.startsWith('rate'))
        budgets[0].pause(answer.failure.afterMs ?? USUAL_PAUSE_MS);
      return answer;
    },
  };
}

/** One of a kind for each name. */
function once<T>(make: (name: string) => T): (name: string) => T {
  const made = new Map<string, T>();
  return (name) => {
    const there = made.get(name) ?? make(name);
    if (made.size >= MOST_CHANNELS) made.clear();
    made.set(name, there);
    return there;
  };
}
