import { Hono } from 'hono';
import { equalInConstantTime, hmacHex } from '../../../lib/signing.ts';
import type { RouteGroup } from '../../../engine/route-group.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { Logger } from '../../../lib/logger.ts';
import type { Hear } from './inbound.ts';

/** What requests of Slack are taken with. */
export interface HttpOptions {
  /** Null while the mode is not `http`: nothing is taken then. */
  readonly signingSecret: () => string | null;
  readonly hear: Hear;
  readonly clock: Clock;
  readonly logger: Logger;
}

const LARGEST_BODY = 1024 * 1024;
const MOST_SECONDS_APART = 5 * 60;
/** Slack gives up after three seconds. */
const ACK_WITHIN_MS = 2_900;

/** Where Slack sends everything in HTTP mode: `/slack/events`. */
export function slackRoutes(options: HttpOptions): RouteGroup {
  const routes = new Hono();
  routes.post('/events', async (c) => {
    const secret = options.signingSecret();
    if (secret === null) return c.text('Slack is not connected over HTTP here.\n', 404);
    if (Number(c.req.header('content-length') ?? 0) > LARGEST_BODY) return c.text('Too large.\n', 413);
    const raw = await c.req.text();
    const signed = {
      at: c.req.header('x-slack-request-timestamp') ?? '',
      signature: c.req.header('x-slack-signature') ?? '',
    };
    if (!isGenuine({ ...signed, raw, secret, now: options.clock.now() }))
      return c.text('This is not signed by Slack.\n', 401);
    const body = bodyOf(raw, c.req.header('content-type') ?? '');
    if (body === null) return c.text('This cannot be read.\n', 400);
    if (body['type'] === 'url_verification') return c.json({ challenge: body['challenge'] });
    if (body['ssl_check'] === '1') return c.body(null, 200);
    return answered(
      body,
      { num: c.req.header('x-slack-retry-num'), why: c.req.header('x-slack-retry-reason') },
      options,
    );
  });
  return { at: '/slack', routes };
}

interface Signed {
  readonly at: string;
  readonly signature: string;
  readonly raw: string;
  readonly secret: string;
  readonly now: Date;
}

/** Signed by Slack, within five minutes of now either way: a request that was signed for later is as wrong as an old one. */
export function isGenuine({ at, signature, raw, secret, now }: Signed): boolean {
  if (!/^\d{1,12}$/.test(at)) return false;
  if (Math.abs(now.getTime() / 1_000 - Number(at)) > MOST_SECONDS_APART) return false;
  return equalInConstantTime(signature, `v0=${hmacHex(secret, `v0:${at}:${raw}`)}`);
}

function bodyOf(raw: string, type: string): Readonly<Record<string, unknown>> | null {
  try {
    if (type.startsWith('application/json')) return record(JSON.parse(raw));
    const fields = Object.fromEntries(new URLSearchParams(raw));
    return fields['payload'] === undefined ? fields : record(JSON.parse(fields['payload']));
  } catch {
    return null;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
}

interface Retry {
  readonly num: string | undefined;
  readonly why: string | undefined;
}

/** The answer to the request is the acknowledgement. Without one in time Slack is told that it went wrong, and sends events again. */
async function answered(
  body: Readonly<Record<string, unknown>>,
  { num, why }: Retry,
  { hear, logger }: HttpOptions,
): Promise<Response> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(new Response('Late.\n', { status: 503 })), ACK_WITHIN_MS);
    const ack = (answer?: unknown): Promise<void> => {
      clearTimeout(timer);
      resolve(responseOf(answer));
      return Promise.resolve();
    };
    const retryNum = num === undefined ? undefined : Number(num);
    hear({ body, ack, retryNum, retryReason: why }).catch((err: unknown) => {
      logger.error({ err }, 'Something that Slack sent was not taken');
      clearTimeout(timer);
      resolve(new Response('Failed.\n', { status: 500 }));
    });
  });
}

function responseOf(answer: unknown): Response {
  if (answer === undefined || answer === '') return new Response(null, { status: 200 });
  return typeof answer === 'string' ? Response.json({ text: answer }) : Response.json(answer);
}
