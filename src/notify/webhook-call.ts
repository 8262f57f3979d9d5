import type { Clock } from '../lib/clock.ts';
import { hmacHex } from '../lib/signing.ts';
import type { WebhookConfig } from '../config/config.ts';
import type { Delivery } from '../engine/notification-channel.ts';
import { oneLine, webUrl } from './outside-text.ts';
import { retryAfterMs } from './retry-after.ts';

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
const LARGEST_ANSWER = 64 * 1024;

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
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: headersOf(call, body, clock.now()),
      body,
    });
    return await deliveryOf(response, call.deliveryId, clock.now());
  } catch (error) {
    return { kind: 'retry', afterMs: null, reason: `Cannot reach the webhook: ${causeOf(error)}` };
  }
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

async function deliveryOf(response: Response, deliveryId: string, now: Date): Promise<Delivery> {
  const { status, headers } = response;
  const answer = await readSome(response);
  if (response.ok) return { kind: 'sent', messageId: idIn(answer) ?? deliveryId };
  const reason = `The webhook answered ${status}: ${oneLine(answer, 200) || 'nothing more'}`;
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

/** The first 64 kB of an answer's body. It only explains; the status has already said what happened, so a broken one is empty. */
async function readSome(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= LARGEST_ANSWER) break;
    }
  } catch {
    return '';
  }
  return Buffer.concat(chunks).subarray(0, LARGEST_ANSWER).toString('utf8');
}

/** The receiver's own id of what it took, when it answers JSON with an `id`. */
function idIn(answer: string): string | null {
  try {
    const parsed: unknown = JSON.parse(answer);
    const id: unknown = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'id') : null;
    return typeof id === 'string' || typeof id === 'number' ? oneLine(String(id), 200) || null : null;
  } catch {
    return null;
  }
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it failed';
  if (error.name === 'TimeoutError') return 'no answer in time';
  const cause = error.cause instanceof Error ? error.cause.message : error.message;
  return oneLine(cause, 200) || error.name;
}
