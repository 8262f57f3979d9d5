import { z } from 'zod';
import type { PushoverConfig } from '../config/config.ts';
import type { Delivery } from '../engine/notification-channel.ts';
import { oneLine } from './outside-text.ts';
import { retryAfterMs } from './retry-after.ts';
import { callWeb, jsonOf } from './web-call.ts';
import type { WebAnswer } from './web-call.ts';

/** What each call of Pushover's API needs. */
export interface PushoverCall {
  readonly config: PushoverConfig;
  readonly timeoutMs: number;
}

/** The fields of a message as Pushover documents them; all of them texts, as a form has them. */
export type PushoverMessage = Readonly<Record<string, string>>;

/** What Pushover knows about an emergency message. */
export const Receipt = z.object({
  status: z.literal(1),
  acknowledged: z.union([z.literal(0), z.literal(1)]),
  /** Key of the user who acknowledged first; empty before. */
  acknowledged_by: z.string().default(''),
  /** Seconds since 1970 of the newest delivery to a device; 0 before the first. */
  last_delivered_at: z.number().default(0),
});
export type Receipt = z.infer<typeof Receipt>;

/** Publishes a message. The proof is its receipt where Pushover gives one, the id of the request otherwise. */
export async function publish(
  message: PushoverMessage,
  { config, timeoutMs }: PushoverCall,
  now: Date,
): Promise<Delivery> {
  const body = new URLSearchParams({ token: config.token, ...message }).toString();
  const url = `${addressOf(config)}/1/messages.json`;
  return deliveryOf(await callWeb({ url, method: 'POST', headers: HEADERS, body, timeoutMs }), now);
}

/** Stops the repetitions of an emergency message. One that Pushover does not know any more needs no stopping. */
export async function cancelReceipt(
  receipt: string,
  { config, timeoutMs }: PushoverCall,
  now: Date,
): Promise<Delivery> {
  const body = new URLSearchParams({ token: config.token }).toString();
  const url = `${addressOf(config)}/1/receipts/${receipt}/cancel.json`;
  const answer = await callWeb({ url, method: 'POST', headers: HEADERS, body, timeoutMs });
  if (answer.kind === 'answered' && answer.status < 500 && answer.status !== 429)
    return { kind: 'sent', messageId: receipt };
  return deliveryOf(answer, now);
}

/** What became of an emergency message; null while Pushover does not say. */
export async function readReceipt(
  receipt: string,
  { config, timeoutMs }: PushoverCall,
): Promise<Receipt | null> {
  const token = new URLSearchParams({ token: config.token }).toString();
  const url = `${addressOf(config)}/1/receipts/${receipt}.json?${token}`;
  const answer = await callWeb({ url, method: 'GET', headers: { 'User-Agent': AGENT }, timeoutMs });
  return answer.kind === 'answered' ? (Receipt.safeParse(jsonOf(answer.text)).data ?? null) : null;
}

/** True for the proof of an emergency message, which alone can be asked about and cancelled. */
export function isReceipt(messageId: string): boolean {
  return /^[A-Za-z0-9]{30}$/.test(messageId);
}

const AGENT = 'Firebell (pushover)';
const HEADERS = { 'User-Agent': AGENT, 'Content-Type': 'application/x-www-form-urlencoded' };

const Taken = z.object({ status: z.literal(1), request: z.string().min(1), receipt: z.string().optional() });
const Refused = z.object({ errors: z.array(z.string()).min(1) });

function addressOf({ url }: PushoverConfig): string {
  return url.replace(/\/+$/, '');
}

function deliveryOf(answer: WebAnswer, now: Date): Delivery {
  if (answer.kind === 'unreachable')
    return { kind: 'retry', afterMs: null, reason: `Cannot reach Pushover: ${answer.reason}` };
  const { status, headers, text } = answer;
  const said = jsonOf(text);
  const taken = Taken.safeParse(said).data;
  if (status === 200 && taken) return { kind: 'sent', messageId: taken.receipt ?? taken.request };
  const words = Refused.safeParse(said).data?.errors.join(', ') ?? text;
  const reason = `Pushover answered ${status}: ${oneLine(words, 200) || 'nothing more'}`;
  return isForNow(status, headers)
    ? { kind: 'retry', afterMs: retryAfterMs(headers.get('retry-after'), now), reason }
    : { kind: 'failed', reason };
}

/** Pushover asks to send nothing again that it answered with 4xx. Of the 429s, one that says that the month is used up is as final. */
function isForNow(status: number, headers: Headers): boolean {
  if (status === 429) return headers.get('x-limit-app-remaining') !== '0';
  return status >= 500 || status === 408;
}
