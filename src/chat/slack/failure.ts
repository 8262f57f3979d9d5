import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import type { Answer, ChatFailure } from '../platform.ts';

/** A no of Slack. `code` is Slack's own word for it, or ours where it said none. */
export interface SlackFailure extends ChatFailure {
  readonly code: string;
  /** True when it may have been done all the same: look before it is tried again. */
  readonly isAmbiguous: boolean;
}

/** An answer of Slack. */
export type SlackAnswer<T> =
  | Extract<Answer<T>, { ok: true }>
  | { readonly ok: false; readonly failure: SlackFailure };

const TEMPORARY = new Set([
  'ratelimited',
  'rate_limited',
  'service_unavailable',
  'request_timeout',
  'external_channel_migrating',
  'update_failed',
  'too_many_requests',
  'team_added_to_org',
  'org_login_required',
]);

/** What Slack says when it does not know itself whether it did it. */
const UNSURE = new Set(['internal_error', 'fatal_error', 'request_timeout', 'service_unavailable']);

/** This one person cannot be told: nobody's settings but theirs would help. */
const UNREACHABLE = new Set([
  'user_disabled',
  'user_not_found',
  'user_not_visible',
  'users_not_found',
  'messages_tab_disabled',
  'cannot_dm_bot',
  'is_inactive',
]);

/** The installation itself is not let in: everything fails until a human does something. */
const SHUT_OUT: Readonly<Record<string, string>> = {
  invalid_auth: 'the bot token is not valid: copy it anew under OAuth & Permissions',
  not_authed: 'no bot token was sent',
  account_inactive: 'the app was removed from the workspace or its bot was deactivated: install it again',
  token_revoked: 'the bot token was revoked: install the app again and set the new one',
  token_expired: 'the bot token has expired: set the new one',
  missing_scope: 'the app lacks a scope: add it under OAuth & Permissions and reinstall the app',
  not_allowed_token_type: 'this is not a bot token',
  access_denied: 'the workspace does not let the app in',
  accesslimited: 'the workspace limits who may call Slack',
  ekm_access_denied: 'the keys of the workspace are locked',
  no_permission: 'the workspace does not allow this to the app',
};

/** Minutes, not seconds: an org has to finish first. */
const LONG_WAIT_MS = 60_000;

/** A token and what goes with it is meant for computers: `channel_not_found`. */
const CODE = /^[a-z][a-z0-9_]*$/;

/** What an error of the SDK amounts to. Whatever is not understood may pass, and may have been done. */
export function failureOf(error: unknown, method: string): SlackFailure {
  if (error instanceof WebAPIRateLimitedError) return limited(method, error.retryAfter * 1_000);
  if (error instanceof WebAPIPlatformError) return refused(error, method);
  if (error instanceof WebAPIHTTPError)
    return error.statusCode === 429
      ? limited(method, null)
      : unsure('http_error', `Slack answered ${method} with HTTP ${error.statusCode}`);
  if (error instanceof WebAPIRequestError)
    return unsure('request_error', `Slack did not answer ${method}: ${error.original.message}`);
  const text = error instanceof Error ? error.message : String(error);
  // The SDK throws a bare Error for a 429 that names no time.
  if (/rate.?limit|429/i.test(text)) return limited(method, null);
  return unsure('unknown', `${method} failed: ${text}`);
}

/** A no of our own: nothing was sent, since Slack's rate has no room for it before so many ms have passed. */
export function notYet(method: string, afterMs: number): SlackFailure {
  return { ...limited(method, afterMs), code: 'not_yet', notYet: true };
}

/** Slack said that it is too much. */
function limited(method: string, afterMs: number | null): SlackFailure {
  return {
    kind: 'temporary',
    code: 'ratelimited',
    reason: `Slack's rate limit of ${method} is used up`,
    afterMs,
    isAmbiguous: false,
  };
}

/** A no that was found out here, such as a person without an account. */
export function permanent(code: string, reason: string): SlackFailure {
  const kind = UNREACHABLE.has(code) ? 'unreachable' : 'permanent';
  return { kind, code, reason, afterMs: null, isAmbiguous: false };
}

/** A no that may pass and surely left nothing behind. */
export function passing(code: string, reason: string, afterMs: number | null = null): SlackFailure {
  return { kind: 'temporary', code, reason, afterMs, isAmbiguous: false };
}

function refused({ data }: WebAPIPlatformError, method: string): SlackFailure {
  const code = data.error;
  if (!CODE.test(code)) return unsure('not_slack', `something that is not Slack answered ${method}`);
  const shut = SHUT_OUT[code];
  const reason = shut === undefined ? `${code} (${method})` : `${code}: ${shut}${scopesIn(data)}`;
  if (UNSURE.has(code)) return unsure(code, reason);
  if (TEMPORARY.has(code)) {
    const isLong = code.startsWith('team_') || code.startsWith('org_');
    return passing(code, reason, isLong ? LONG_WAIT_MS : null);
  }
  return permanent(code, reason);
}

function scopesIn(data: object): string {
  return 'needed' in data && typeof data.needed === 'string' ? ` (${data.needed})` : '';
}

/** Nobody knows whether it was done. */
export function unsure(code: string, reason: string): SlackFailure {
  return { kind: 'temporary', code, reason, afterMs: null, isAmbiguous: true };
}
