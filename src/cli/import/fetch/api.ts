import { setTimeout as wait } from 'node:timers/promises';
import { backoffMs } from '../../../lib/backoff.ts';
import { FailedError } from '../../verb.ts';

/** Where an API answers, and how it knows the caller. */
export interface ApiAccess {
  readonly url: URL;
  readonly token: string;
  /** When it is asked: time ranges of timelines count from here. */
  readonly now: Date;
  /** Says what is being waited for, because a large account takes minutes. */
  readonly tell: (line: string) => void;
}

/** Reads one API, one request after the other. */
export interface Api {
  /** The answer under a path, or under an address that the API itself gave. Throws FailedError in words for whoever made the call. */
  readonly get: (path: string) => Promise<unknown>;
  readonly post: (path: string, body: unknown) => Promise<unknown>;
}

const PATIENCE_MS = 30_000;
const MOST_ATTEMPTS = 6;
const LONGEST_WAIT_MS = 2 * 60_000;
const LONGEST_ANSWER = 50_000_000;

interface Question {
  readonly method: 'GET' | 'POST';
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A caller of one API: time-outs, rate limits and outages are waited out, within reason; the token never leaves its host. */
export function apiOf({ url, tell }: ApiAccess, headers: Readonly<Record<string, string>>): Api {
  const base = url.href.replace(/\/+$/, '');
  const ask = async (path: string, init: Question): Promise<unknown> => {
    const address = new URL(/^https?:/.test(path) ? path : `${base}${path}`);
    if (address.origin !== url.origin) {
      throw new FailedError(
        `${url.origin} sends to another host for more (${address.origin}); that one is not given the token`,
      );
    }
    for (let attempt = 1; ; attempt += 1) {
      const answer = await attemptOnce(address, {
        ...init,
        headers: { accept: 'application/json', ...headers, ...init.headers },
      });
      if ('value' in answer) return answer.value;
      if (answer.again === null || attempt === MOST_ATTEMPTS)
        throw new FailedError(`${address.origin}${address.pathname}: ${answer.why}`);
      const pause =
        answer.again >= 0
          ? answer.again
          : backoffMs(attempt, { baseMs: 1000, maxMs: LONGEST_WAIT_MS, random: () => 1 });
      if (pause > 0) tell(`${address.pathname}: ${answer.why}; going on in ${Math.ceil(pause / 1000)} s`);
      await wait(Math.min(pause, LONGEST_WAIT_MS));
    }
  };
  return {
    get: (path) => ask(path, { method: 'GET' }),
    post: (path, body) =>
      ask(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
  };
}

/** `again` is null when it makes no sense to ask again, negative when the API did not say when. */
type Answer = { readonly value: unknown } | { readonly why: string; readonly again: number | null };

async function attemptOnce(address: URL, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(address, {
      ...init,
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const text = await response.text();
    if (response.ok) return parse(text);
    return { why: explain(response.status, text), again: whenAgain(response) };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    const why = timedOut
      ? `no answer within ${PATIENCE_MS / 1000} s`
      : `cannot be reached: ${cause || String(error)}`;
    return { why, again: -1 };
  }
}

function parse(text: string): Answer {
  if (text.length > LONGEST_ANSWER) return { why: 'the answer is larger than 50 MB', again: null };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { why: 'the answer is not JSON: is this the address of the API?', again: null };
  }
}

function explain(status: number, text: string): string {
  if (status === 401) return 'the token is refused (401): is it the right one, and still valid?';
  if (status === 403)
    return 'the token may not read this (403): it needs read access to everything that is imported';
  if (status === 404) return 'there is no such thing (404): is --url the address of the API?';
  if (status === 429) return 'too many requests (429)';
  return `it answered ${status}: ${text.replaceAll(/\s+/g, ' ').slice(0, 120)}`;
}

function whenAgain({ status, headers }: Response): number | null {
  if (status !== 429 && status < 500) return null;
  for (const name of ['retry-after', 'ratelimit-reset']) {
    const seconds = Number(headers.get(name) ?? NaN);
    if (seconds >= 0) return seconds * 1000;
  }
  return -1;
}
