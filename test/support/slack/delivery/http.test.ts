import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSlack } from '../emulator.ts';
import type { Slack } from '../emulator.ts';

const SECRET = 'the signing secret of the emulated app';

/** A Bolt app that is told over HTTP, and the Slack that tells it. */
async function startOverHttp(prepare: (app: App) => void, signingSecret = SECRET): Promise<Slack> {
  const receiver = new HTTPReceiver({ signingSecret, logLevel: LogLevel.ERROR });
  const ids = { botToken: 'xoxb-0-emulated-bot-token', botId: 'B0FIREBELL', botUserId: 'U0FIREBELL' };
  const app = new App({ receiver, authorize: () => Promise.resolve(ids), logLevel: LogLevel.ERROR });
  prepare(app);
  const server = (await app.start(0)) as Server;
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  const slack = await startSlack({ requestUrls: { events: url, commands: url, interactions: url } });
  onTestFinished(async () => {
    await app.stop();
    await slack.stop();
  });
  return slack;
}

describe('over HTTP', () => {
  it('brings commands, interactions and events, signed, and takes the answer for the acknowledgement', async () => {
    const heard: unknown[] = [];
    const slack = await startOverHttp((app) => {
      app.command('/inc', async ({ ack, command }) => ack(`you typed ${command.text}`));
      app.shortcut('declare_incident', async ({ ack }) => {
        heard.push('shortcut');
        await ack();
      });
      app.event('message', async ({ event }) => {
        heard.push('text' in event ? event.text : null);
        await Promise.resolve();
      });
    });
    const ana = slack.workspace.person('ana');

    const seen = await ana.types('/inc list <all>', { channel: '#general' });
    expect(seen.privately.map(({ words }) => words)).toEqual(['you typed list &lt;all&gt;']);
    expect(await ana.uses('declare_incident')).toMatchObject({ error: null });
    await ana.says('@app', 'help');
    expect(heard).toEqual(['shortcut', 'help']);
    expect(await slack.verifiesUrl()).toBe(true);
  });

  it('is refused by an app that knows another secret', async () => {
    const slack = await startOverHttp((app) => {
      app.command('/inc', async ({ ack }) => ack());
    }, 'another secret');

    const seen = await slack.workspace.person('ana').types('/inc list', { channel: '#general' });

    expect(seen.error).toBe('dispatch_failed');
    expect(await slack.verifiesUrl()).toBe(false);
  });
});
