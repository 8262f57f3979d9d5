import { WebClient } from '@slack/web-api';
import type { z } from 'zod';
import type { SlackConfig } from '../../config/config.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { failureOf, unsure } from './failure.ts';
import type { SlackAnswer } from './failure.ts';
import { createLanes } from './lanes.ts';
import type { Urgency } from './lanes.ts';
import { createSdkLogger } from './sdk-logger.ts';

/** What is called: the method, its arguments, and the shape of the answer that we rely on. */
export interface SlackCall<T> {
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly answers: z.ZodType<T>;
  readonly urgency: Urgency;
}

/** Slack's Web API, within its rates. Failures are values; nothing is tried a second time here. */
export interface SlackApi {
  readonly call: <T>(call: SlackCall<T>) => Promise<SlackAnswer<T>>;
  /** Uses these tokens from now on. */
  readonly take: (config: SlackConfig) => void;
}

/** A call that takes longer may have been done: it is looked for before it is tried again. */
const TIME_OUT_MS = 8_000;

/** What the way to the Web API is made with; the clock is what Slack's rates are counted by. */
export interface ApiParts {
  readonly logger: Logger;
  readonly clock: Clock;
}

/** Makes the way to the Web API. Pages have a client of their own, so that no queue inside the SDK stands before them. */
export function createSlackApi(first: SlackConfig, { logger, clock }: ApiParts): SlackApi {
  const lanes = createLanes(clock);
  const sdkLogger = createSdkLogger(logger);
  let clients = clientsOf(first, sdkLogger);
  return {
    call: ({ method, args, answers, urgency }) =>
      lanes.run({
        method,
        urgency,
        channel: typeof args['channel'] === 'string' ? args['channel'] : null,
        send: async () => {
          const client = urgency === 'page' ? clients.pages : clients.rest;
          const sent = await answered(client, method, args);
          if (!sent.ok) {
            logger.debug({ method, code: sent.failure.code }, 'Slack said no');
            return sent;
          }
          const read = answers.safeParse(sent.value);
          if (read.success) return { ok: true, value: read.data };
          logger.warn({ method, err: read.error }, 'An answer of Slack has another shape than expected');
          return { ok: false, failure: unsure('bad_shape', `Slack's answer to ${method} cannot be read`) };
        },
      }),
    take: (config) => {
      clients = clientsOf(config, sdkLogger);
    },
  };
}

async function answered(
  client: WebClient,
  method: string,
  args: Readonly<Record<string, unknown>>,
): Promise<SlackAnswer<unknown>> {
  try {
    return { ok: true, value: await client.apiCall(method, { ...args }) };
  } catch (error) {
    return { ok: false, failure: failureOf(error, method) };
  }
}

function clientsOf({ botToken, apiUrl }: SlackConfig, logger: ReturnType<typeof createSdkLogger>) {
  const make = (): WebClient =>
    new WebClient(botToken, {
      slackApiUrl: apiUrl,
      logger,
      timeout: TIME_OUT_MS,
      // The SDK repeats blindly, and a message that was repeated stands there twice.
      retryConfig: { retries: 0 },
      // Otherwise a 429 on one method holds up every other one.
      rejectRateLimitedCalls: true,
    });
  return { pages: make(), rest: make() };
}
