import type { TwilioConfig } from '../../config/config.ts';

/** Where Twilio's calls to us are mounted. */
export const CALLBACKS_AT = '/twilio';

export type CallbackOf = 'sms' | 'voice' | 'voice-keys' | 'voice-status';

/** The URL that Twilio is to call about an attempt: `…/twilio/sms/42.1.3.0`. Slashes would not survive every proxy. */
export function callbackUrl(
  { callbackUrl: base }: TwilioConfig,
  kind: CallbackOf,
  attemptId: string,
): string {
  return `${base}${CALLBACKS_AT}/${kind}/${attemptId.replaceAll('/', '.')}`;
}

/** One attempt of a page, as a callback's path names it. */
export interface NamedAttempt {
  readonly incidentId: number;
  readonly pageId: string;
  readonly attemptId: string;
}

/** Reads `42.1.3.0`; null when it names no attempt. */
export function readAttempt(path: string): NamedAttempt | null {
  const [, page, incident, rule] = /^((\d{1,9})\.\d{1,9}\.\d{1,9})\.(\d{1,9})$/.exec(path) ?? [];
  if (page === undefined) return null;
  const pageId = page.replaceAll('.', '/');
  return { incidentId: Number(incident), pageId, attemptId: `${pageId}/${rule}` };
}
