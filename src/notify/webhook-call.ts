import type { Clock } from '../lib/clock.ts';
import { hmacHex } from '../lib/signing.ts';
import type { WebhookConfig } from '../config/config.ts';
import type { Delivery } from '../engine/notification-channel.ts';
import { oneLine, webUrl } from './outside-text.ts';
import { retryAfterMs } from './retry-after.ts';
import { callWeb, jsonOf } from './web-call.ts';
import type { WebAnswer } from './web-call.ts';

/** One call of a webhook. */
export interface WebhookCall {
  readonly target: WebhookConfig;
  /** The same for every try, so that the receiver can tell a repeat; sent as `X-Firebell-Delivery`. */
  readonly deliveryId: string;
  /** Sent as `X-Firebell-Event`. */
  readonly event: string;
  /** Sent as JSON, the same for every try. */
  readonly body: object;
}

export interface WebhookDeps {
  readonly clock: Clock;
  /** For the whole call, the answer's body included; 10 s unless given. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;

/** Calls a webhook once. Redirects are not followed: the URL that was configured is the one that is called. Never throws. */
export async function callWebhook(
  call: WebhookCall,
  { clock, timeoutMs = TIMEOUT_MS }: WebhookDeps,
): Promise<Delivery> {
  const url = webUrl(call.target.url);
  if (url === null)
    return {
      kind: 'failed',
      reason: 'The webhook is not an http(s) URL without user and password: correct it in the configuration.',
    };
  const body = JSON.stringify(call.body);
  const headers = headersOf(call, body, clock.now());
  const answer = await callWeb({ url, method: 'POST', headers, body, timeoutMs });
  if (answer.kind === 'unreachable')
    return { kind: 'retry', afterMs: null, reason: `Cannot reach the webhook: ${answer.reason}` };
  return deliveryOf(answer, call.deliveryId, clock.now());
}

function headersOf(
  { target, deliveryId, event }: WebhookCall,
  body: string,
  now: Date,
): Record<string, string> {
  const seconds = Math.floor(now.getTime() / 1000);
  return {
    'Content-Type': 'application/json; charset=utf-8',
    'User-Agent': 'Firebell (webhook)',
    'X-Firebell-Event': event,
    'X-Firebell-Delivery': deliveryId,
    ...(target.secret === null
      ? {}
      : { 'X-Firebell-Signature': `t=${seconds},v1=${hmacHex(target.secret, `${seconds}.${body}`)}` }),
  };
}

/** Told to wait, overloaded, or broken for now: the same call may work later. */
const WORTH_REPEATING = new Set([408, 425, 429]);

function deliveryOf(
  { status, headers, text }: Extract<WebAnswer, { kind: 'answered' }>,
  deliveryId: string,
  now: Date,
): Delivery {
  if (status >= 200 && status < 300) return { kind: 'sent', messageId: idIn(text) ?? deliveryId };
  const reason = `The webhook answered ${status}: ${oneLine(text, 200) || 'nothing more'}`;
  if (status >= 500 || WORTH_REPEATING.has(status)) {
    return { kind: 'retry', afterMs: retryAfterMs(headers.get('retry-after'), now), reason };
  }
  if (status >= 300 && status < 400) {
    return {
      kind: 'failed',
      reason: `The webhook redirects (${status}), which is not followed: configure the address it moved to.`,
    };
  }
  return { kind: 'failed', reason };
}

/** The receiver's own id of what it took, when it answers JSON with an `id`. */
function idIn(text: string): string | null {
  const parsed = jsonOf(text);
  const id: unknown = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'id') : null;
  return typeof id === 'string' || typeof id === 'number' ? oneLine(String(id), 200) || null : null;
}
