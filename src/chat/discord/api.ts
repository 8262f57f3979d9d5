import { RequestMethod } from 'discord.js';
import type { REST, RequestData, RouteLike } from 'discord.js';
import type { z } from 'zod';
import type { Logger } from '../../lib/logger.ts';
import type { Answer } from '../platform.ts';
import { failureOf, isSignedOut } from './errors.ts';
import type { DiscordFailure } from './errors.ts';
import { createRest } from './rest.ts';

/** An answer that also says whether a failed request may have been done. */
export type Called<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: DiscordFailure };

/** One request. */
export interface Request {
  readonly method: keyof typeof METHODS;
  readonly route: RouteLike;
  readonly body?: unknown;
  readonly query?: URLSearchParams;
  readonly files?: RequestData['files'];
  /** Stands in the server's audit log. */
  readonly reason?: string;
  /** False for what is said with the token of an interaction. */
  readonly auth?: boolean;
  /** Gives up after so long, waiting in a queue included. */
  readonly withinMs?: number;
}

const METHODS = {
  GET: RequestMethod.Get,
  POST: RequestMethod.Post,
  PUT: RequestMethod.Put,
  PATCH: RequestMethod.Patch,
  DELETE: RequestMethod.Delete,
} as const;

/** Requests to Discord, each sent once. Nothing throws: failures are values. */
export interface Api {
  /** `answer` is what has to come back; everything else of it is left alone. */
  readonly call: <T>(request: Request, answer: z.ZodType<T>) => Promise<Called<T>>;
}

/** The ways to Discord: pages have a client of their own, which nothing else can starve. */
export interface Apis {
  readonly house: Api;
  readonly pages: Api;
  /** For the gateway, which asks where it is. */
  readonly rest: REST;
  /** Takes a new token from now on. */
  readonly useToken: (token: string) => void;
  /** Whether the token was accepted when it was last used. */
  readonly signedIn: () => boolean;
}

export interface ApiOptions {
  readonly token: string;
  readonly apiUrl: string;
  readonly logger: Logger;
}

const HOUSE_PER_SECOND = 30;
const PAGES_PER_SECOND = 20;
const LONGEST_CALL_MS = 10_000;

/** Opens the ways to Discord. */
export function createApis({ token, apiUrl, logger }: ApiOptions): Apis {
  const state = { token, signedIn: true };
  const onManyRefused = (count: number): void =>
    logger.warn({ count }, 'Discord refused many requests lately; at 10000 it locks this address out');
  const open = (perSecond: number): REST => createRest({ token, apiUrl, perSecond, onManyRefused });
  const [house, pages] = [open(HOUSE_PER_SECOND), open(PAGES_PER_SECOND)];
  const clientOf = (rest: REST): Api => ({
    call: (request, answer) => call(request, answer, { rest, state }),
  });
  return {
    house: clientOf(house),
    pages: clientOf(pages),
    rest: house,
    useToken: (changed) => {
      state.token = changed;
      state.signedIn = true;
      for (const rest of [house, pages]) rest.setToken(changed);
    },
    signedIn: () => state.signedIn,
  };
}

interface SignIn {
  token: string;
  signedIn: boolean;
}

interface Client {
  readonly rest: REST;
  readonly state: SignIn;
}

async function call<T>(
  { method, withinMs = LONGEST_CALL_MS, route, auth = true, ...more }: Request,
  answer: z.ZodType<T>,
  { rest, state }: Client,
): Promise<Called<T>> {
  try {
    const signal = AbortSignal.timeout(withinMs);
    const said = await rest.request({ ...more, auth, method: METHODS[method], fullRoute: route, signal });
    if (auth) state.signedIn = true;
    const read = answer.safeParse(said);
    return read.success ? { ok: true, value: read.data } : { ok: false, failure: UNREADABLE };
  } catch (error) {
    if (auth && isSignedOut(error)) {
      state.signedIn = false;
      // The client forgets its token at the first 401, and one can be a hiccup of Discord.
      rest.setToken(state.token);
    }
    return { ok: false, failure: failureOf(error) };
  }
}

const UNREADABLE: DiscordFailure = {
  kind: 'temporary',
  reason: 'Discord answered something that Firebell could not read',
  afterMs: null,
  ambiguous: true,
  code: null,
};

/** The channel was deleted. */
export const UNKNOWN_CHANNEL = 10_003;

/** An answer without what only this room needs to know. */
export function answerOf<T>(called: Called<T>): Answer<T> {
  if (called.ok) return called;
  const { kind, reason, afterMs, code } = called.failure;
  const isGone = code === UNKNOWN_CHANNEL;
  return { ok: false, failure: { kind, reason, afterMs, ...(isGone && { room: 'gone' }) } };
}
