import { DefaultRestOptions, REST } from 'discord.js';
import type { RateLimitData, ResponseLike, RESTOptions } from 'discord.js';
import { z } from 'zod';

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
    makeRequest: request,
    invalidRequestWarningInterval: WARN_AFTER_REFUSED,
  });
  rest.on('invalidRequestWarning', ({ count }) => onManyRefused(count));
  return rest.setToken(token);
}

function isLongWait({ timeToReset, retryAfter, sublimitTimeout }: RateLimitData): boolean {
  return Math.max(timeToReset, retryAfter, sublimitTimeout) > LONGEST_WAIT_MS;
}

const TooOld = z.object({ code: z.literal(30_046) });

/**
 * Sends a request. That a message is too old to be edited comes as a rate limit, for which the library would hold up whatever else is
 * asked of the channel; it is a refusal of this one edit, so it is handed on as one.
 */
const request: RESTOptions['makeRequest'] = async (url, init) => {
  const response = await DefaultRestOptions.makeRequest(url, init);
  return response.status === 429 ? readLimit(response) : response;
};

async function readLimit(response: ResponseLike): Promise<ResponseLike> {
  const text = await response.text();
  const headers = new Headers([...response.headers]);
  if (!TooOld.safeParse(parse(text)).success) return new Response(text, { status: 429, headers });
  headers.delete('retry-after');
  return new Response(text, { status: 400, headers });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
