import { App } from '@slack/bolt';
import type { Receiver } from '@slack/bolt';
import type { SlackConfig } from '../../../config/config.ts';
import type { Logger } from '../../../lib/logger.ts';
import type { Identity } from '../identity.ts';
import { createSdkLogger } from '../sdk-logger.ts';
import type { Hear, Inbound } from './inbound.ts';

/** What the app of Bolt is made with. */
export interface BoltOptions {
  readonly config: () => SlackConfig;
  readonly identity: Identity;
  readonly logger: Logger;
  /** Keeps an event before Slack is told that we have it; when it throws, Slack is told nothing and sends it again. */
  readonly keep: (body: Inbound['body']) => Promise<void>;
}

/** Bolt with listeners, and the way in for what the transport hears. */
export interface Bolt {
  readonly app: App;
  readonly hear: Hear;
}

/** Makes the app. It opens no connection and asks Slack nothing by itself: whether Slack answers at this moment decides nothing. */
export function createBolt({ config, identity, logger, keep }: BoltOptions): Bolt {
  const { apiUrl } = config();
  const app = new App({
    receiver: SILENT,
    logger: createSdkLogger(logger),
    // Never refuses: Bolt would drop what came for good, and acknowledge it.
    authorize: () => {
      const self = identity.known();
      const { botToken } = config();
      return Promise.resolve(
        self === null
          ? { botToken }
          : { botToken, botId: self.botId, botUserId: self.userId, teamId: self.teamId },
      );
    },
    clientOptions: {
      slackApiUrl: apiUrl,
      timeout: 8_000,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    },
  });
  app.error((err) => {
    logger.error({ err }, 'Something that Slack told us could not be worked on');
    return Promise.resolve();
  });
  return {
    app,
    hear: async ({ body, ack, retryNum, retryReason }) => {
      const isEvent = body['type'] === 'event_callback';
      if (isEvent) await keep(body);
      await app.processEvent({
        body,
        ack,
        ...(retryNum !== undefined && { retryNum }),
        ...(retryReason !== undefined && { retryReason }),
      });
    },
  };
}

/** The transport is looked after elsewhere. */
const SILENT: Receiver = {
  init: () => undefined,
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};
