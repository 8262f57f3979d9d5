import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import type { ChatFailure } from '../platform.ts';

/** A failure of Discord. `ambiguous`: it may have been done all the same, so it is looked for before it is done again. */
export interface DiscordFailure extends ChatFailure {
  readonly ambiguous: boolean;
  /** Discord's own number of the error; null where it gave none. */
  readonly code: number | null;
}

/** People who cannot be told by direct message, whatever is tried. */
const UNREACHABLE: Readonly<Record<number, string>> = {
  10_013: 'Discord knows no such user any more',
  50_007:
    'they take no direct messages from Firebell, or blocked it: Server Settings, Privacy, Direct Messages',
  50_278: 'they are in no server together with Firebell',
};

/** Codes that pass by themselves. */
const TEMPORARY: ReadonlySet<number> = new Set([20_028, 20_029, 40_003, 40_004, 40_006, 110_000, 130_000]);

/** What people can do about the codes that they will meet. */
const ADVICE: Readonly<Record<number, string>> = {
  10_003: 'the channel is gone',
  10_008: 'the message is gone',
  10_062: 'the answer came too late for Discord',
  30_003: 'the channel has as many pins as it can have: unpin some',
  30_013:
    'the server has as many channels as it can have: delete old ones, or let mild incidents be posts of a forum (chat.discord.forum)',
  30_046: 'the message is too old to be edited again now',
  40_333: 'Discord turned the request away before it looked at it (Cloudflare)',
  50_001: 'Firebell cannot see it: give its role View Channel there',
  50_013: 'a permission is missing: `firebell discord doctor` says which',
  50_035: 'Discord could not read the request',
  50_083: 'the thread is archived',
  200_000: 'AutoMod of the server stopped the text: exempt the role of Firebell',
  240_000: 'Discord takes a link in it for harmful',
};

const SIGNED_OUT = 'Discord does not accept the token of the bot: put a new one in chat.discord.token';

/** What an error of a request amounts to. */
export function failureOf(error: unknown): DiscordFailure {
  if (error instanceof RateLimitError) return limited(error);
  if (error instanceof DiscordAPIError) return refused(error);
  if (error instanceof HTTPError)
    return temporary(`Discord answered ${error.status} ${error.message}`.trim(), true);
  const { name, message, code } = errorOf(error);
  if (name === 'AbortError' || name === 'TimeoutError')
    return temporary('Discord did not answer in time', true);
  // These fail before anything is sent.
  const isUnsent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'].includes(code);
  if (message.startsWith('Expected token to be set')) return temporary(SIGNED_OUT, false);
  return temporary(`Discord could not be reached: ${code || message}`, !isUnsent);
}

/** Whether a request was refused because the token is worth nothing (any more). */
export function isSignedOut(error: unknown): boolean {
  return error instanceof DiscordAPIError && (error.status === 401 || error.code === 50_014);
}

function limited({ retryAfter, timeToReset, sublimitTimeout }: RateLimitError): DiscordFailure {
  const afterMs = Math.max(retryAfter, timeToReset, sublimitTimeout);
  return { kind: 'temporary', reason: 'Discord asks to slow down', afterMs, ambiguous: false, code: null };
}

function refused(error: DiscordAPIError): DiscordFailure {
  const code = Number(error.code) || null;
  if (isSignedOut(error)) return { ...temporary(SIGNED_OUT, false), code };
  if (isOfSomethingElse(error))
    return temporary(`Discord was not reached: something on the way answered ${error.status}`, true);
  if (error.status >= 500 || error.status === 429)
    return { ...temporary(error.message, error.status >= 500), code };
  const unreachable = code === null ? undefined : UNREACHABLE[code];
  if (unreachable !== undefined) return no('unreachable', unreachable, code);
  if (code !== null && TEMPORARY.has(code)) return { ...temporary(error.message, false), code };
  const advice = code === null ? undefined : ADVICE[code];
  return no('permanent', advice === undefined ? error.message : `${error.message} (${advice})`, code);
}

/** Discord says why. A no without a word is one of a proxy on the way, or of a connection that stood still for too long (408). */
function isOfSomethingElse({ rawError }: DiscordAPIError): boolean {
  return !('message' in rawError || 'error' in rawError);
}

function no(kind: ChatFailure['kind'], reason: string, code: number | null): DiscordFailure {
  return { kind, reason, afterMs: null, ambiguous: false, code };
}

function temporary(reason: string, ambiguous: boolean): DiscordFailure {
  return { kind: 'temporary', reason, afterMs: null, ambiguous, code: null };
}

function errorOf(error: unknown): { readonly name: string; readonly message: string; readonly code: string } {
  if (!(error instanceof Error)) return { name: '', message: String(error), code: '' };
  const cause: unknown = error.cause;
  const code = 'code' in error ? error.code : cause instanceof Error && 'code' in cause ? cause.code : '';
  return { name: error.name, message: error.message, code: typeof code === 'string' ? code : '' };
}
