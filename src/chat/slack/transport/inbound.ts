import type { Logger } from '../../../lib/logger.ts';

/** One thing that Slack tells us, by socket or by HTTP. */
export interface Inbound {
  readonly body: Readonly<Record<string, unknown>>;
  /** Tells Slack that we have it; never throws: a connection that is gone by then is no reason to stop. */
  readonly ack: (answer?: unknown) => Promise<void>;
  readonly retryNum: number | undefined;
  readonly retryReason: string | undefined;
}

/** Takes what Slack tells us. Never throws. */
export type Hear = (inbound: Inbound) => Promise<void>;

/** An acknowledgement that may be given once, and that may come too late without harm. */
export function safely(send: (answer?: unknown) => Promise<void>, logger: Logger): Inbound['ack'] {
  return async (answer) => {
    try {
      await send(answer);
    } catch (err) {
      logger.warn({ err }, 'Slack could not be told that we have it; it was kept');
    }
  };
}
