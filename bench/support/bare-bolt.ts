/** A bot of Slack's own framework that acknowledges a command and does nothing else: what is measured beside Firebell. */
import { App, LogLevel } from '@slack/bolt';
import { takeOrders } from './orders.ts';

/** What this process does. */
export type BoltOrders = typeof orders;

const orders = {
  start: async (slack: { readonly token: string; readonly appToken: string; readonly apiUrl: string }) => {
    const { token, appToken, apiUrl } = slack;
    const app = new App({
      token,
      appToken,
      socketMode: true,
      logLevel: LogLevel.ERROR,
      clientOptions: { slackApiUrl: apiUrl },
    });
    app.command('/inc', async ({ ack }) => ack());
    await app.start();
  },
};

takeOrders(orders);
