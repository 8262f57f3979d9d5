import { createHmac, randomUUID } from 'node:crypto';
import type { SlackClock } from '../clock.ts';
import type { InstalledApp, Json, State } from '../workspace/state.ts';
import { isJson } from '../workspace/view-values.ts';
import { ACK_WITHIN_MS } from './delivery.ts';
import type { Delivered, Parcel } from './delivery.ts';

/** Where the app takes what happens over HTTP. One address may serve all three. */
export interface RequestUrls {
  readonly events: string;
  readonly commands: string;
  readonly interactions: string;
}

/** Posts it to the app, signed, and takes the answer within three seconds for the acknowledgement. */
export async function carryOverHttp(
  {
    urls,
    app,
    clock,
  }: { readonly urls: RequestUrls; readonly app: InstalledApp; readonly clock: SlackClock },
  parcel: Parcel,
): Promise<Delivered> {
  const isEvent = parcel.type === 'events_api';
  const body = isEvent ? JSON.stringify(parcel.payload) : formOf(parcel);
  const timeout = Promise.withResolvers<Delivered>();
  const callOff = clock.after(ACK_WITHIN_MS, () => timeout.resolve({ kind: 'timeout' }));
  const asked = fetch(urlOf(urls, parcel), {
    method: 'POST',
    redirect: 'error',
    headers: {
      'content-type': isEvent ? 'application/json' : 'application/x-www-form-urlencoded',
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      ...signed(app, clock, body),
      ...(parcel.retry === null
        ? {}
        : { 'x-slack-retry-num': String(parcel.retry.attempt), 'x-slack-retry-reason': parcel.retry.reason }),
    },
    body,
  }).then(answered, (): Delivered => ({ kind: 'failed', reason: 'connection_failed' }));
  const delivered = await Promise.race([asked, timeout.promise]);
  callOff();
  return delivered;
}

/** Whether the app answers the challenge that Slack posts when somebody enters its address. */
export async function verifyUrl(urls: RequestUrls | undefined, { app, clock }: State): Promise<boolean> {
  if (urls === undefined) return false;
  const challenge = randomUUID();
  const body = JSON.stringify({ token: app.verificationToken, challenge, type: 'url_verification' });
  const headers = { 'content-type': 'application/json', ...signed(app, clock, body) };
  const response = await fetch(urls.events, { method: 'POST', headers, body });
  const text = await response.text();
  return response.ok && (text === challenge || ackOf(text)['challenge'] === challenge);
}

function urlOf(urls: RequestUrls, { type }: Parcel): string {
  if (type === 'events_api') return urls.events;
  return type === 'slash_commands' ? urls.commands : urls.interactions;
}

function formOf({ type, payload }: Parcel): string {
  if (type === 'interactive') return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  return new URLSearchParams(
    Object.entries(payload).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}

/** The headers by which the app knows that Slack sent it. */
function signed(
  { signingSecret }: InstalledApp,
  clock: SlackClock,
  body: string,
): Readonly<Record<string, string>> {
  const at = String(Math.floor(clock.now() / 1_000));
  const hash = createHmac('sha256', signingSecret).update(`v0:${at}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': at, 'x-slack-signature': `v0=${hash}` };
}

async function answered(response: Response): Promise<Delivered> {
  const text = await response.text();
  const isLast = response.headers.get('x-slack-no-retry') === '1';
  if (!response.ok) return { kind: 'failed', reason: 'http_error', ...(isLast ? { isLast } : {}) };
  return { kind: 'acked', payload: ackOf(text) };
}

/** Plain words are a message, as Slack takes them. */
function ackOf(text: string): Json {
  if (text.trim() === '') return {};
  try {
    const read: unknown = JSON.parse(text);
    return isJson(read) ? read : { text };
  } catch {
    return { text };
  }
}
