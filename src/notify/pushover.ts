import type { PushoverConfig } from '../config/config.ts';
import type { PageNotice } from '../domain/page/notice.ts';
import type { Delivery, NotificationChannel } from '../engine/notification-channel.ts';
import type { Clock } from '../lib/clock.ts';
import type { AckLinks } from './ack-link.ts';
import { CODE_TITLE, codeWords } from './code-words.ts';
import { pushWords } from './push-words.ts';
import { cancelReceipt, isReceipt, publish } from './pushover-api.ts';
import type { PushoverCall, PushoverMessage } from './pushover-api.ts';

export interface PushoverDeps {
  /** Read again before every message, so that a reload takes effect at once. Null while Pushover is not configured: nobody is reached then. */
  readonly config: () => PushoverConfig | null;
  readonly links: AckLinks;
  /** Where Pushover says that somebody acknowledged; null while our own address is not known. */
  readonly callbackUrl: () => string | null;
  readonly clock: Clock;
  /** For one call; 10 s unless given. */
  readonly timeoutMs?: number;
}

/** The longest that a call of Pushover may take, unless said otherwise. */
export const PUSHOVER_TIMEOUT_MS = 10_000;

const NOWHERE: Delivery = {
  kind: 'failed',
  reason: 'This person has no Pushover key, or Pushover is not configured.',
};

/** The notification channel `pushover`: an emergency message for an urgent page, which rings until it is answered or over. */
export function createPushover(deps: PushoverDeps): NotificationChannel {
  const callOf = (): PushoverCall | null => {
    const config = deps.config();
    return config && { config, timeoutMs: deps.timeoutMs ?? PUSHOVER_TIMEOUT_MS };
  };
  return {
    name: 'pushover',
    reaches: (person) => person.handles['pushover'] !== undefined && deps.config() !== null,
    send: async (notice) => {
      const call = callOf();
      const user = notice.person.handles['pushover'];
      if (call === null || user === undefined) return NOWHERE;
      return publish({ user, ...messageOf(notice, deps) }, call, deps.clock.now());
    },
    sendCode: async ({ handles }, code) => {
      const call = callOf();
      const user = handles['pushover'];
      if (call === null || user === undefined) return NOWHERE;
      return publish({ user, title: CODE_TITLE, message: codeWords(code) }, call, deps.clock.now());
    },
    update: async (notice, messageId) => {
      const call = callOf();
      if (call === null || notice.end === null || !isReceipt(messageId)) return { kind: 'sent', messageId };
      return cancelReceipt(messageId, call, deps.clock.now());
    },
  };
}

/** The message has at most 1,024 characters; counted in bytes it always fits. */
const LIMITS = { title: 250, bodyBytes: 1_024 };
const LONGEST_URL = 512;
/** Rings again every minute, for an hour at most: by then the escalation has long gone on, and ended it. */
const EMERGENCY = { priority: '2', retry: '60', expire: '3600' };

function messageOf(notice: PageNotice, { links, callbackUrl }: PushoverDeps): PushoverMessage {
  const { title, body, room } = pushWords(notice, LIMITS);
  const answer = links.urlFor(notice);
  const url = [answer, room].find((one) => one !== null && one.length <= LONGEST_URL) ?? null;
  return {
    title,
    message: body,
    ...(url === null ? {} : { url, url_title: url === answer ? 'Answer, or open the room' : 'Open room' }),
    ...(notice.urgency === 'high' ? emergency(callbackUrl()) : { priority: '0' }),
  };
}

function emergency(callback: string | null): PushoverMessage {
  return callback === null ? EMERGENCY : { ...EMERGENCY, callback };
}
