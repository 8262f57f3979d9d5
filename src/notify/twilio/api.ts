import { z } from 'zod';
import type { TwilioConfig } from '../../config/config.ts';
import type { Delivery } from '../../engine/notification-channel.ts';
import type { Clock } from '../../lib/clock.ts';
import { oneLine } from '../outside-text.ts';
import { retryAfterMs } from '../retry-after.ts';
import { explainError } from './errors.ts';

/** What talking to Twilio works with. */
export interface TwilioDeps {
  /** Read again before every call; null while Twilio is not configured. */
  readonly config: () => TwilioConfig | null;
  readonly clock: Clock;
  /** For one call, its answer's body included; 8 s unless given. */
  readonly timeoutMs?: number;
}

/** One call of Twilio's REST API of 2010-04-01. */
interface Call {
  readonly resource: 'Messages' | 'Calls';
  /** A name may come several times. */
  readonly params: readonly (readonly [name: string, value: string])[];
}

const TIMEOUT_MS = 8_000;

const Made = z.object({ sid: z.string().min(1) });
const Refused = z.object({ code: z.coerce.number().nullish(), message: z.string().catch('') });

/** Makes a message or a call. Never throws: what cannot be reached is a `retry`. */
export async function makeAtTwilio(
  call: Call,
  config: TwilioConfig,
  { clock, timeoutMs }: TwilioDeps,
): Promise<Delivery> {
  try {
    const response = await fetch(urlOf(call, config), {
      ...requestOf(config, timeoutMs),
      method: 'POST',
      body: new URLSearchParams(call.params.map(([name, value]): [string, string] => [name, value])),
    });
    return await deliveryOf(response, clock.now());
  } catch (error) {
    return { kind: 'retry', afterMs: null, reason: `Cannot reach Twilio: ${causeOf(error)}` };
  }
}

/** A message as the list of messages has it. */
const Listed = z.object({
  messages: z.array(
    z.object({ sid: z.string(), body: z.string().nullish(), direction: z.string().nullish() }),
  ),
});

/** A call as the list of calls has it; its dates are written as in mail. */
const ListedCalls = z.object({
  calls: z.array(
    z.object({
      sid: z.string(),
      from: z.string().nullish(),
      direction: z.string().nullish(),
      date_created: z.coerce.date(),
    }),
  ),
});

/** The newest messages that we sent to a number; none when Twilio does not say. */
export async function sentTo(number: string, config: TwilioConfig, deps: TwilioDeps) {
  const listed = Listed.safeParse(await listFor('Messages', { number, config, deps }));
  return listed.success ? listed.data.messages.filter(isOurs) : [];
}

/** The newest calls that we made to a number; none when Twilio does not say. */
export async function callsTo(number: string, config: TwilioConfig, deps: TwilioDeps) {
  const listed = ListedCalls.safeParse(await listFor('Calls', { number, config, deps }));
  return listed.success ? listed.data.calls.filter(isOurs) : [];
}

function isOurs({ direction }: { readonly direction?: string | null | undefined }): boolean {
  return direction?.startsWith('outbound') === true;
}

interface Listing {
  readonly number: string;
  readonly config: TwilioConfig;
  readonly deps: TwilioDeps;
}

/** The newest of what went to a number; null when Twilio does not say. */
async function listFor(resource: Call['resource'], { number, config, deps }: Listing): Promise<unknown> {
  const url = urlOf({ resource, params: [] }, config);
  url.search = new URLSearchParams({ To: number, PageSize: '20' }).toString();
  try {
    const response = await fetch(url, requestOf(config, deps.timeoutMs));
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

function urlOf({ resource }: Call, { apiUrl, accountSid }: TwilioConfig): URL {
  return new URL(`${apiUrl}/2010-04-01/Accounts/${accountSid}/${resource}.json`);
}

function requestOf({ user, password }: TwilioConfig, timeoutMs = TIMEOUT_MS): RequestInit {
  return {
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
    headers: {
      Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
      Accept: 'application/json',
      'User-Agent': 'Firebell',
    },
  };
}

/** Told to wait, or broken for now: the same call may work later. */
const WORTH_REPEATING = new Set([408, 425, 429]);

async function deliveryOf(response: Response, now: Date): Promise<Delivery> {
  const { status, headers } = response;
  const answer: unknown = await response.json().catch(() => null);
  const made = Made.safeParse(answer);
  if (response.ok && made.success) return { kind: 'sent', messageId: made.data.sid };
  const { code, message } = Refused.catch({ message: '' }).parse(answer);
  const { blame, words } = explainError(code ?? null, oneLine(message, 200) || `it answered ${status}`);
  const said = message === '' ? words : `${words}: ${oneLine(message, 200)}`;
  const reason = code === null || code === undefined ? `Twilio answered ${status}: ${words}` : said;
  if (response.ok || status >= 500 || WORTH_REPEATING.has(status) || blame === 'passing')
    return { kind: 'retry', afterMs: retryAfterMs(headers.get('retry-after'), now), reason };
  return blame === 'ours' ? { kind: 'failed', reason, fault: 'ours' } : { kind: 'failed', reason };
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it failed';
  if (error.name === 'TimeoutError') return 'no answer in time';
  const cause = error.cause instanceof Error ? error.cause.message : error.message;
  return oneLine(cause, 200) || error.name;
}
