import { REST } from 'discord.js';
import type { RateLimitData } from 'discord.js';

/** Longer waits for a rate limit are not waited for: the caller comes back. */
const LONGEST_WAIT_MS = 2_000;
const TIMEOUT_MS = 8_000;
/** Discord locks out an address after 10 000 refused requests in 10 minutes. */
const WARN_AFTER_REFUSED = 500;

/** What a client is made of. */
export interface RestOptions {
  readonly token: string;
  readonly apiUrl: string;
  /** Requests a second at most. All clients of a bot together may make 50. */
  readonly perSecond: number;
  readonly onManyRefused: (count: number) => void;
}

/**
 * A client that sends each request once: repeating is decided by whoever knows whether it may be. What would wait long for a rate limit
 * fails at once.
 */
export function createRest({ token, apiUrl, perSecond, onManyRefused }: RestOptions): REST {
  const rest = new REST({
    api: apiUrl,
    version: '10',
    timeout: TIMEOUT_MS,
    retries: 0,
    globalRequestsPerSecond: perSecond,
    rejectOnRateLimit: isLongWait,
    invalidRequestWarningInterval: WARN_AFTER_REFUSED,
  });
  rest.on('invalidRequestWarning', ({ count }) => onManyRefused(count));
  return rest.setToken(token);
}

function isLongWait({ timeToReset, retryAfter, sublimitTimeout }: RateLimitData): boolean {
  return Math.max(timeToReset, retryAfter, sublimitTimeout) > LONGEST_WAIT_MS;
}
