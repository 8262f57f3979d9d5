import { SocketModeClient } from '@slack/socket-mode';
import { z } from 'zod';
import type { SlackConfig } from '../../../config/config.ts';
import type { Logger } from '../../../lib/logger.ts';
import { createSdkLogger } from '../sdk-logger.ts';
import { safely } from './inbound.ts';
import type { Hear } from './inbound.ts';

/** One connection to Slack that is up. */
export interface Socket {
  /** Resolves when Slack wants it to be replaced, or when it is gone; which of the two. */
  readonly over: Promise<'replace' | 'gone'>;
  /** Ends it, within a second or two. */
  readonly close: () => Promise<void>;
}

/** What a connection is made with. */
export interface SocketOptions {
  readonly config: Pick<SlackConfig, 'appToken' | 'apiUrl'>;
  readonly hear: Hear;
  readonly logger: Logger;
  /** A connection that says nothing for so long is dead; 15 s unless said. */
  readonly pongMs?: number;
}

const HELLO_MS = 15_000;
const CALL_MS = 10_000;
/** With two connections nobody goes unheard while one is found to be dead. */
const PONG_MS = 15_000;
const CLOSE_MS = 1_500;

const Frame = z.object({ type: z.string(), payload: z.unknown().optional() });
const Envelope = z.object({
  body: z.record(z.string(), z.unknown()),
  ack: z.custom<(answer?: unknown) => Promise<void>>((value) => typeof value === 'function'),
  retry_num: z.number().optional().catch(undefined),
  retry_reason: z.string().optional().catch(undefined),
});

/** Opens a connection: up once Slack has said hello. Rejects with an Error when it does not within 15 s. */
export async function openSocket({ config, hear, logger, pongMs = PONG_MS }: SocketOptions): Promise<Socket> {
  const client = new SocketModeClient({
    appToken: config.appToken ?? '',
    // Its own way of coming back leaves seconds without any connection, and may give up for good.
    autoReconnectEnabled: false,
    clientPingTimeout: pongMs,
    logger: createSdkLogger(logger),
    // An object of its own: the SDK writes into it.
    clientOptions: {
      slackApiUrl: config.apiUrl,
      timeout: CALL_MS,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    },
  });
  const { over, refused } = watch(client, logger);
  client.on('slack_event', (said: unknown) => void pass(said, hear, logger));
  client.on('error', (err: unknown) => logger.debug({ err }, 'A connection to Slack failed'));
  try {
    await withinHello(Promise.race([client.start(), refused]));
  } catch (error) {
    await close(client);
    throw error instanceof Error ? error : new Error('the connection was closed before Slack said hello');
  }
  return { over, close: () => close(client) };
}

interface Watched {
  readonly over: Promise<'replace' | 'gone'>;
  /** Rejects when Slack says farewell: before its hello that is a no. */
  readonly refused: Promise<never>;
}

/** Replaces the SDK's reading of frames by one that holds back what it cannot take, and waits with the farewell. */
function watch(client: SocketModeClient, logger: Logger): Watched {
  const read = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  const refused = Promise.withResolvers<never>();
  refused.promise.catch(() => undefined);
  const over = new Promise<'replace' | 'gone'>((resolve) => {
    client.on('disconnected', () => resolve('gone'));
    client.on('ws_message', (data: unknown, isBinary: boolean) => {
      const kind = frameOf(data);
      if (kind === 'disconnect') {
        refused.reject(new Error(farewellOf(data)));
        return resolve('replace');
      }
      if (kind === 'unusable')
        return logger.warn({ frame: clip(data) }, 'Slack said something that is no event; it is left out');
      for (const one of read) void Promise.resolve(one.call(client, data, isBinary)).catch(logIt(logger));
    });
  });
  return { over, refused: refused.promise };
}

/** Why Slack ends a connection, and what to click where that is all that helps. */
export function farewellOf(data: unknown): string {
  const said = z
    .object({ type: z.literal('disconnect'), reason: z.string() })
    .safeParse(parsed(String(data)));
  const reason = said.success ? said.data.reason : 'without a reason';
  return reason === 'link_disabled'
    ? 'Socket Mode is turned off (link_disabled): turn it on under Settings, Socket Mode, of the app'
    : `Slack ended the connection: ${reason}`;
}

function logIt(logger: Logger): (err: unknown) => void {
  return (err) => logger.error({ err }, 'A frame of Slack could not be read');
}

/** The SDK takes every `events_api` frame for one with an event in it: `app_rate_limited` has none and would end the process. */
function frameOf(data: unknown): 'disconnect' | 'unusable' | 'usable' {
  if (typeof data !== 'string') return 'unusable';
  const frame = Frame.safeParse(parsed(data));
  if (!frame.success) return 'unusable';
  if (frame.data.type === 'disconnect') return 'disconnect';
  if (frame.data.type !== 'events_api') return 'usable';
  const hasEvent = z.object({ event: z.object({ type: z.string() }) }).safeParse(frame.data.payload);
  return hasEvent.success ? 'usable' : 'unusable';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function clip(data: unknown): string {
  return String(data).slice(0, 300);
}

async function pass(said: unknown, hear: Hear, logger: Logger): Promise<void> {
  const envelope = Envelope.safeParse(said);
  // Hello and its like are no news.
  if (!envelope.success) return;
  const { body, ack, retry_num: retryNum, retry_reason: retryReason } = envelope.data;
  await hear({ body, ack: safely(ack, logger), retryNum, retryReason }).catch(logIt(logger));
}

async function withinHello(starting: Promise<unknown>): Promise<void> {
  starting.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Slack said no hello within ${HELLO_MS / 1_000} s`)), HELLO_MS);
  });
  try {
    await Promise.race([starting, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The SDK waits for the other side to agree, which a dead one never does. */
async function close(client: SocketModeClient): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CLOSE_MS);
  });
  await Promise.race([client.disconnect().catch(() => undefined), enough]);
  clearTimeout(timer);
}
